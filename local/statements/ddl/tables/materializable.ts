import { type Expression, type FunctionCall, type Query, type Select, visit } from "../../../../dialect/index";
import type { TableDoc } from "../../../catalogue/model";
import { unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { functionEntry } from "../../../functions/index";
import { resolveRelation } from "../../../names/resolve";

const AGGREGATES: ReadonlySet<string> = new Set(
  "APPROX_COUNT_DISTINCT HLL AVG BITAND_AGG BITOR_AGG BITXOR_AGG COUNT COUNT_IF MAX MIN STDDEV STDDEV_SAMP STDDEV_POP SUM VARIANCE VARIANCE_SAMP VAR_SAMP VARIANCE_POP VAR_POP".split(
    " ",
  ),
);

const refuse = (what: string): never => {
  throw unsupportedFeature(`${what} in a materialized view`);
};

/**
 * The table that a materialized view reads, where its query is one that Snowflake materializes.
 * Errors: 000002 for what it may not hold.
 * Source: https://docs.snowflake.com/en/user-guide/views-materialized#limitations-on-creating-materialized-views
 */
export function baseOfMaterialized(context: ExecutionContext, query: Query): { base: TableDoc; select: Select } {
  const select = query.body.kind === "Select" ? query.body : refuse("set operator");
  if (query.with) refuse("WITH");
  if (query.orderBy) refuse("ORDER BY");
  if (query.limit || select.top) refuse("LIMIT");
  if (select.having) refuse("HAVING");
  if (select.qualify) refuse("QUALIFY");
  if (select.connectBy) refuse("CONNECT BY");
  refuseCalls(query);
  const [reference, ...others] = select.from;
  if (reference?.kind !== "NamedTable") return refuse("query of anything but one table");
  if (others.some((other) => other.kind !== "TableFunction")) refuse("join");
  if (reference.timeTravel || reference.changes) refuse("time travel");
  const base = resolveRelation(context, reference.name, "CREATE MATERIALIZED VIEW", "Table");
  if (base.kind !== "TABLE") return refuse(`query of a ${base.kind.replaceAll("_", " ").toLowerCase()}`);
  refuseHiddenKeys(context, select);
  return { base, select };
}

function refuseCalls(query: Query): void {
  visit(query, {
    Query: (node) => {
      if (node !== query) refuse("subquery");
    },
    FunctionCall: refuseCall,
    BindVariable: () => refuse("variable"),
    SessionVariable: () => refuse("variable"),
  });
}

function refuseCall({ name, over, distinct }: FunctionCall): void {
  const own = name.parts.at(-1)?.value ?? "";
  const entry = name.parts.length === 1 ? functionEntry(own) : undefined;
  if (own === "FLATTEN") return;
  if (!entry) refuse(`function ${own}`);
  if (over || entry?.kind === "window") refuse("window function");
  if (entry?.kind === "aggregate" && !AGGREGATES.has(own)) refuse(`aggregate function ${own}`);
  if (entry?.kind === "aggregate" && distinct) refuse("DISTINCT aggregate");
  if (entry?.volatile) refuse(`function ${own}, which is not deterministic,`);
}

/** Every key of GROUP BY is in the select list. */
function refuseHiddenKeys(context: ExecutionContext, { groupBy, items }: Select): void {
  if (!groupBy) return;
  if (groupBy.all) refuse("GROUP BY ALL");
  const text = (node: Expression) =>
    context.text.slice(node.span.start, node.span.end).toUpperCase().replace(/\s+/g, " ");
  const shown = items.flatMap((item) => [text(item.expression as Expression), item.alias?.value ?? ""]);
  for (const key of groupBy.items) {
    if (key.kind === "GroupingConstruct") refuse(key.type);
    else if (key.kind !== "NumberLiteral" && !shown.includes(text(key))) refuse("key of GROUP BY that is not selected");
  }
}
