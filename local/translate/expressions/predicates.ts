import type { Binary, Expression, In, IsNull, Like, RowExpression } from "../../../dialect/index";
import { compilationError, invalidArgumentTypes, invalidPredicate, type Position } from "../../errors";
import { BOOLEAN, sqlName } from "../../types/dataType";
import type { Binder } from "../binder";
import { type Bound, bound, evaluatedOnce } from "../bound";
import { type Collation, collationOfAll, preparedText, readCollation } from "../collation";
import { asText, cast } from "../conversion/cast";
import { planText } from "../planText";
import { isTest } from "../predicateNodes";
import { regexMatch } from "../regex";
import { isNoText } from "./arithmetic";
import { compare } from "./comparison";
import { likeSql } from "./like";
import { spreadOut } from "./spread";
import { inSubquery } from "./subqueries";

export function logical(binder: Binder, node: Binary): Bound {
  // A chain is flattened, for it may be long.
  const operands: Expression[] = [];
  const collect = (e: Expression) => {
    if (e.kind === "Binary" && e.operator === node.operator) {
      collect(e.left);
      collect(e.right);
    } else operands.push(e);
  };
  collect(node);
  const parts = operands.map((e) => condition(binder, binder.expression(e)));
  return bound(
    `(${parts.map((p) => p.sql).join(` ${node.operator} `)})`,
    BOOLEAN,
    parts.some((p) => p.nullable),
  );
}

/** A value where a condition is wanted. */
export const condition = (binder: Binder, value: Bound): Bound => cast(value, BOOLEAN, binder.settings);

/**
 * What decides whether a row is kept. Operands of AND, OR and NOT are converted, the whole is not.
 * Source: https://docs.snowflake.com/en/sql-reference/constructs/where, …/constructs/qualify
 */
export function predicate(binder: Binder, node: Expression): Bound {
  const value = binder.expression(node);
  if (value.type.kind !== "BOOLEAN" && value.type.kind !== "NULL")
    throw invalidPredicate(sqlName(value.type), planText(binder, node));
  return condition(binder, value);
}

export function isNull(binder: Binder, node: IsNull): Bound {
  const value = binder.expression(node.operand);
  return bound(`(${value.sql} IS ${node.negated ? "NOT " : ""}NULL)`, BOOLEAN, false);
}

export function inList(binder: Binder, node: In): Bound {
  if (node.query) return inSubquery(binder, node, node.query);
  const [only, ...others] = node.list ?? [];
  // Parentheses around a query change nothing: IN ((SELECT …)).
  if (only?.kind === "SubqueryExpression" && others.length === 0) return inSubquery(binder, node, only.query);
  const list = spreadOut(binder, node.list ?? []);
  const one =
    node.operand.kind === "RowExpression" ? rowOneOf(binder, node.operand, list) : equalsOneOf(binder, node, list);
  return node.negated ? bound(`(NOT ${one.sql})`, BOOLEAN, one.nullable) : one;
}

function isOneOf(parts: readonly Bound[]): Bound {
  const comparisons = parts.map(({ sql }) => sql);
  const sql = sameOperand(comparisons) ?? `(${comparisons.join(" OR ")})`;
  return bound(
    sql,
    BOOLEAN,
    parts.some(({ nullable }) => nullable),
  );
}

/** All values of a list are compared by one collation; those that differ are named from the last one on. */
function equalsOneOf(binder: Binder, node: In, list: readonly Expression[]): Bound {
  const values = list.map((item) => binder.expression(item));
  const operand = binder.expression(node.operand);
  const collated = collationOfAll([operand, ...values].map(({ type }) => type).reverse());
  const type =
    operand.type.kind === "VARCHAR" && collated.collation !== undefined
      ? { ...operand.type, ...collated, isExplicit: true }
      : operand.type;
  return evaluatedOnce({ ...operand, type }, (one) =>
    isOneOf(values.map((value) => compare(binder, "=", one, value, node))),
  );
}

/** `(x = 1) OR (x = 2)` with one x as `x IN (1, 2)`, which the engine hashes. */
function sameOperand(comparisons: string[]): string | undefined {
  if (comparisons.length < 3) return undefined;
  const split = comparisons.map((c) => {
    const at = c.lastIndexOf(" = ");
    return [c.slice(1, at), c.slice(at + 3, -1)] as const;
  });
  const first = split[0]?.[0];
  const literal =
    /^(?:'(?:[^']|'')*'::VARCHAR|-?[\d.]+::DECIMAL\(\d+,\d+\)|CAST\(-?[\d.]+::DECIMAL\(\d+,\d+\) AS DECIMAL\(\d+,\d+\)\))$/;
  if (!split.every(([left, right]) => left === first && literal.test(right))) return undefined;
  return `(${first} IN (${split.map(([, right]) => right).join(", ")}))`;
}

