import type { Cursor } from "./cursor";

/** What stands up to the parenthesis that closes the one before, as it is written. */
export function textInside(cursor: Cursor): string {
  const { start } = cursor;
  for (let depth = 0; depth > 0 || !cursor.is(")"); ) {
    if (cursor.atEnd) throw cursor.unexpected([")"]);
    const { keyword } = cursor.next();
    depth += keyword === "(" ? 1 : keyword === ")" ? -1 : 0;
  }
  return cursor.textOf(cursor.span(start));
}
