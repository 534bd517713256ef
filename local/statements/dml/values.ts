import { BREAK, type Expression, parseExpression, visit } from "../../../dialect/index";
import type { ColumnDoc, TableDoc } from "../../catalogue/model";
import { compilationError, nullInNonNullable } from "../../errors";
import { Binder } from "../../translate/binder";
import { type Bound, bound } from "../../translate/bound";
import { assign } from "../../translate/conversion/assign";
import { cast } from "../../translate/conversion/cast";
import { sequenceValue } from "../../translate/expressions/sequences";
import { checkFolded, invalidInValues } from "../../translate/query/unfolded";
import { once, raise } from "../../translate/sql";
import { isSemiStructured, physicalType, sqlName } from "../../types/dataType";

/** What a column holds when nothing is said: the next identity value, its DEFAULT, or NULL. */
export function defaultOf(binder: Binder, table: TableDoc, column: ColumnDoc): Bound {
  if (column.identity) {
    const sequence = binder.context.catalogue.get("SEQUENCE", column.identity.sequenceId);
    if (sequence) return cast(sequenceValue(binder, sequence.id), column.type, binder.settings, "assign");
  }
  const text = column.defaultText ?? "NULL";
  // Names in a default are those of the table's own schema.
  const schema = binder.context.catalogue.get("SCHEMA", table.parentId);
  const context = binder.context.nested({
    ownQueryId: false,
    namespace: { databaseId: schema?.parentId ?? 0, schemaId: table.parentId },
  });
  const inner = new Binder(binder.rules, context, binder.shared, text);
  return cast(inner.expression(parseExpression(text)), column.type, binder.settings, "assign");
}

/** A value as it is stored: converted, and NULL refused where the column says so. */
export function stored(binder: Binder, column: ColumnDoc, value: Bound): string {
  const converted = assign(value, column, binder.settings);
  return converted.nullable ? checked(converted.sql, column) : converted.sql;
}

/** The value of a NOT NULL column, or Snowflake's error inside the engine. */
export function checked(sql: string, column: ColumnDoc): string {
  if (column.nullable) return sql;
  const { code, sqlState, message } = nullInNonNullable();
  return once(
    sql,
    (value) =>
      `CASE WHEN ${value} IS NULL THEN ${raise(code, sqlState, message, "''", "", physicalType(column.type))} ELSE ${value} END`,
  );
}

/** An expression given for a column, DEFAULT included. */
export const given = (binder: Binder, table: TableDoc, column: ColumnDoc, value: Expression): Bound =>
  value.kind === "DefaultValue" ? defaultOf(binder, table, column) : binder.expression(value);

/**
 * As `given`, for the VALUES of an INSERT, which take no expression that makes a semi-structured value.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/insert (use INSERT … SELECT instead)
 */
export function givenInValues(binder: Binder, table: TableDoc, column: ColumnDoc, value: Expression): Bound {
  if (readsTables(value)) throw invalidInValues(binder.source(value.span));
  const result = given(binder, table, column, value);
  checkFolded(binder, value);
  let node = value;
  while (node.kind === "Parenthesized" || node.kind === "Cast") node = node.expression;
  const isComputed = ["FunctionCall", "ArrayLiteral", "ObjectLiteral"].includes(node.kind);
  if (isComputed && isSemiStructured(result.type)) throw invalidInValues(binder.source(value.span));
  if (result.type.kind === "VECTOR")
    throw compilationError("002014", "22000", `Invalid data type [${sqlName(result.type)}] in VALUES clause`);
  return result;
}

/** A subquery without FROM is as good as the expression it holds. */
function readsTables(value: Expression): boolean {
  let found = false;
  visit(value, {
    Query: ({ body }) => {
      found ||= body.kind !== "Select" || body.from.length > 0;
      return found ? BREAK : undefined;
    },
  });
  return found;
}

/** An output column of a finished query, as a value. */
export const output = (alias: string, index: number, column: { type: Bound["type"]; nullable: boolean }): Bound =>
  bound(`${alias}.o${index + 1}`, column.type, column.nullable);
