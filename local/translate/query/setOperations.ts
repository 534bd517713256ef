import type { QueryBody, SetOperation } from "../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../errors";
import type { ResultColumn } from "../../execution/result";
import { type DataType, sameType } from "../../types/dataType";
import type { Binder, BoundQuery } from "../binder";
import { bound, nullBound } from "../bound";
import { cast } from "../conversion/cast";
import { commonType } from "../conversion/unify";
import { comparable, hasKey } from "../expressions/comparison";

/** UNION, INTERSECT, EXCEPT; names come from the left side, types are unified. */
export function bindSetOperation(
  binder: Binder,
  node: SetOperation,
  bindBody: (binder: Binder, body: QueryBody) => BoundQuery,
): BoundQuery {
  const { capture } = binder.shared;
  const isDistinct = node.operator !== "UNION" || !node.all;
  if (node.operator !== "UNION") capture?.refuse(node.operator);
  if (isDistinct) capture?.open("AGGREGATE");
  const first = capture?.place ?? 0;
  const left = bindBody(binder, node.left);
  const middle = capture?.place ?? 0;
  const right = bindBody(binder, node.right);
  const last = capture?.place ?? 0;
  const pairs = node.byName ? pairByName(node, left, right) : pairByPlace(left, right);
  const columns: ResultColumn[] = [];
  const a: string[] = [];
  const b: string[] = [];
  pairs.forEach(({ name, l, r }, i) => {
    const lv = l === undefined ? nullBound() : output("l", l, left);
    const rv = r === undefined ? nullBound() : output("r", r, right);
    const type = commonType([lv, rv]);
    // What INTERSECT and EXCEPT keep are rows of the first input.
    columns.push({ name, type, nullable: lv.nullable || (node.operator === "UNION" && rv.nullable) });
    a.push(`${type.kind === "NULL" ? lv.sql : cast(lv, type, binder.settings).sql} AS o${i + 1}`);
    b.push(`${type.kind === "NULL" ? rv.sql : cast(rv, type, binder.settings).sql} AS o${i + 1}`);
  });
  const operator = node.operator === "MINUS" ? "EXCEPT" : node.operator;
  if (node.all && operator !== "UNION") throw unsupportedFeature(`${node.operator} ALL`);
  const wrap = (query: BoundQuery, alias: string, parts: string[]) =>
    unchanged(query, columns) ? `(${query.sql})` : `(SELECT ${parts.join(", ")} FROM (${query.sql}) AS ${alias})`;
  if (capture) {
    const union = [
      capture.branch(`SELECT * FROM ${wrap(left, "l", a)}`, first, last, first, middle),
      capture.branch(`SELECT * FROM ${wrap(right, "r", b)}`, first, last, middle, last),
    ].join(" UNION ALL ");
    if (!isDistinct) return { sql: union, columns, ordered: false };
    const kept = columns.map((c, i) => {
      const key = capture.key(comparable(`u.o${i + 1}`, c.type));
      if (!hasKey(c.type)) return key;
      return capture.aggregate("any_value", `u.o${i + 1}`, `any_value(u.o${i + 1})`, false, false);
    });
    const node = capture.closeAggregate(` FROM (${union}) AS u WHERE (TRUE)`, kept, "");
    return { sql: `SELECT * FROM ${node} AS ${binder.shared.fresh("r")}`, columns, ordered: false };
  }
  const both = (op: string) => `${wrap(left, "l", a)} ${op} ${wrap(right, "r", b)}`;
  const zoned = columns.some((c) => hasKey(c.type));
  if (operator === "UNION" && !node.all && zoned) {
    const keys = columns.map((c, i) => comparable(`o${i + 1}`, c.type)).join(", ");
    const sql = `SELECT DISTINCT ON (${keys}) * FROM (${both("UNION ALL")}) AS u${smallestFirst(columns)}`;
    return { sql, columns, ordered: false };
  }
  if (operator !== "UNION" && zoned) {
    const key = (alias: string, c: ResultColumn, i: number) => comparable(`${alias}.o${i + 1}`, c.type);
    const same = columns.map((c, i) => `${key("l", c, i)} IS NOT DISTINCT FROM ${key("r", c, i)}`).join(" AND ");
    const found = `EXISTS (SELECT 1 FROM ${wrap(right, "r", b)} AS r WHERE ${same})`;
    const keys = columns.map((c, i) => key("l", c, i)).join(", ");
    const kept = operator === "EXCEPT" ? `NOT ${found}` : found;
    return {
      sql: `SELECT DISTINCT ON (${keys}) * FROM ${wrap(left, "l", a)} AS l WHERE ${kept}${smallestFirst(columns)}`,
      columns,
      ordered: false,
    };
  }
  return { sql: both(node.all ? "UNION ALL" : operator), columns, ordered: false };
}

/** Of texts that are one by their collation the smallest stays, letter by letter. */
function smallestFirst(columns: readonly ResultColumn[]): string {
  const texts = columns.flatMap(({ type }, i) => (type.kind === "VARCHAR" && hasKey(type) ? `o${i + 1}` : []));
  return texts.length > 0 ? ` ORDER BY ${texts.join(", ")}` : "";
}

const output = (alias: string, i: number, query: BoundQuery) => {
  const column = query.columns[i] as ResultColumn;
  const value = bound(`${alias}.o${i + 1}`, column.type, column.nullable);
  return column.type.kind === "NULL" ? { ...value, literal: { kind: "null" as const, text: "" } } : value;
};

/** No conversion and no new order needed. */
const unchanged = (query: BoundQuery, columns: readonly ResultColumn[]): boolean =>
  query.columns.length === columns.length &&
  query.columns.every((c, i) => c.name === columns[i]?.name && sameType(c.type, columns[i]?.type as DataType)) &&
  !query.ordered;

interface Pair {
  name: string;
  l?: number;
  r?: number;
}

function pairByPlace(left: BoundQuery, right: BoundQuery): Pair[] {
  if (left.columns.length !== right.columns.length) {
    throw compilationError(
      "001789",
      "42601",
      `invalid number of result columns for set operator input branches, expected ${left.columns.length}, got ${right.columns.length} in branch {2}`,
    );
  }
  return left.columns.map((c, i) => ({ name: c.name, l: i, r: i }));
}

function pairByName(node: SetOperation, left: BoundQuery, right: BoundQuery): Pair[] {
  if (node.operator !== "UNION") throw unsupportedFeature(`${node.operator} BY NAME`);
  const pairs: Pair[] = left.columns.map((c, i) => {
    const r = right.columns.findIndex((d) => d.name === c.name);
    return { name: c.name, l: i, ...(r >= 0 ? { r } : {}) };
  });
  right.columns.forEach((c, r) => {
    if (!left.columns.some((d) => d.name === c.name)) pairs.push({ name: c.name, r });
  });
  return pairs;
}
