import type { MatchRecognize } from "../../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../../errors";
import { COUNT_TYPE } from "../../../functions/call";
import { BOOLEAN, number, varchar } from "../../../types/dataType";
import { ROW_FLAGS, type RowSearch } from "../../../udf/rows/functions";
import { hasExclusion, readPattern, symbolsOf } from "../../../udf/rows/pattern";
import { compilePattern } from "../../../udf/rows/program";
import type { Binder, BoundQuery } from "../../binder";
import { type Bound, bound } from "../../bound";
import { cast } from "../../conversion/cast";
import { comparable } from "../../expressions/comparison";
import { orderItem } from "../../expressions/windows";
import type { ScopeRelation } from "../../scope";
import { quote } from "../../sql";
import { unnamedColumn } from "../columnNames";
import type { FromContext } from "../from";
import { bindSource } from "../source";
import { relationOf } from "../tables";
import { definition } from "./define";
import { measured } from "./measure";
import { ROW } from "./nodes";

/**
 * MATCH_RECOGNIZE: conditions and measures are window functions of the engine; which rows match is found in between, from one word
 * of bits for each row. Source: https://docs.snowflake.com/en/sql-reference/constructs/match_recognize
 */
export function bindMatchRecognize(context: FromContext, node: MatchRecognize): string {
  const { binder } = context;
  binder.shared.capture?.refuse("MATCH_RECOGNIZE");
  if (node.subsets.length > 0) throw unsupportedFeature("SUBSET in MATCH_RECOGNIZE");
  const search = searchOf(node);
  const { inner, sql } = bindSource(context, node);
  const [rows, words, found] = ["m", "m", "m"].map((prefix) => binder.shared.fresh(prefix)) as [string, string, string];
  const keys = node.partitionBy.map((key) => ({ name: unnamedColumn(inner, key), value: inner.expression(key) }));
  const order = node.orderBy.map((item) => orderItem(item, inner.expression(item.expression)));
  const sourceColumns = inner.scope.relations.flatMap((relation) => relation.columns);
  const keySql = keys.map(({ value }) => comparable(value.sql, value.type));
  const placed = `SELECT ${[
    ...sourceColumns.map((column, i) => `${column.sql} AS c${i + 1}`),
    ...keys.map(({ value }, i) => `${value.sql} AS k${i + 1}`),
    `row_number() OVER (${[...keySql, ...order].length > 0 ? `ORDER BY ${[...keySql, ...order].join(", ")}` : ""}) AS g`,
    ...keySql.map((key, i) => `${key} AS q${i + 1}`),
  ].join(", ")} FROM ${sql}`;
  const partition = keys.length > 0 ? `PARTITION BY ${keys.map((_, i) => `q${i + 1}`).join(", ")}` : "";
  const row = rowBinder(inner, sourceColumns.length);
  const bits = node.define.map(({ symbol, condition }) => {
    const value = cast(row.expression(definition(condition, new Set(search.symbols))), BOOLEAN, row.settings);
    return `CASE WHEN ${value.sql} THEN ${2 ** (search.bits[symbol.value] as number)} ELSE 0 END`;
  });
  const outputs = outputsOf(node, row, keys, search);
  const flag = (name: keyof typeof ROW_FLAGS) => `(r.f & ${ROW_FLAGS[name]}) <> 0`;
  const isOne = node.rowsPerMatch !== "ALL ROWS PER MATCH";
  const keep = isOne
    ? `${flag("last")} OR ${flag("empty")}`
    : `NOT (${flag("excluded")}${node.emptyMatches === "OMIT EMPTY MATCHES" ? ` OR ${flag("empty")}` : ""})`;
  const measures = outputs.map(({ value }, i) => `${value.sql} AS o${i + 1}`);
  const query = `WITH ${rows} AS MATERIALIZED (SELECT *, min(g) OVER (${partition}) AS p FROM (${placed}) AS s), ${words} AS (SELECT r.p, r.g, (${[...bits, "0"].join(" + ")})::BIGINT AS b FROM ${rows} AS r), ${found} AS (SELECT p, unnest(sf_match_rows(${quote(JSON.stringify(search))}, string_agg(b::VARCHAR, ',' ORDER BY g))::BIGINT[][]) AS x FROM ${words} GROUP BY p) SELECT * EXCLUDE (keep) FROM (SELECT ${measures.join(", ")}, ${keep} AS keep FROM (SELECT s.*, x[1] AS m, x[3] AS n, [${search.symbols.map(quote).join(", ")}][x[4] + 1] AS y, x[5] AS f FROM ${found} AS w JOIN ${rows} AS s ON s.g = w.p + w.x[2]) AS r) AS t WHERE keep`;
  const columns: BoundQuery["columns"] = outputs.map(({ name, value }) => ({ name, type: value.type, nullable: true }));
  return relationOf(binder, `(${query})`, columns, node.alias, node.alias?.name.value);
}

