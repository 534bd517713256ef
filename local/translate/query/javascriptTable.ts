import type { FunctionCall, TableFunction } from "../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../errors";
import { sqlName } from "../../types/dataType";
import type { bound } from "../bound";
import { cast } from "../conversion/cast";
import { comparable } from "../expressions/comparison";
import { orderItem } from "../expressions/windows";
import { answered, argumentText, knownKind, zoneOf } from "../javascriptCall";
import type { ScopeColumn } from "../scope";
import type { Fitting } from "../signatures";
import { quote } from "../sql";
import { bodyBinder, calledFunction } from "../userFunctions";
import type { FromContext } from "./from";

/** The table function in JavaScript that a reference calls; undefined when it calls something else. */
export function javascriptTable({ binder }: FromContext, { call }: TableFunction): Fitting | undefined {
  if (call.kind !== "FunctionCall") return undefined;
  const { catalogue, namespace } = binder.context;
  const [own = "", schema, database] = call.name.parts.map(({ value }) => value).reverse();
  const databaseId = database === undefined ? namespace.databaseId : catalogue.database(database)?.id;
  const schemaId =
    schema === undefined ? namespace.schemaId : catalogue.schema(databaseId ?? -1, schema || "PUBLIC")?.id;
  const overloads = catalogue.overloads("FUNCTION", schemaId ?? -1, own);
  if (!overloads.some(({ language, returns }) => language === "JAVASCRIPT" && "table" in returns)) return undefined;
  const called = calledFunction(binder, call);
  return called?.fn.language === "JAVASCRIPT" ? called : undefined;
}

/**
 * `left, TABLE(f(…) OVER (PARTITION BY …))`: the rows of a partition are handed over together, which is all of them without OVER. What
 * `processRow` writes keeps the columns of its row; what `finalize` writes keeps those the partition is made by.
 * Source: https://docs.snowflake.com/en/developer-guide/udf/javascript/udf-javascript-tabular-functions
 */
export function foldJavascript(
  context: FromContext,
  left: string,
  start: number,
  reference: TableFunction,
  called: Fitting,
): string {
  const { binder } = context;
  const { fn } = called;
  if (!("table" in fn.returns)) throw unsupportedFeature(`scalar function ${fn.name} in FROM`);
  binder.shared.capture?.refuse(`the JavaScript table function ${fn.name}`);
  binder.shared.deterministic = false;
  const call = reference.call as FunctionCall;
  const inner = bodyBinder(binder, called);
  const args = fn.arguments.map(({ name }) => inner.scope.lambdas.get(name) as ReturnType<typeof bound>);
  const kinds = args.map(({ type }) => knownKind(type, fn));
  const keys = (call.over?.partitionBy ?? []).map((key) => binder.expression(key));
  const order = (call.over?.orderBy ?? []).map((item) => orderItem(item, binder.expression(item.expression)));
  const [rows, found, name] = ["m", "m", "r"].map((prefix) => binder.shared.fresh(prefix)) as [string, string, string];

  const carried: string[] = [];
  const passed: string[] = [];
  const seen = new Map<string, string>();
  for (const column of left ? binder.scope.relations.slice(start).flatMap(({ columns }) => columns) : []) {
    let own = seen.get(column.sql);
    if (!own) {
      own = binder.shared.fresh("x");
      seen.set(column.sql, own);
      carried.push(`${column.sql} AS ${own}`);
      const key = keys.findIndex(({ sql }) => sql === column.sql);
      passed.push(key < 0 ? `s.${own}` : `w.v${key + 1} AS ${own}`);
    }
    column.sql = `${name}.${own}`;
    column.nullable = true;
  }
  const texts = `[${args.map((value, i) => argumentText(binder, value, kinds[i] as (typeof kinds)[number])).join(", ")}]::VARCHAR[]`;
  const placed = [
    ...carried,
    ...keys.flatMap(({ sql, type }, i) => [`${comparable(sql, type)} AS k${i + 1}`, `${sql} AS v${i + 1}`]),
    `${texts} AS a`,
    "row_number() OVER () AS h",
    `row_number() OVER (${order.length > 0 ? `ORDER BY ${order.join(", ")}` : ""}) AS g`,
  ].join(", ");
  const table = fn.returns.table;
  const outputKinds = table.map(({ type }) => (type.kind === "NUMBER" ? "n" : knownKind(type, fn)));
  const signature = JSON.stringify({
    parameters: fn.arguments.map((argument, i) => ({
      name: argument.name,
      kind: kinds[i],
      type: sqlName(argument.type).replace(/\(.*/, ""),
      isConst: !left || /Literal$/.test(call.args[i]?.kind ?? ""),
    })),
    columns: table.map((column, i) => ({ name: column.name, kind: outputKinds[i] })),
  });
  const given = [fn.name, fn.body, signature, zoneOf(binder, fn, kinds)].map(quote).join(", ");
  const by = keys.map((_, i) => `k${i + 1}`);
  const firsts = keys.map((_, i) => `first(v${i + 1}) AS v${i + 1}`);
  const outputs = table.map(({ type }, i) => {
    const text = `w.x[${i + 2}]`;
    const kind = outputKinds[i] as (typeof kinds)[number];
    return `${cast(answered(binder, text, kind), type, binder.settings).sql} AS o${i + 1}`;
  });
  const sql =
    `(WITH ${rows} AS MATERIALIZED (SELECT ${placed}${left ? ` FROM ${left}` : ""}), ` +
    `${found} AS (SELECT ${[...firsts, `min(h) AS p`, `sf_javascript_rows(${given}, list(a ORDER BY g), list(g ORDER BY g))::JSON::VARCHAR[][] AS t`].join(", ")} FROM ${rows} GROUP BY ${by.length > 0 ? by.join(", ") : "ALL HAVING count(*) > 0"}) ` +
    `SELECT ${[...passed, ...outputs].join(", ")} FROM (SELECT *, unnest(t) AS x, generate_subscripts(t, 1) AS n FROM ${found}) AS w ` +
    `LEFT JOIN ${rows} AS s ON s.g = w.x[1]::BIGINT ORDER BY w.p, w.n) AS ${name}`;
  const columns: ScopeColumn[] = table.map((column, i) => ({
    name: column.name,
    sql: `${name}.o${i + 1}`,
    type: column.type,
    nullable: true,
  }));
  if (reference.alias && reference.alias.columns.length > columns.length)
    throw compilationError(
      "002057",
      "42601",
      `Alias ${reference.alias.name.value} has ${reference.alias.columns.length} column names for ${columns.length} columns`,
    );
  reference.alias?.columns.forEach((written, i) => {
    (columns[i] as ScopeColumn).name = written.value;
  });
  binder.scope.relations.push({ name: reference.alias?.name.value ?? fn.name, columns });
  return sql;
}