function rowOneOf(binder: Binder, { items }: RowExpression, list: readonly Expression[]): Bound {
  const values = items.map((item) => binder.expression(item));
  const from = (row: readonly Bound[]): Bound => {
    const value = values[row.length];
    if (!value) return isOneOf(list.map((item) => rowEquals(binder, row, item)));
    return evaluatedOnce(value, (one) => from([...row, one]));
  };
  return from([]);
}

function rowEquals(binder: Binder, left: readonly Bound[], item: Expression): Bound {
  if (item.kind !== "RowExpression" || item.items.length !== left.length) {
    throw compilationError("001003", "42000", "row expressions must have the same number of values");
  }
  const parts = left.map((value, i) => compare(binder, "=", value, binder.expression(item.items[i] as Expression)));
  return bound(
    `(${parts.map((p) => p.sql).join(" AND ")})`,
    BOOLEAN,
    parts.some((p) => p.nullable),
  );
}

export function like(binder: Binder, node: Like): Bound {
  const subject = binder.expression(node.operand);
  const isRegex = node.operator === "RLIKE" || node.operator === "REGEXP";
  // A query gives one pattern: with more rows it is an error, as of every scalar subquery.
  const written: Expression[] = node.query
    ? [{ kind: "SubqueryExpression", query: node.query, span: node.span }]
    : node.patterns;
  const patterns = written.map((p) => binder.expression(p));
  const name = `${node.operator}${node.quantifier ? `_${node.quantifier}` : ""}`;
  const at = () => (node.negated ? { line: 0, column: -1 } : operatorPosition(binder, node));
  if ([subject, ...patterns].some((value) => isNoText(value.type) || isTest(value.node))) {
    const types = [subject, ...patterns].map(({ type }) => sqlName(type)).join(", ");
    throw invalidArgumentTypes(name.replace("_", " "), `(${types})`, at());
  }
  const collation = isRegex ? undefined : patternCollation(name, [subject, ...patterns], at);
  const prepare = (sql: string): string => (collation ? preparedText(sql, collation) : sql);
  const operator = collation && !collation.isCaseSensitive ? "ILIKE" : node.operator;
  const text = prepare(asText(subject, binder.settings));
  const escapeWith = node.escape ? binder.expression(node.escape) : undefined;
  const parts = patterns.map((pattern) => {
    const sql =
      operator === "RLIKE" || operator === "REGEXP"
        ? regexMatch(binder, text, pattern, undefined)
        : likeSql(operator, text, prepare(asText(pattern, binder.settings)), escapeWith);
    return bound(sql, BOOLEAN, subject.nullable || pattern.nullable);
  });
  const joined = `(${parts.map((p) => p.sql).join(node.quantifier === "ALL" ? " AND " : " OR ")})`;
  return bound(
    node.negated ? `(NOT ${joined})` : joined,
    BOOLEAN,
    parts.some((p) => p.nullable),
  );
}

/** Where LIKE stands: errors about it point there. */
const operatorPosition = (binder: Binder, node: Like): Position => {
  const [pattern] = node.patterns;
  return pattern
    ? binder.operatorPosition({ span: node.span, left: node.operand, right: pattern })
    : binder.position(node.span);
};

/**
 * The collation that LIKE matches by: it knows case and blanks at the ends, not accents or punctuation; LIKE ANY and LIKE
 * ALL know no locale at all. Source: https://docs.snowflake.com/en/sql-reference/functions/like_any
 */
export function patternCollation(name: string, texts: readonly Bound[], at: () => Position): Collation | undefined {
  const { collation: spec } = collationOfAll(texts.map(({ type }) => type));
  if (spec === undefined) return undefined;
  const collation = readCollation(spec);
  const refused = (which: string) =>
    compilationError("002325", "42846", `Function ${name} does not support collation${which}.`, at());
  if (name.includes("_")) {
    if (collation.locale !== "") throw refused("");
  } else if (!collation.isAccentSensitive || !collation.isPunctuationSensitive) throw refused(`: ${spec}`);
  return collation;
}