/** What is searched for; checks what can be wrong about it. */
function searchOf(node: MatchRecognize): RowSearch {
  const pattern = readPattern(node.pattern);
  compilePattern(pattern);
  if (node.emptyMatches === "WITH UNMATCHED ROWS" && hasExclusion(pattern))
    throw compilationError("002303", "42601", "PATTERN must not contain exclusions when WITH UNMATCHED ROWS is given.");
  const bits: Record<string, number> = {};
  node.define.forEach(({ symbol }, i) => {
    if (symbol.value in bits) throw compilationError("002303", "42601", `Symbol '${symbol.value}' is defined twice.`);
    bits[symbol.value] = i;
  });
  if (node.define.length > 52) throw unsupportedFeature("MATCH_RECOGNIZE with more than 52 definitions");
  const symbols = [...new Set([...symbolsOf(pattern), ...Object.keys(bits)])];
  for (const name of symbols)
    if (name.includes("$") && !(name in bits)) throw unsupportedFeature(`$ in symbol ${name} of PATTERN`);
  const { afterMatch = "PAST LAST ROW", afterMatchSymbol } = node;
  const to = afterMatch === "TO" ? "TO LAST" : (afterMatch as RowSearch["skip"]["to"]);
  if (afterMatchSymbol && !symbols.includes(afterMatchSymbol.value))
    throw compilationError("000904", "42000", `invalid identifier '${afterMatchSymbol.value}'`);
  return {
    pattern: node.pattern,
    symbols,
    bits,
    skip: { to, ...(afterMatchSymbol ? { symbol: afterMatchSymbol.value } : {}) },
    unmatched: node.emptyMatches === "WITH UNMATCHED ROWS",
  };
}

/** Sees the rows of the source as `r`, and what belongs to the search under names of its own. */
function rowBinder(source: Binder, count: number): Binder {
  const binder = source.child({ correlated: false });
  let next = 1;
  for (const relation of source.scope.relations) {
    const columns = relation.columns.map((column) => ({ ...column, sql: `r.c${next++}` }));
    binder.scope.relations.push({ ...relation, columns } as ScopeRelation);
  }
  if (next !== count + 1) throw new Error("columns of the source were counted differently");
  const place = number(38, 0);
  binder.scope.lambdas.set(ROW.partition, bound("r.p", place));
  binder.scope.lambdas.set(ROW.place, bound("r.g", place));
  binder.scope.lambdas.set(ROW.match, bound("r.m::DECIMAL(18,0)", COUNT_TYPE));
  binder.scope.lambdas.set(ROW.sequence, bound("r.n::DECIMAL(18,0)", COUNT_TYPE));
  binder.scope.lambdas.set(ROW.symbol, bound("r.y", varchar()));
  return binder;
}

/** ONE ROW: keys of the partition and measures; ALL ROWS: columns of the source and measures. */
function outputsOf(
  node: MatchRecognize,
  row: Binder,
  keys: readonly { name: string; value: Bound }[],
  { symbols, unmatched }: RowSearch,
): { name: string; value: Bound }[] {
  const isAll = node.rowsPerMatch === "ALL ROWS PER MATCH";
  const columns = row.scope.relations.flatMap((relation) => relation.columns);
  const names = {
    symbols: new Set(symbols),
    hasClassifierColumn: columns.some(({ name }) => name === "CLASSIFIER"),
  };
  const measures = node.measures.map((measure) => {
    const value = row.expression(measured(measure, isAll ? "RUNNING" : "FINAL", names));
    const sql = unmatched ? `CASE WHEN r.m IS NOT NULL THEN ${value.sql} END` : value.sql;
    return { name: measure.alias.value, value: bound(sql, value.type) };
  });
  const first = isAll
    ? columns
        .filter(({ hidden, outsideStar }) => !hidden && !outsideStar)
        .map(({ name, sql, type }) => ({ name, value: bound(sql, type) }))
    : keys.map(({ name, value }, i) => ({ name, value: bound(`r.k${i + 1}`, value.type) }));
  const outputs = [...first, ...measures];
  if (outputs.length === 0) throw compilationError("002080", "42601", "SELECT with no columns");
  return outputs;
}
