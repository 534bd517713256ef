import type { Cursor } from "../cursor";

/** True where a block begins, and not a transaction. */
export function isBlockStart(cursor: Cursor): boolean {
  if (cursor.is("DECLARE")) return true;
  return cursor.is("BEGIN") && !isTransactionStart(cursor);
}

/** `BEGIN`, `BEGIN WORK`, `BEGIN TRANSACTION NAME t`, `BEGIN NAME t`: all that stands before the end of the statement. */
export function isTransactionStart(cursor: Cursor): boolean {
  const { keyword, kind } = cursor.peek();
  if (kind === "End" || keyword === ";" || keyword === "->>") return true;
  if (keyword === "WORK" || keyword === "TRANSACTION") return cursor.peek(2).keyword !== ":=";
  if (keyword !== "NAME") return false;
  const behindName = cursor.peek(3);
  return behindName.kind === "End" || behindName.keyword === ";";
}
