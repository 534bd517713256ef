import { unsupportedFeature } from "../errors";
import { constantNumber } from "../translate/bound";
import type { DataType } from "../types/dataType";
import type { Call } from "./call";

/**
 * NUMBER(precision, scale) by two constant arguments, the precision at `at`; without them NUMBER(38, 0).
 * Error 001015 when they are no whole numbers with 1 ≤ precision ≤ 38 and 0 ≤ scale ≤ precision.
 */
export function numberType(call: Call, at: number): Extract<DataType, { kind: "NUMBER" }> {
  const precision = call.has(at) ? constantNumber(call.arg(at)) : 38;
  const scale = call.has(at + 1) ? constantNumber(call.arg(at + 1)) : 0;
  if (precision === undefined || scale === undefined)
    throw unsupportedFeature(`${call.name} with a precision that is no constant`);
  const areWhole = Number.isInteger(precision) && Number.isInteger(scale);
  if (!areWhole || precision < 1 || precision > 38 || scale < 0 || scale > precision)
    throw call.error("001015", "22023", `Invalid precision or scale for ${call.name}: ${precision}, ${scale}`);
  return { kind: "NUMBER", precision, scale };
}
