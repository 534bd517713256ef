import type { Select, Statement } from "../../ast/index";
import { locate } from "../../errors";
import type { Cursor } from "../cursor";

/**
 * Of all the queries in a statement only a statement that is itself a SELECT may have INTO. `from` is how many were read
 * before it; what is judged is forgotten.
 */
export function judgeIntos(cursor: Cursor, from: number, statement: Statement): void {
  const allowed = statement.kind === "Query" && statement.body.kind === "Select" ? statement.body : undefined;
  const wrong = cursor.intos.slice(from).find((select) => select !== allowed || isTopOutsideBlock(cursor, select));
  cursor.intos.length = from;
  if (wrong === undefined || cursor.inTask) return;
  const { start } = wrong.span;
  const { line, column } = locate(cursor.textOf({ start: 0, end: start }), start);
  const message = `error line ${line} at position ${column - 1} INTO clause is not allowed in this context`;
  throw cursor.brokenRule({ message, separator: " " }, { start, end: start + "SELECT".length });
}

const isTopOutsideBlock = (cursor: Cursor, { top }: Select): boolean => top !== undefined && !cursor.inScript;
