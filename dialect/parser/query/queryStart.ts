import type { Cursor } from "../cursor";

/** True where a query begins that needs no look past opening parentheses. */
export function isQueryStart(cursor: Cursor): boolean {
  const { keyword } = cursor.token;
  return keyword === "SELECT" || keyword === "WITH";
}

/** True where what was a query in parentheses turns out to be the left side of a longer one. */
export function continuesQuery(cursor: Cursor): boolean {
  switch (cursor.token.keyword) {
    case "UNION":
    case "INTERSECT":
    case "MINUS":
    case "ORDER":
      return true;
    case "EXCEPT":
    case "LIMIT":
    case "OFFSET":
    case "FETCH":
      return isClauseWord(cursor);
    default:
      return false;
  }
}

/**
 * Unreserved words that may be aliases, unless what follows makes them the beginning of a clause: `t LIMIT 10` is
 * a limit, `t limit` an alias.
 */
export function isClauseWord(cursor: Cursor): boolean {
  const next = cursor.peek();
  switch (cursor.token.keyword) {
    case "LIMIT":
    case "OFFSET":
      return (
        next.kind === "Number" ||
        next.kind === "Variable" ||
        next.kind === "Positional" ||
        next.kind === "String" ||
        next.keyword === "?" ||
        next.keyword === ":" ||
        next.keyword === "NULL"
      );
    case "FETCH":
      return (
        next.kind === "Number" ||
        next.keyword === "FIRST" ||
        next.keyword === "NEXT" ||
        next.keyword === "NULL" ||
        next.keyword === "?" ||
        next.keyword === ":"
      );
    case "EXCEPT":
      return next.keyword === "SELECT" || next.keyword === "(" || next.keyword === "WITH" || next.keyword === "VALUES";
    case "PIVOT":
    case "UNPIVOT":
      return next.keyword === "(" || next.keyword === "INCLUDE" || next.keyword === "EXCLUDE";
    case "MATCH_RECOGNIZE":
    case "MATCH_CONDITION":
    case "CHANGES":
    case "AT":
    case "BEFORE":
      return next.keyword === "(";
    case "ASOF":
    case "DIRECTED":
    case "OUTER":
      return next.keyword === "JOIN";
    default:
      return false;
  }
}
