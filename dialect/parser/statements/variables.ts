import type { SetVariable, UnsetVariable } from "../../ast/index";
import type { Cursor } from "../cursor";
import { beginsQuery } from "../lookahead";

/** https://docs.snowflake.com/en/sql-reference/sql/set */
export function parseSet(cursor: Cursor): SetVariable {
  const { start } = cursor;
  cursor.expect("SET");
  if (!cursor.is("(")) {
    const name = cursor.identifier();
    cursor.expect("=");
    return { kind: "SetVariable", names: [name], values: [cursor.expression()], span: cursor.span(start) };
  }
  const names = cursor.parenthesizedList(() => cursor.identifier());
  cursor.expect("=");
  const { token } = cursor;
  const values = beginsQuery(cursor) ? [cursor.expression()] : cursor.parenthesizedList(() => cursor.expression());
  if (values.length !== names.length && values[0]?.kind !== "SubqueryExpression")
    throw cursor.invalid(`${names.length} variables need as many values, found ${values.length}.`, token);
  return { kind: "SetVariable", names, values, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/sql/unset */
export function parseUnset(cursor: Cursor): UnsetVariable {
  const { start } = cursor;
  cursor.expect("UNSET");
  const names = cursor.is("(") ? cursor.parenthesizedList(() => cursor.identifier()) : [cursor.identifier()];
  return { kind: "UnsetVariable", names, span: cursor.span(start) };
}
