import type { Expression } from "../../../dialect/index";
import type { Binder } from "../binder";

/** The name of a column without alias: that of the column it is, else the text as written, in upper case. */
export function unnamedColumn(binder: Binder, expression: Expression): string {
  if (expression.kind === "ColumnReference") return expression.parts.at(-1)?.value ?? "";
  if (expression.kind === "PositionalColumn") return `$${expression.index}`;
  if (expression.kind === "SequenceNextValue") return "NEXTVAL";
  return binder.source(expression.span).toUpperCase();
}
