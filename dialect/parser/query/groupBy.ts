import type { Expression, GroupBy, GroupingConstruct } from "../../ast/index";
import type { Cursor } from "../cursor";

/** https://docs.snowflake.com/en/sql-reference/constructs/group-by */
export function parseGroupBy(cursor: Cursor): GroupBy {
  const { start } = cursor;
  cursor.expectSequence("GROUP", "BY");
  if (cursor.accept("ALL")) return { kind: "GroupBy", all: true, items: [], span: cursor.span(start) };
  const items = cursor.list(() => parseGroupingConstruct(cursor) ?? cursor.expression());
  return { kind: "GroupBy", all: false, items, span: cursor.span(start) };
}

function parseGroupingConstruct(cursor: Cursor): GroupingConstruct | undefined {
  const { start } = cursor;
  const node = (type: GroupingConstruct["type"], sets: GroupingConstruct["sets"]): GroupingConstruct => ({
    kind: "GroupingConstruct",
    type,
    sets,
    span: cursor.span(start),
  });
  if (cursor.isSequence("CUBE", "(") || cursor.isSequence("ROLLUP", "(")) {
    const type = cursor.next().keyword as "CUBE" | "ROLLUP";
    return node(
      type,
      cursor.parenthesizedList(() => parseSet(cursor)),
    );
  }
  if (cursor.acceptSequence("GROUPING", "SETS")) {
    return node(
      "GROUPING SETS",
      cursor.parenthesizedList(() => cursor.nested(() => parseGroupingConstruct(cursor) ?? parseSet(cursor))),
    );
  }
  return undefined;
}

/** `a`, `(a, b)` or `()`. */
function parseSet(cursor: Cursor): Expression[] {
  if (cursor.acceptSequence("(", ")")) return [];
  const expression = cursor.expression();
  if (expression.kind === "RowExpression") return expression.items;
  return expression.kind === "Parenthesized" ? [expression.expression] : [expression];
}
