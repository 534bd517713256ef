import type { Cursor } from "./cursor";

const QUERY_WORDS = new Set(["SELECT", "WITH", "VALUES"]);

/** True where a query begins, also in parentheses of its own. */
export function beginsQuery(cursor: Cursor): boolean {
  return QUERY_WORDS.has(keywordBehindParentheses(cursor));
}

/** The first word behind any number of opening parentheses. */
export function keywordBehindParentheses(cursor: Cursor): string {
  let ahead = 0;
  while (cursor.peek(ahead).keyword === "(") ahead++;
  return cursor.peek(ahead).keyword;
}
