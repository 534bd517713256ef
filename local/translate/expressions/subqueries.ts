import type { Exists, In, QuantifiedComparison, Query, SubqueryExpression } from "../../../dialect/index";
import { compilationError } from "../../errors";
import { BOOLEAN } from "../../types/dataType";
import type { Binder, BoundQuery } from "../binder";
import { type Bound, bound } from "../bound";
import { type ComparisonOperator, compare } from "./comparison";

/** Binds a subquery; whether it reads columns of the queries around it is told to `check`. */
function subquery(binder: Binder, node: Query, check: (inner: Binder) => boolean): BoundQuery {
  const inner = binder.child();
  const { correlations } = binder.shared;
  const before = correlations.length;
  const query = inner.query(node);
  const isCorrelated = correlations.slice(before).some((around) => inner.scope.isWithin(around));
  if (isCorrelated && !check(inner))
    throw compilationError("002031", "42601", "Unsupported subquery type cannot be evaluated");
  return query;
}

const hasLimit = ({ limit, body }: Query): boolean =>
  limit !== undefined || (body.kind === "Select" && body.top !== undefined);

/**
 * A correlated subquery that stands for a value has one row by its form: an aggregate without groups, or no FROM and no WHERE.
 * Source: https://docs.snowflake.com/en/user-guide/querying-subqueries (scalar subqueries, usage notes)
 */
function hasOneRow(node: Query, { scope }: Binder): boolean {
  const { body } = node;
  if (body.kind === "ParenthesizedQuery") return true;
  if (body.kind !== "Select") return false;
  const isAggregate = scope.usage.aggregates > 0 && !body.groupBy;
  if (body.from.length === 0) return isAggregate || !body.where;
  return isAggregate && !hasLimit(node);
}

/** Of EXISTS, IN, ANY and ALL: neither LIMIT nor a set operation where it is correlated. */
const isPlain = (node: Query): boolean => !hasLimit(node) && node.body.kind !== "SetOperation";

export function scalarSubquery(binder: Binder, node: SubqueryExpression): Bound {
  const query = subquery(binder, node.query, (inner) => hasOneRow(node.query, inner));
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
  const query = subquery(binder, node.query, () => isPlain(node.query));
  return bound(`EXISTS (SELECT 1 FROM ${inner(query)})`, BOOLEAN, false);
}

/** `x IN (SELECT …)`, `(a, b) IN (SELECT …)`. */
export function inSubquery(binder: Binder, node: In, given: Query): Bound {
  const items = node.operand.kind === "RowExpression" ? node.operand.items : [node.operand];
  const operands = items.map((e) => binder.expression(e));
  const query = subquery(binder, given, () => isPlain(given));
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
  const query = subquery(binder, node.query, () => isPlain(node.query));
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
