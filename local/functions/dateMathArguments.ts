import { invalidArgumentTypes } from "../errors";
import { type DatePart, isDatePart } from "../translate/dateArithmetic";
import { sqlName } from "../types/dataType";
import type { Call } from "./call";
import { partName } from "./dateParts";

const NUMBERS = ["NUMBER", "FLOAT", "DECFLOAT"];
const MOMENTS = ["DATE", "TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"];
const READ_AS_MOMENT = [...MOMENTS, "VARCHAR", "VARIANT", "NULL"];
const READ_AS_AMOUNT = [...NUMBERS, "VARCHAR", "VARIANT", "NULL"];

const SHORT: Partial<Record<DatePart, string>> = { millisecond: "MILLI", microsecond: "MICRO", nanosecond: "NANO" };

/** Amounts are numbers and moments no numbers. Messages name the function that the call is planned as. */
export function checkShift(call: Call, unit: DatePart): void {
  const [amount, moment] = [call.arg(1).type, call.arg(2).type];
  if (READ_AS_AMOUNT.includes(amount.kind) && READ_AS_MOMENT.includes(moment.kind)) return;
  const isPromoted = moment.kind === "DATE" && !isDatePart(unit);
  const kind = moment.kind === "TIME" || (moment.kind === "DATE" && !isPromoted) ? moment.kind : "TIMESTAMP";
  const name = `DATE_ADD${(SHORT[unit] ?? unit).toUpperCase()}STO${kind}`;
  const shown = isPromoted ? "TIMESTAMP_NTZ(9)" : sqlName(moment);
  throw invalidArgumentTypes(name, `(${sqlName(amount)}, ${shown})`, call.position());
}

/** A TIME is measured against a TIME alone; the NULL of either place makes the answer NULL. */
export function checkDifference(call: Call, unit: DatePart): void {
  const [from, to] = [call.arg(1).type, call.arg(2).type];
  const kinds = [from.kind, to.kind];
  if (kinds.includes("NULL")) return;
  const shown = `${sqlName(from)}, ${sqlName(to)}`;
  if ((from.kind === "TIME") !== (to.kind === "TIME"))
    throw invalidArgumentTypes(call.name, `(VARCHAR(${partName(call, 0).length}), ${shown})`, call.position());
  if (kinds.every((kind) => READ_AS_MOMENT.includes(kind))) return;
  const kind = kinds.includes("DATE") ? "DATE" : "TIMESTAMP";
  throw invalidArgumentTypes(`DATE_DIFF${kind}IN${unit.toUpperCase()}S`, `(${shown})`, call.position());
}
