import { becomesVariant, sqlName } from "../types/dataType";
import type { Call } from "./call";

/** The functions that also take a precision or scale speak of their parameter. */
const PARAMETER: Record<string, string> = { AS_NUMBER: "AS_DECIMAL" };

/** Refuses a first argument that is neither a VARIANT nor becomes one by itself. */
export function onlyVariant(call: Call): void {
  const { type } = call.arg(0);
  if (becomesVariant(type)) return;
  if (!/^AS_(NUMBER|DECIMAL|INTEGER|TIMESTAMP_)/.test(call.name)) call.fail();
  const name = PARAMETER[call.name] ?? call.name;
  throw call.error("001007", "22023", `invalid type [${sqlName(type)}] for parameter '${name}(variantValue...)'`);
}
