import type { Expression } from "../../dialect/index";
import { compilationError, unsupportedFeature } from "../errors";
import { constantText } from "../translate/bound";
import { type DatePart, datePart } from "../translate/dateArithmetic";
import type { Call } from "./call";

/** The first argument is a date part, which is no expression. */
export const first = { raw: (i: number) => i === 0 };

/** A date part written bare or as a constant text. */
export function partName(call: Call, i: number): string {
  const node = call.node.args[i] as Expression;
  if (node.kind === "ColumnReference" && node.parts.length === 1) return (node.parts[0]?.text ?? "").toLowerCase();
  if (node.kind === "StringLiteral") return node.value.toLowerCase();
  const text = node.kind === "ColumnReference" ? undefined : constantText(call.binder.expression(node));
  if (text === undefined) throw unsupportedFeature(`${call.name} with a date part that is no constant`);
  return text.toLowerCase();
}

export const invalidPart = (call: Call, name: string) =>
  compilationError("001008", "22023", `'${name}' is not a valid date/time component for function ${call.name}.`);

export function part(call: Call, i: number): DatePart {
  const name = partName(call, i);
  const found = datePart(name);
  if (!found) throw invalidPart(call, name);
  return found;
}
