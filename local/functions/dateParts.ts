import type { Expression } from "../../dialect/index";
import { compilationError, invalidValue, unsupportedFeature } from "../errors";
import { constantText, nullBound } from "../translate/bound";
import { type DatePart, datePart } from "../translate/dateArithmetic";
import type { DataType } from "../types/dataType";
import { sqlName } from "../types/dataType";
import { type Call, type FunctionEntry, scalar } from "./call";

/** The first argument is a date part, which is no expression. */
export const first = { raw: (i: number) => i === 0 };

/** A function whose first argument is a date part; NULL in its place is NULL. */
export const ofPart = (arity: number, bind: FunctionEntry["bind"]): FunctionEntry =>
  scalar(arity, arity, (call) => (call.node_(0)?.kind === "NullLiteral" ? nullBound() : bind(call)), first);

/** A date part written bare or as a constant text. */
export function partName(call: Call, i: number): string {
  const node = call.node.args[i] as Expression;
  if (node.kind === "ColumnReference" && node.parts.length === 1) return (node.parts[0]?.text ?? "").toLowerCase();
  if (node.kind === "StringLiteral") return node.value.toLowerCase();
  const text = node.kind === "ColumnReference" ? undefined : constantText(call.binder.expression(node));
  if (text === undefined) throw unsupportedFeature(`${call.name} with a date part that is no constant`);
  return text.toLowerCase();
}

/** As messages repeat a part: a bare word in capitals, a constant as it was written. */
function writtenPart(call: Call, i: number): string {
  const node = call.node.args[i] as Expression;
  if (node.kind === "StringLiteral") return node.value;
  const name = partName(call, i);
  return node.kind === "ColumnReference" ? name.toUpperCase() : name;
}

export const invalidPart = (call: Call, i: number) =>
  compilationError(
    "001008",
    "22023",
    `['${writtenPart(call, i)}'] is not a valid date/time component for function ${call.name}.`,
  );

/** What a TIME has no part of. DATEADD alone quotes the part and writes the whole type. */
export const noPartOfTime = (call: Call, i: number, type?: DataType) => {
  const part = writtenPart(call, i).toUpperCase();
  const [found, of] = type ? [`'${part}'`, sqlName(type)] : [part, "TIME"];
  return compilationError(
    "001008",
    "22023",
    `[${found}] is not a valid date/time component for function ${call.name} and type ${of}.`,
  );
};

/** The complaint of DATE_PART and EXTRACT. */
export const invalidExtraction = (call: Call) => {
  const node = call.node.args[0] as Expression;
  const isBare = node.kind === "ColumnReference" && node.parts.length === 1;
  const asIs = isBare ? (node.parts[0]?.text ?? "") : writtenPart(call, 0);
  return invalidValue(isBare && call.name === "DATE_PART" ? asIs.toUpperCase() : asIs, `${call.name} date/time part`);
};

export function part(call: Call, i: number): DatePart {
  const name = partName(call, i);
  const found = datePart(name);
  if (!found) throw invalidPart(call, i);
  return found;
}
