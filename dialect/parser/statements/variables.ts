import type { Expression, Identifier, SetVariable, UnsetVariable } from "../../ast/index";
import type { Cursor } from "../cursor";
import { beginsQuery } from "../lookahead";

/** https://docs.snowflake.com/en/sql-reference/sql/set */
export function parseSet(cursor: Cursor): SetVariable {
  const { start } = cursor;
  cursor.expect("SET");
  if (!cursor.is("(")) {
    const name = variableName(cursor);
    cursor.expect("=");
    return { kind: "SetVariable", names: [name], values: [cursor.expression()], span: cursor.span(start) };
  }
  const names = cursor.parenthesizedList(() => variableName(cursor));
  cursor.expect("=");
  const { token } = cursor;
  const values = parseValues(cursor);
  const [only, ...more] = values;
  const oneQuery = only?.kind === "SubqueryExpression" && more.length === 0;
  if (values.length !== names.length && !oneQuery)
    throw cursor.invalid(`${names.length} variables need as many values, found ${values.length}.`, token);
  return { kind: "SetVariable", names, values, span: cursor.span(start) };
}

/** PUBLIC is kept for Snowflake's own use, as CURRENT is. Source: …/sql-reference/sql/set, "Usage notes"; ASOF: …/constructs/asof-join */
const NOT_A_VARIABLE: ReadonlySet<string> = new Set(["ASOF", "PUBLIC"]);

const variableName = (cursor: Cursor): Identifier => cursor.identifier(NOT_A_VARIABLE);

/** `(1, 2)`, or one query with a column for each variable: `(SELECT 1, 2)`, which may itself be the first of the values. */
function parseValues(cursor: Cursor): Expression[] {
  if (!beginsQuery(cursor)) return cursor.parenthesizedList(() => cursor.expression());
  const value = cursor.expression();
  if (value.kind === "RowExpression") return value.items;
  return [value.kind === "Parenthesized" ? value.expression : value];
}

/** https://docs.snowflake.com/en/sql-reference/sql/unset */
export function parseUnset(cursor: Cursor): UnsetVariable {
  const { start } = cursor;
  cursor.expect("UNSET");
  const names = cursor.is("(") ? cursor.parenthesizedList(() => cursor.identifier()) : [cursor.identifier()];
  return { kind: "UnsetVariable", names, span: cursor.span(start) };
}
