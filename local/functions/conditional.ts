import { numericNotRecognized } from "../errors";
import { type Bound, evaluatedOnce, isNullLiteral } from "../translate/bound";
import { collationOfAll } from "../translate/collation";
import { branchType } from "../translate/conversion/unify";
import { type ComparisonOperator, compare } from "../translate/expressions/comparison";
import { once } from "../translate/sql";
import { BOOLEAN, FLOAT, number } from "../types/dataType";
import { type Call, type FunctionTable, scalar, variadic } from "./call";

function iff(call: Call) {
  const { kind } = call.arg(0).type;
  if (kind !== "BOOLEAN" && kind !== "NULL") call.fail();
  collationOfAll(typesFromEnd(call, 1));
  const { type, values } = call.common(1);
  const [yes, no] = values as [Bound, Bound];
  return call.result(`CASE WHEN ${call.bool(0)} THEN ${yes.sql} ELSE ${no.sql} END`, type, yes.nullable || no.nullable);
}

/** IFF, COALESCE and their kin name collations that differ from the last one on. */
const typesFromEnd = (call: Call, from = 0) =>
  call.args
    .slice(from)
    .map(({ type }) => type)
    .reverse();

const NUMERIC = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** Every argument is converted, also behind the one that is given: `NVL(n, '')` has no answer for any n. */
function coalesced(call: Call) {
  collationOfAll(typesFromEnd(call));
  const { type, values } = call.common();
  const constant = call.args.find(({ literal }) => literal?.kind === "string" && !NUMERIC.test(literal.text));
  if (constant?.literal && type.kind === "NUMBER") throw numericNotRecognized(constant.literal.text);
  return call.result(
    `coalesce(${values.map((value) => value.sql).join(", ")})`,
    type,
    values.every((value) => value.nullable),
  );
}

/**
 * GREATEST and LEAST: any NULL gives NULL, unless NULLs are ignored. Values are compared as the operators compare them.
 * Source: …/functions/greatest
 */
function extreme(call: Call, operator: ">=" | "<=", ignoreNulls: boolean): Bound {
  const { type, values } = call.common();
  if (type.kind === "OBJECT" || type.kind === "ARRAY") call.fail();
  const pick = (a: Bound, b: Bound): Bound => {
    const sql = once(a.sql, (x) =>
      once(b.sql, (y) => {
        const [left, right] = [
          { ...a, sql: x },
          { ...b, sql: y },
        ];
        const better = type.kind === "NULL" ? "NULL" : compare(call.binder, operator, left, right).sql;
        const absent = ignoreNulls
          ? `WHEN ${x} IS NULL THEN ${y} WHEN ${y} IS NULL THEN ${x}`
          : `WHEN ${x} IS NULL OR ${y} IS NULL THEN NULL`;
        return `CASE ${absent} WHEN ${better} THEN ${x} ELSE ${y} END`;
      }),
    );
    return { sql, type, nullable: true };
  };
  const first = values[0] as Bound;
  const best = values.slice(1).reduce(pick, first);
  return call.result(best.sql, type, ignoreNulls ? values.every((v) => v.nullable) : call.nullable);
}

/** DECODE: NULL finds NULL; without a match the last argument, if it stands alone, otherwise NULL. Source: …/functions/decode */
function decode(call: Call) {
  const results = call.args.filter((_, i) => i > 0 && (i % 2 === 0 || i === call.count - 1));
  const type = branchType(call.binder, results);
  const converted = (i: number) => (type.kind === "NULL" ? call.arg(i) : call.to(i, type)).sql;
  const fallback = call.count % 2 === 0 ? converted(call.count - 1) : "NULL";
  return evaluatedOnce(call.arg(0), (value) => {
    const branches: string[] = [];
    for (let i = 1; i + 1 < call.count; i += 2)
      branches.push(`WHEN ${same(call, value, call.arg(i))} THEN ${converted(i + 1)}`);
    return call.result(`CASE ${branches.join(" ")} ELSE ${fallback} END`, type, true);
  });
}

const compared = (call: Call, operator: ComparisonOperator, a: Bound, b: Bound): string =>
  compare(call.binder, operator, a, b, call.node).sql;

