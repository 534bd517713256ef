import type { Expression, Pivot, Unpivot } from "../../../dialect/index";
import { compilationError, invalidIdentifier, unsupportedFeature } from "../../errors";
import { printName } from "../../names/print";
import { sqlName, varchar } from "../../types/dataType";
import type { BoundQuery } from "../binder";
import { type Bound, bound, isNullLiteral } from "../bound";
import { comparable, compare, hasKey } from "../expressions/comparison";
import { unified } from "../expressions/conditional";
import { planText } from "../planText";
import type { ScopeColumn } from "../scope";
import { quote } from "../sql";
import type { FromContext } from "./from";
import { bindSource } from "./source";
import { relationOf } from "./tables";

/** PIVOT with listed values: one aggregate per value, grouped by all columns that are not used. */
export function bindPivot(context: FromContext, node: Pivot): string {
  if (!Array.isArray(node.values)) throw unsupportedFeature("PIVOT with ANY or a subquery");
  if (node.aggregates.length > 1) throw unsupportedFeature("PIVOT with several aggregates");
  const { inner, sql, columns } = bindSource(context, node);
  const pivoted = inner.expression(node.column);
  const used = new Set([pivoted.sql]);
  for (const { call } of node.aggregates)
    for (const arg of call.args) used.add(inner.expression(arg as Expression).sql);
  const kept = columns.filter((c) => !used.has(c.sql));
  const outputs: { name: string; value: Bound }[] = kept.map((c) => ({
    name: c.name,
    value: bound(hasKey(c.type) ? `any_value(${c.sql})` : c.sql, c.type, c.nullable),
  }));
  for (const { value, alias } of node.values) {
    const given = inner.expression(value);
    const matches = isNullLiteral(given) ? `${pivoted.sql} IS NULL` : compare(inner, "=", pivoted, given).sql;
    for (const { call, alias: aggregateAlias } of node.aggregates) {
      const filtered = { ...conditionalAggregate(inner, call, matches), nullable: true };
      const result = node.defaultOnNull ? coalesced(inner, filtered, inner.expression(node.defaultOnNull)) : filtered;
      const base = alias?.value ?? valueName(inner, value, given);
      outputs.push({ name: aggregateAlias ? suffixed(base, aggregateAlias.value) : base, value: result });
    }
  }
  const keys = kept.map((c) => comparable(c.sql, c.type));
  const query = `SELECT ${outputs.map((o, i) => `${o.value.sql} AS o${i + 1}`).join(", ")} FROM ${sql}${keys.length > 0 ? ` GROUP BY ${keys.join(", ")}` : ""}`;
  return place(context, node, query, outputs);
}

/** `Q1_TOTAL`; inside the quotes of a text, `'2023_Q1_TOTAL'`. */
const suffixed = (name: string, suffix: string): string =>
  name.endsWith("'") ? `${name.slice(0, -1)}_${suffix}'` : `${name}_${suffix}`;

/** The aggregate over the rows that belong to one value: its argument is NULL for all others. */
function conditionalAggregate(
  binder: FromContext["binder"],
  call: Pivot["aggregates"][number]["call"],
  matches: string,
): Bound {
  const test = binder.shared.fresh("PIVOT$");
  binder.scope.lambdas.set(test, bound(matches, { kind: "BOOLEAN" }));
  const { span } = call;
  const condition: Expression = {
    kind: "ColumnReference",
    parts: [{ kind: "Identifier", text: test, value: test, quoted: true, span }],
    span,
  };
  const args = call.args.map(
    (arg): Expression => ({
      kind: "Case",
      whens: [{ kind: "CaseWhen", condition, result: arg as Expression, span }],
      span,
    }),
  );
  return binder.expression({ ...call, args });
}

const coalesced = (binder: FromContext["binder"], value: Bound, fallback: Bound): Bound => {
  const { type, values } = unified(binder, [value, fallback]);
  return bound(`coalesce(${values.map((v) => v.sql).join(", ")})`, type, fallback.nullable);
};

/** Columns without alias are named by their value: a literal as written, `'JAN'` with its quotes; a cast by the function it stands for. */
function valueName(binder: FromContext["binder"], node: Expression, value: Bound): string {
  if (isNullLiteral(value)) return "NULL";
  if (value.literal) return value.literal.kind === "string" ? `'${value.literal.text}'` : value.literal.text;
  if (node.kind !== "Cast") return planText(binder, node);
  const given = valueName(binder, node.expression, binder.expression(node.expression));
  const { kind } = value.type;
  if (kind === "VARCHAR") return given;
  return kind === "DATE" || kind === "TIME" || kind.startsWith("TIMESTAMP")
    ? `TO_${kind}(${given})`
    : `CAST(${given} AS ${sqlName(value.type)})`;
}

/** UNPIVOT: one row per listed column. */
export function bindUnpivot(context: FromContext, node: Unpivot): string {
  const { inner, sql, columns } = bindSource(context, node);
  const find = (name: string): ScopeColumn => {
    const column = columns.find((c) => c.name === name);
    if (!column) throw invalidIdentifier(printName(name), inner.position(node.span));
    return column;
  };
  const listed = node.columns.map((c) => find(c.column.value));
  const names = node.columns.map((c) => (c.alias ? c.alias.value : c.column.value));
  checkSameType(listed);
  const { type, values } = unified(
    inner,
    listed.map((c) => bound(c.sql, c.type, c.nullable)),
  );
  const kept = columns.filter((c) => !listed.includes(c));
  const outputs = [
    ...kept.map((c) => ({ name: c.name, value: bound(c.sql, c.type, c.nullable) })),
    { name: node.name.value, value: bound(`unnest([${names.map((n) => quote(n)).join(", ")}])`, varchar(), false) },
    {
      name: node.value.value,
      value: bound(`unnest([${values.map((v) => v.sql).join(", ")}])`, type, node.nulls === "INCLUDE"),
    },
  ];
  const rows = `SELECT ${outputs.map((o, i) => `${o.value.sql} AS o${i + 1}`).join(", ")} FROM ${sql}`;
  const query = node.nulls === "INCLUDE" ? rows : `SELECT * FROM (${rows}) AS u WHERE o${outputs.length} IS NOT NULL`;
  return place(context, node, query, outputs);
}

/** Listed columns have one type; texts may differ in length. Source: https://docs.snowflake.com/en/sql-reference/constructs/unpivot */
function checkSameType([first, ...others]: readonly ScopeColumn[]): void {
  const typeText = ({ type }: ScopeColumn) => (type.kind === "VARCHAR" ? type.kind : sqlName(type));
  const odd = others.find((column) => typeText(column) !== typeText(first as ScopeColumn));
  if (odd)
    throw compilationError(
      "001003",
      "42601",
      `The type of column '${printName(odd.name)}' conflicts with the type of other columns in the UNPIVOT list.`,
    );
}

function place(
  context: FromContext,
  node: Pivot | Unpivot,
  sql: string,
  outputs: { name: string; value: Bound }[],
): string {
  const columns: BoundQuery["columns"] = outputs.map((o) => ({
    name: o.name,
    type: o.value.type,
    nullable: o.value.nullable,
  }));
  return relationOf(context.binder, `(${sql})`, columns, node.alias, node.alias?.name.value);
}
