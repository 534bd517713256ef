import type { Autoincrement, ColumnDefinition, Identifier } from "../../ast/index";
import type { DialectError } from "../../errors";
import type { Cursor } from "../cursor";
import { isDataType, isUnknownDataType, parseDataType, unsupportedDataType } from "../dataTypes";
import { acceptContact, acceptGovernance } from "../governance";
import { NOT_A_COLUMN_NAME } from "../keywords";
import { acceptInlineConstraint } from "./constraints";

/** What the grammar around a column decides. */
export interface ColumnOptions {
  /** `col type AS (expr)` without GENERATED ALWAYS is everywhere; external tables also take `AS expr`. */
  bareComputed?: boolean;
}

/** One column: its name, its type if there is one, and its clauses in any order. */
export function parseColumn(cursor: Cursor, options: ColumnOptions = {}): ColumnDefinition {
  const { start } = cursor;
  const column: ColumnDefinition = {
    kind: "ColumnDefinition",
    name: cursor.identifier(NOT_A_COLUMN_NAME),
    constraints: [],
    policies: [],
    tags: [],
    span: { start, end: start },
  };
  if (isDataType(cursor)) column.type = parseDataType(cursor);
  const hasClause = acceptColumnClause(cursor, column, options);
  if (!hasClause && column.type === undefined && isUnknownDataType(cursor)) throw unsupportedDataType(cursor);
  while (acceptColumnClause(cursor, column, options));
  column.span = cursor.span(start);
  return column;
}

function acceptColumnClause(cursor: Cursor, column: ColumnDefinition, options: ColumnOptions): boolean {
  const hasValue = column.default !== undefined || column.autoincrement !== undefined;
  if (hasValue && cursor.isAnyOf(VALUE_WORDS)) throw manyValues(cursor, column);
  // These may be said again; NOT NULL stands.
  if (cursor.acceptSequence("NOT", "NULL")) column.notNull = true;
  else if (cursor.accept("NULL")) column.notNull ??= false;
  else if (cursor.is("COLLATE")) {
    cursor.next();
    column.collate = cursor.string().value;
  } else if (cursor.accept("DEFAULT")) column.default = cursor.expression();
  else if (cursor.is("AUTOINCREMENT") || cursor.is("IDENTITY")) column.autoincrement = parseAutoincrement(cursor);
  else if (column.comment === undefined && cursor.is("COMMENT")) {
    cursor.next();
    cursor.accept("=");
    column.comment = cursor.string();
  } else if (cursor.acceptSequence("GENERATED", "ALWAYS", "AS") || cursor.accept("AS")) {
    column.computed = options.bareComputed ? parseBareComputed(cursor) : parseComputed(cursor);
    cursor.accept("VIRTUAL");
  } else {
    const constraint = acceptInlineConstraint(cursor);
    const contact = constraint === undefined && column.contact === undefined ? acceptContact(cursor) : undefined;
    if (constraint !== undefined) column.constraints.push(constraint);
    else if (contact !== undefined) column.contact = contact;
    else return acceptGovernance(cursor, column);
  }
  return true;
}

const VALUE_WORDS = ["DEFAULT", "AUTOINCREMENT", "IDENTITY"];

function manyValues(cursor: Cursor, { name }: ColumnDefinition): DialectError {
  const message = `Multiple DEFAULT or AUTOINCREMENT expressions declared for column ${name.value}.`;
  return cursor.brokenRule({ message, separator: " \n" }, cursor.spanOf(cursor.token));
}

function parseComputed(cursor: Cursor): ColumnDefinition["computed"] {
  return cursor.parenthesized(() => cursor.expression());
}

/** `AS (value:a::DATE)`, `AS value:a::DATE`, and `AS (value:a)::DATE`. */
function parseBareComputed(cursor: Cursor): ColumnDefinition["computed"] {
  const expression = cursor.expression();
  return expression.kind === "Parenthesized" ? expression.expression : expression;
}

/** `AUTOINCREMENT | IDENTITY [(start, step) | START n INCREMENT n] [ORDER | NOORDER]` */
export function parseAutoincrement(cursor: Cursor): Autoincrement {
  const { start } = cursor;
  cursor.expectAnyOf("AUTOINCREMENT", "IDENTITY");
  const node: Autoincrement = { kind: "Autoincrement", span: { start, end: start } };
  if (cursor.is("("))
    cursor.parenthesized(() => {
      node.start = cursor.expression();
      if (cursor.accept(",")) node.step = cursor.expression();
    });
  for (;;) {
    if (cursor.accept("START")) {
      cursor.accept("WITH");
      cursor.accept("=");
      node.start = cursor.expression();
    } else if (cursor.accept("INCREMENT")) {
      cursor.accept("BY");
      cursor.accept("=");
      node.step = cursor.expression();
    } else break;
  }
  const order = cursor.acceptAnyOf("ORDER", "NOORDER");
  if (order !== undefined) node.order = order;
  node.span = cursor.span(start);
  return node;
}

/** A column of a view: its name and clauses; a type is not allowed. */
export function parseViewColumn(cursor: Cursor): ColumnDefinition {
  const at = cursor.peek();
  const column = parseColumn(cursor);
  if (column.type !== undefined) throw cursor.unexpected([], at);
  return column;
}

/** `(a, b)` of column names. */
export function parseColumnNames(cursor: Cursor): Identifier[] {
  return cursor.parenthesizedList(() => cursor.identifier());
}
