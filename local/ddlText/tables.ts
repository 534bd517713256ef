import type { ColumnDoc, DynamicTableDoc, MaterializedViewDoc, TableDoc, ViewDoc } from "../catalogue/model";
import { printName } from "../names/print";
import { sqlName } from "../types/dataType";
import { type DdlContext, nameIn, referenced } from "./namer";
import { quoteText } from "./quote";

const columnComment = (column: ColumnDoc): string => (column.comment ? ` COMMENT ${quoteText(column.comment)}` : "");

type Columns = readonly ColumnDoc[];

function masking(context: DdlContext, { maskingPolicy }: ColumnDoc, columns: Columns): string {
  if (!maskingPolicy) return "";
  const conditional = maskingPolicy.columns.length > 1 ? ` USING (${namesOf(columns, maskingPolicy.columns)})` : "";
  return ` WITH MASKING POLICY ${referenced(context, maskingPolicy.policyId)}${conditional}`;
}

const rowAccess = (
  context: DdlContext,
  { rowAccessPolicy, columns }: TableDoc | ViewDoc | MaterializedViewDoc | DynamicTableDoc,
): string =>
  rowAccessPolicy
    ? ` WITH ROW ACCESS POLICY ${referenced(context, rowAccessPolicy.policyId)} ON (${namesOf(columns, rowAccessPolicy.columns)})\n`
    : "";

function columnText(context: DdlContext, column: ColumnDoc, columns: Columns): string {
  const { identity } = column;
  const value = identity
    ? ` autoincrement start ${identity.start} increment ${identity.step} ${identity.ordered ? "order" : "noorder"}`
    : column.defaultText
      ? ` DEFAULT ${column.defaultText}`
      : "";
  const spec = column.type.kind === "VARCHAR" ? column.type.collation : undefined;
  const collation = spec ? ` COLLATE ${quoteText(spec)}` : "";
  return `${printName(column.name)} ${sqlName(column.type)}${column.nullable ? "" : " NOT NULL"}${collation}${value}${masking(context, column, columns)}${columnComment(column)}`;
}

const namesOf = (columns: Columns, ids: readonly number[]): string =>
  ids.map((id) => printName(columns.find((c) => c.id === id)?.name ?? "")).join(", ");

function constraintTexts(context: DdlContext, table: TableDoc): string[] {
  return (table.constraints ?? []).map(({ name, type, columns, references }) => {
    const given = name.startsWith("SYS_CONSTRAINT_") ? "" : `constraint ${printName(name)} `;
    const key = `${given}${type.toLowerCase()} (${namesOf(table.columns, columns)})`;
    if (!references) return key;
    const target = context.catalogue.get("TABLE", references.tableId);
    return `${key} references ${referenced(context, references.tableId)}(${namesOf(target?.columns ?? [], references.columns)})`;
  });
}

const indented = (lines: readonly string[]): string => lines.map((line) => `\t${line}`).join(",\n");

/** Constraints stand after the columns, wherever the statement had them. */
export function tableText(context: DdlContext, table: TableDoc): string {
  const kind = table.temporary ? "TEMPORARY TABLE" : table.transient ? "TRANSIENT TABLE" : "TABLE";
  const cluster = table.clusterBy ? `cluster by (${table.clusterBy.join(", ")})` : "";
  const lines = [
    ...table.columns.map((column) => columnText(context, column, table.columns)),
    ...constraintTexts(context, table),
  ];
  const comment = table.comment ? `COMMENT=${quoteText(table.comment)}\n` : "";
  return `create or replace ${kind} ${nameIn(context, table)} ${cluster}(\n${indented(lines)}\n)${rowAccess(context, table)}${comment};`;
}

const columnList = (context: DdlContext, columns: Columns): string =>
  indented(
    columns.map((column) => `${printName(column.name)}${masking(context, column, columns)}${columnComment(column)}`),
  );

/** Always with the list of columns; what the statement said between name and AS is written anew. */
export function viewText(context: DdlContext, view: ViewDoc | MaterializedViewDoc): string {
  const words = ["create or replace"];
  if (view.secure) words.push("secure");
  if (view.kind === "MATERIALIZED_VIEW") words.push("materialized");
  else {
    if (view.temporary) words.push("temporary");
    if (view.recursive) words.push("recursive");
  }
  const clustered =
    view.kind === "MATERIALIZED_VIEW" && view.clusterBy?.length ? ` cluster by (${view.clusterBy.join(", ")})` : "";
  const comment = view.comment ? ` COMMENT=${quoteText(view.comment)}\n` : "";
  return `${words.join(" ")} view ${nameIn(context, view)}(\n${columnList(context, view.columns)}\n)${rowAccess(context, view)}${clustered}${comment} as ${view.query};`;
}

export function dynamicTableText(context: DdlContext, table: DynamicTableDoc): string {
  const { targetLag } = table;
  const clauses = [
    ...(targetLag ? [`target_lag = '${targetLag === "DOWNSTREAM" ? "DOWNSTREAM" : targetLag.text}'`] : []),
    ...(table.scheduler ? [`scheduler = ${table.scheduler}`] : []),
    `refresh_mode = ${table.refreshMode}`,
    `initialize = ${table.initialize}`,
    `warehouse = ${referenced(context, table.warehouseId)}`,
    ...(table.initializationWarehouseId === undefined
      ? []
      : [`initialization_warehouse = ${referenced(context, table.initializationWarehouseId)}`]),
    ...(table.clusterBy ? [`cluster by (${table.clusterBy.join(", ")})`] : []),
    ...(table.comment ? [`COMMENT=${quoteText(table.comment)}`] : []),
  ];
  const kind = table.transient ? "transient dynamic table" : "dynamic table";
  return `create or replace ${kind} ${nameIn(context, table)}(\n${columnList(context, table.columns)}\n)${rowAccess(context, table)} ${clauses.join(" ")}\n as ${table.query};`;
}
