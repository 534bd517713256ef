import type { Exists, In, QuantifiedComparison, Query, Span, SubqueryExpression } from "../../../dialect/index";
import { compilationError, type SnowflakeError } from "../../errors";
import { BOOLEAN } from "../../types/dataType";
import type { Binder, BoundQuery } from "../binder";
import { type Bound, bound } from "../bound";
import { type ComparisonOperator, compare } from "./comparison";
import { canBeEvaluated, type SubqueryRole } from "./correlation";

/** Binds a subquery that stands at `at`, which is refused where Snowflake cannot evaluate it. */
function subquery(binder: Binder, node: Query, role: SubqueryRole, at: Span = node.span): BoundQuery {
  const inner = binder.child();
  const first = binder.shared.columnReads.length;
  const query = inner.query(node);
  if (!canBeEvaluated(inner, node, role, first)) throw unsupportedSubquery(binder, at);
  return query;
}

function unsupportedSubquery(binder: Binder, at: Span): SnowflakeError {
  const definition = binder.shared.definitions.get(binder.text);
  const { line, column } = binder.position(at);
  const place = definition ? `inside ${definition}` : `at line ${line}, position ${column}`;
  return compilationError("002031", "42601", `Unsupported subquery type cannot be evaluated ${place}`);
}

export function scalarSubquery(binder: Binder, node: SubqueryExpression): Bound {
  const query = subquery(binder, node.query, "VALUE");
  const column = onlyColumn(query);
  return bound(single(query), column.type, true);
}

const inner = (query: BoundQuery): string => `(${query.sql}) AS q`;

/** The one value of a query; NULL without rows, an error with several (the engine would take the first). */
const single = (query: BoundQuery): string =>
  `(SELECT CASE WHEN count(*) > 1 THEN error(chr(1) || '090150|22000|Single-row subquery returns more than one row.' || chr(2)) ELSE first(o1) END FROM ${inner(query)})`;

function onlyColumn(query: BoundQuery) {
  const [column] = query.columns;
  if (query.columns.length !== 1 || !column) {
    throw compilationError(
      "001027",
      "42601",
      `Invalid argument types: a subquery used as an expression must return one column, got ${query.columns.length}`,
    );
  }
  return column;
}

export function exists(binder: Binder, node: Exists): Bound {
  const query = subquery(binder, node.query, "EXISTS", node.span);
  return bound(`EXISTS (SELECT 1 FROM ${inner(query)})`, BOOLEAN, false);
}

/** `x IN (SELECT …)`, `(a, b) IN (SELECT …)`. */
export function inSubquery(binder: Binder, node: In, given: Query): Bound {
  const items = node.operand.kind === "RowExpression" ? node.operand.items : [node.operand];
  const operands = items.map((e) => binder.expression(e));
  const query = subquery(binder, given, "IN");
  if (query.columns.length !== operands.length) {
    throw compilationError(
      "002057",
      "42601",
      `row value misuse: expected ${operands.length} columns in the subquery, got ${query.columns.length}`,
    );
  }
  const tested = quantified(binder, "=", "ANY", operands, query);
  const [probe, ...others] = operands as [Bound, ...Bound[]];
  // One NULL is in no query, not even in an empty one; a row that holds NULL is compared.
  const sql =
    others.length === 0 && probe.nullable ? `(CASE WHEN ${probe.sql} IS NOT NULL THEN ${tested} END)` : tested;
  return bound(node.negated ? `(NOT ${sql})` : sql, BOOLEAN, true);
}

export function quantifiedComparison(binder: Binder, node: QuantifiedComparison): Bound {
  const left = binder.expression(node.left);
  const query = subquery(binder, node.query, "QUANTIFIED");
  onlyColumn(query);
  return bound(quantified(binder, node.operator as ComparisonOperator, node.quantifier, [left], query), BOOLEAN, true);
}

function quantified(
  binder: Binder,
  operator: ComparisonOperator,
  quantifier: "ANY" | "ALL",
  operands: Bound[],
  query: BoundQuery,
): string {
  const name = binder.shared.fresh("q");
  const tests = operands.map((operand, i) => {
    const column = query.columns[i] as (typeof query.columns)[number];
    return compare(binder, operator, operand, bound(`${name}.o${i + 1}`, column.type, column.nullable)).sql;
  });
  // `operand = converted column` is what the engine runs as a hash join.
  const direct = tests.length === 1 ? /^\(([\s\S]*) (=|<>|<|<=|>|>=) ([\s\S]*)\)$/.exec(tests[0] as string) : null;
  if (direct?.[3]?.includes(`${name}.o1`) && !direct[1]?.includes(`${name}.`))
    return `(${direct[1]} ${operator} ${quantifier} (SELECT ${direct[3]} FROM (${query.sql}) AS ${name}))`;
  // Compared in a step of its own: an aggregate of nothing but columns of the query around would be taken for one of that.
  const test = `${name}.t`;
  const compared = `(SELECT (${tests.join(" AND ")}) AS t FROM (${query.sql}) AS ${name})`;
  const value =
    quantifier === "ANY"
      ? `CASE WHEN bool_or(${test}) THEN TRUE WHEN count(*) FILTER (WHERE ${test} IS NULL) > 0 THEN NULL ELSE FALSE END`
      : `CASE WHEN NOT bool_and(${test}) THEN FALSE WHEN count(*) FILTER (WHERE ${test} IS NULL) > 0 THEN NULL ELSE TRUE END`;
  return `(SELECT ${value} FROM ${compared} AS ${name})`;
}
