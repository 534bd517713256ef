import type { Pivot, TableReference, Unpivot } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseOrderItem } from "../expressions/windows";
import { isQueryStart } from "./queryStart";

/** https://docs.snowflake.com/en/sql-reference/constructs/pivot */
export function parsePivot(cursor: Cursor, source: TableReference, start: number): Pivot {
  cursor.expect("PIVOT");
  cursor.expect("(");
  const aggregates = cursor.list(() => parseAggregate(cursor));
  cursor.expect("FOR");
  const column = cursor.operand();
  cursor.expect("IN");
  const values = cursor.parenthesized(() => parsePivotValues(cursor));
  const defaultOnNull = cursor.acceptSequence("DEFAULT", "ON", "NULL")
    ? cursor.parenthesized(() => cursor.expression())
    : undefined;
  cursor.expect(")");
  return {
    kind: "Pivot",
    source,
    aggregates,
    column,
    values,
    ...(defaultOnNull && { defaultOnNull }),
    span: cursor.span(start),
  };
}

function parseAggregate(cursor: Cursor): Pivot["aggregates"][number] {
  const call = cursor.operand();
  if (call.kind !== "FunctionCall") throw cursor.unexpected(["an aggregate function"]);
  if (!cursor.accept("AS") && !cursor.isIdentifier()) return { call };
  return { call, alias: cursor.identifier() };
}

function parsePivotValues(cursor: Cursor): Pivot["values"] {
  if (isQueryStart(cursor)) return cursor.query();
  if (cursor.accept("ANY"))
    return {
      any: true,
      orderBy: cursor.acceptSequence("ORDER", "BY") ? cursor.list(() => parseOrderItem(cursor)) : [],
    };
  return cursor.list(() => {
    const value = cursor.expression();
    return cursor.accept("AS") || cursor.isIdentifier() ? { value, alias: cursor.identifier() } : { value };
  });
}

/** https://docs.snowflake.com/en/sql-reference/constructs/unpivot */
export function parseUnpivot(cursor: Cursor, source: TableReference, start: number): Unpivot {
  cursor.expect("UNPIVOT");
  const nulls = cursor.acceptAnyOf("INCLUDE", "EXCLUDE");
  if (nulls !== undefined) cursor.expect("NULLS");
  cursor.expect("(");
  const value = cursor.identifier();
  cursor.expect("FOR");
  const name = cursor.identifier();
  cursor.expect("IN");
  const columns = cursor.parenthesizedList(() => {
    const column = cursor.identifier();
    if (!cursor.accept("AS") && !cursor.isIdentifier()) return { column };
    return { column, alias: cursor.isString() ? cursor.string() : cursor.identifier() };
  });
  cursor.expect(")");
  return { kind: "Unpivot", source, ...(nulls && { nulls }), value, name, columns, span: cursor.span(start) };
}
