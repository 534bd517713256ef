import type { DatabaseDoc, ObjectDoc, ObjectKind, SchemaDoc, WarehouseDoc } from "../catalogue/model";
import { objectParameter } from "../parameters/effective";
import { SIZE_TEXT } from "../warehouses/sizeText";
import { type DdlContext, nameIn, referenced } from "./namer";
import { quoteText } from "./quote";

/** In this order a schema's objects come: those that others refer to first. */
const ORDER: readonly ObjectKind[] = [
  "TAG",
  "SEQUENCE",
  "FILE_FORMAT",
  "TABLE",
  "VIEW",
  "MATERIALIZED_VIEW",
  "DYNAMIC_TABLE",
  "STREAM",
  "FUNCTION",
  "PROCEDURE",
  "TASK",
  "ALERT",
];

const header = (kind: string, context: DdlContext, doc: DatabaseDoc | SchemaDoc): string => {
  const managed = doc.kind === "SCHEMA" && doc.managedAccess ? " WITH MANAGED ACCESS" : "";
  const comment = doc.comment ? ` COMMENT=${quoteText(doc.comment)}` : "";
  return `create or replace ${doc.transient ? "transient " : ""}${kind} ${nameIn(context, doc)}${managed}${comment};`;
};

export type ObjectText = (doc: ObjectDoc) => string | undefined;

/** The schema and everything in it that the reader sees. */
export function schemaText(
  context: DdlContext,
  schema: SchemaDoc,
  seen: (doc: ObjectDoc) => boolean,
  textOf: ObjectText,
): string {
  const inside = ORDER.flatMap((kind) =>
    (context.catalogue.children(kind, schema.id) as ObjectDoc[])
      .filter((doc) => seen(doc) && !("sessionId" in doc && doc.sessionId !== undefined))
      .filter((doc) => !(doc.kind === "SEQUENCE" && doc.hidden))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
  return [header("schema", context, schema), ...inside.map(textOf)].filter((text) => text !== undefined).join("\n\n");
}

export function databaseText(
  context: DdlContext,
  database: DatabaseDoc,
  seen: (doc: ObjectDoc) => boolean,
  textOf: ObjectText,
): string {
  const schemas = context.catalogue
    .children("SCHEMA", database.id)
    .filter((schema) => seen(schema) && schema.name !== "INFORMATION_SCHEMA")
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [header("database", context, database), ...schemas.map((s) => schemaText(context, s, seen, textOf))].join(
    "\n\n",
  );
}

/** With the properties left at their defaults. Source: https://docs.snowflake.com/en/sql-reference/functions/get_ddl#warehouses */
export function warehouseText(context: DdlContext, warehouse: WarehouseDoc): string {
  const parameter = (name: string) => objectParameter(context.catalogue, warehouse, name).value;
  const flag = (value: boolean) => String(value).toUpperCase();
  const lines = [
    `warehouse_type='${warehouse.type}'`,
    `warehouse_size='${SIZE_TEXT[warehouse.size]}'`,
    `max_cluster_count=${warehouse.maxClusterCount}`,
    `min_cluster_count=${warehouse.minClusterCount}`,
    `scaling_policy=${warehouse.scalingPolicy}`,
    `auto_suspend=${warehouse.autoSuspend ?? "null"}`,
    `auto_resume=${flag(warehouse.autoResume)}`,
    "initially_suspended=TRUE",
    ...(warehouse.resourceMonitorId === undefined
      ? []
      : [`resource_monitor=${referenced(context, warehouse.resourceMonitorId)}`]),
    ...(warehouse.comment ? [`comment=${quoteText(warehouse.comment)}`] : []),
    `enable_query_acceleration=${flag(warehouse.enableQueryAcceleration)}`,
    `query_acceleration_max_scale_factor=${warehouse.queryAccelerationMaxScaleFactor}`,
    `max_concurrency_level=${parameter("MAX_CONCURRENCY_LEVEL")}`,
    `statement_queued_timeout_in_seconds=${parameter("STATEMENT_QUEUED_TIMEOUT_IN_SECONDS")}`,
    `statement_timeout_in_seconds=${parameter("STATEMENT_TIMEOUT_IN_SECONDS")}`,
  ];
  return `create or replace warehouse ${nameIn(context, warehouse)}\nwith\n${lines.map((line) => `    ${line}`).join("\n")}\n;`;
}