const same = (call: Call, a: Bound, b: Bound): string => compared(call, "IS NOT DISTINCT FROM", a, b);

/** Of numbers, which are rounded before zero is false; a BOOLEAN has AND and OR. Source: …/functions/booland, its usage notes */
const truth = (call: Call, i: number): string => {
  if (call.arg(i).type.kind === "BOOLEAN") call.fail();
  if (isNullLiteral(call.arg(i))) return "NULL::BOOLEAN";
  return `(round(${call.numeric(i).sql}) <> 0)`;
};

const logical = (build: (a: string, b: string) => string) =>
  scalar(2, 2, (call) => call.result(build(truth(call, 0), truth(call, 1)), BOOLEAN));

/** The first argument where the second is not NULL. */
const kept = (value: number, other: number) =>
  scalar(2, 2, (call) =>
    call.result(`CASE WHEN ${call.float(other)} IS NOT NULL THEN ${call.float(value)} END`, FLOAT, true),
  );

/** Source: https://docs.snowflake.com/en/sql-reference/expressions-conditional */
export const conditionalFunctions: FunctionTable = {
  DECODE: variadic(3, decode),
  IFF: scalar(3, 3, iff),
  COALESCE: variadic(2, coalesced),
  IFNULL: scalar(2, 2, coalesced),
  NVL: scalar(2, 2, coalesced),
  NVL2: scalar(3, 3, (call) => {
    collationOfAll(typesFromEnd(call, 1));
    const { type, values } = call.common(1);
    return call.result(
      `CASE WHEN ${call.arg(0).sql} IS NOT NULL THEN ${values[0]!.sql} ELSE ${values[1]!.sql} END`,
      type,
      true,
    );
  }),
  NULLIF: scalar(2, 2, (call) => {
    const value = call.arg(0);
    collationOfAll(call.args.map(({ type }) => type));
    const sql = once(
      value.sql,
      (x) => `CASE WHEN ${compared(call, "=", { ...value, sql: x }, call.arg(1))} THEN NULL ELSE ${x} END`,
    );
    return call.result(sql, value.type, true);
  }),
  EQUAL_NULL: scalar(2, 2, (call) => call.result(same(call, call.arg(0), call.arg(1)), BOOLEAN, false)),
  GREATEST: variadic(1, (call) => extreme(call, ">=", false)),
  LEAST: variadic(1, (call) => extreme(call, "<=", false)),
  GREATEST_IGNORE_NULLS: variadic(1, (call) => extreme(call, ">=", true)),
  LEAST_IGNORE_NULLS: variadic(1, (call) => extreme(call, "<=", true)),
  ZEROIFNULL: scalar(1, 1, (call) => {
    const { kind } = call.arg(0).type;
    if (kind === "VARCHAR" || kind === "VARIANT") return call.result(`coalesce(${call.float(0)}, 0)`, FLOAT, false);
    const value = call.numeric(0);
    return call.result(`coalesce(${value.sql}, 0)`, kind === "NULL" ? number(2, 0) : value.type, false);
  }),
  NULLIFZERO: scalar(1, 1, (call) => {
    const given = call.arg(0);
    if (given.type.kind === "BOOLEAN") return call.result(`nullif(${given.sql}, false)`, BOOLEAN, true);
    const value = call.numeric(0);
    if (given.type.kind === "VARIANT")
      return call.result(
        once(given.sql, (x) => `CASE WHEN ${call.numericOf({ ...given, sql: x }).sql} <> 0 THEN ${x} END`),
        given.type,
        true,
      );
    return call.result(
      once(value.sql, (x) => `CASE WHEN ${x} <> 0 THEN ${x} END`),
      value.type,
      true,
    );
  }),
  BOOLAND: logical((a, b) => `(${a} AND ${b})`),
  BOOLOR: logical((a, b) => `(${a} OR ${b})`),
  BOOLXOR: logical((a, b) => `(${a} <> ${b})`),
  BOOLNOT: scalar(1, 1, (call) => call.result(`(NOT ${truth(call, 0)})`, BOOLEAN)),
  REGR_VALX: kept(1, 0),
  REGR_VALY: kept(0, 1),
};
