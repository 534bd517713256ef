import type { Expression, Query, SpreadElement } from "../../ast/index";
import type { Cursor } from "../cursor";
import { continuesQuery } from "../query/queryStart";

/**
 * The whole query where what was read as a value, `(SELECT …)`, turns out to be its first operand:
 * `((SELECT 1) UNION (SELECT 2))`. Undefined where the value stands for itself.
 */
export function acceptRestOfQuery(cursor: Cursor, first: Expression | SpreadElement): Query | undefined {
  if (first.kind !== "SubqueryExpression" || !continuesQuery(cursor)) return undefined;
  return cursor.queryAfter({ kind: "ParenthesizedQuery", query: first.query, span: first.span });
}
