import type { Property } from "../ast/index";
import type { Cursor } from "./cursor";
import { parseProperties } from "./properties";
import { textInside } from "./textInside";

/**
 * `WITH DATA METRIC FUNCTION (f ON (a) EXPECTATION e (VALUE = 0), …)` of a new table or view; the parentheses may be left out.
 * The bindings stay text, as they do in ALTER TABLE.
 * https://docs.snowflake.com/en/user-guide/data-quality-working
 */
export function acceptDataMetrics(cursor: Cursor): Property | undefined {
  const { start } = cursor;
  // Other clauses begin with WITH too: not even what is expected behind it is noted before it is this one.
  if (cursor.token.keyword !== "WITH" || cursor.peek().keyword !== "DATA") return undefined;
  cursor.expectSequence("WITH", "DATA", "METRIC", "FUNCTION");
  const valueStart = cursor.start;
  if (cursor.is("(")) cursor.parenthesizedList(() => stepOverBinding(cursor));
  else stepOverBindings(cursor);
  const span = cursor.span(valueStart);
  const value = { kind: "Keyword", value: cursor.textOf(span), span } as const;
  return { kind: "Property", name: "WITH DATA METRIC FUNCTION", value, bare: true, span: cursor.span(start) };
}

/** `f ON (a) …, g ON (b) …` */
export function stepOverBindings(cursor: Cursor): void {
  cursor.list(() => stepOverBinding(cursor));
}

/** `f ON (a), g ON (b)` */
export function stepOverBound(cursor: Cursor): void {
  cursor.list(() => stepOverColumns(cursor));
}

/** Behind MODIFY DATA METRIC FUNCTION: `f ON (a) SUSPEND, g ON (b) ADD EXPECTATION e (VALUE = 0)`. */
export function stepOverModified(cursor: Cursor): void {
  cursor.list(() => {
    if (cursor.peek().keyword === "SET") cursor.name();
    else stepOverColumns(cursor);
    if (cursor.accept("SET")) parseProperties(cursor);
    else if (cursor.acceptSequence("DROP", "EXPECTATION")) stepOverNames(cursor);
    else if (cursor.acceptAnyOf("ADD", "MODIFY") !== undefined) {
      cursor.expect("EXPECTATION");
      stepOverExpectations(cursor);
    } else if (cursor.accept("FILTER")) stepOverParentheses(cursor);
    else cursor.expectAnyOf("SUSPEND", "RESUME");
  });
}

/** Behind a comma may stand a further name or a further function, which has ON behind it. */
function stepOverNames(cursor: Cursor): void {
  do cursor.identifier();
  while (cursor.is(",") && cursor.peek(2).keyword !== "ON" && cursor.peek(2).keyword !== "." && cursor.accept(","));
}

/** https://docs.snowflake.com/en/sql-reference/sql/alter-table#data-metric-function-actions */
export function stepOverBinding(cursor: Cursor): void {
  stepOverColumns(cursor);
  while (acceptClause(cursor));
}

/** `f ON (a, b, TABLE t (c))` */
function stepOverColumns(cursor: Cursor): void {
  cursor.name();
  cursor.expect("ON");
  stepOverParentheses(cursor);
}

/** The last is of a schema: https://docs.snowflake.com/en/user-guide/data-quality-schema-level */
const SETTINGS = ["ANOMALY_DETECTION", "SENSITIVITY", "DATA_QUALITY_NOTIFICATION", "EXCLUDE_TABLE_TYPES"] as const;

function acceptClause(cursor: Cursor): boolean {
  if (cursor.acceptSequence("WITHIN", "GROUP")) {
    cursor.parenthesizedList(() => cursor.identifier());
    if (cursor.acceptSequence("GROUP", "LIMIT")) cursor.expression();
  } else if (cursor.accept("FILTER")) cursor.parenthesized(() => cursor.expression());
  else if (cursor.accept("EXPECTATION")) stepOverExpectations(cursor);
  else if (cursor.acceptSequence("EXECUTE", "AS", "ROLE")) cursor.name();
  else if (cursor.acceptAnyOf(...SETTINGS) !== undefined) {
    cursor.expect("=");
    if (cursor.is("(")) cursor.parenthesizedList(() => cursor.string());
    else cursor.expression();
  } else return false;
  return true;
}

/** Behind a comma may stand a further expectation or a further function: a name and `(`, or a name and ON. */
function stepOverExpectations(cursor: Cursor): void {
  do {
    cursor.identifier();
    cursor.parenthesized(() => cursor.expression());
  } while (cursor.is(",") && cursor.peek(2).keyword === "(" && cursor.accept(","));
}

function stepOverParentheses(cursor: Cursor): void {
  cursor.parenthesized(() => textInside(cursor));
}
