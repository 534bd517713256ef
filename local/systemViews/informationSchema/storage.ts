import { activeRoles } from "../../privileges/index";
import type { Stored } from "../../retention/oldRows";
import { storedSizes } from "../../statements/show/rowCounts";
import { databaseName, isOwnHelper, schemaName } from "../../statements/show/scope";
import { deletedRowsName } from "../../store/physical";
import { count, moment, systemViewOf, text } from "../define";
import { databaseOf } from "./scope";

interface Measured {
  table: Stored;
  active: number;
  timeTravel: number;
}

const parents = ({ table }: Measured, context: Parameters<typeof databaseName>[0]) => {
  const schema = context.catalogue.get("SCHEMA", table.parentId);
  return { schema, database: schema && context.catalogue.get("DATABASE", schema.parentId) };
};

/**
 * Bytes of each table, of what is dropped too. Only ACCOUNTADMIN sees rows; there is no fail-safe, and clones share nothing.
 * Source: https://docs.snowflake.com/en/sql-reference/info-schema/table_storage_metrics
 */
export const TABLE_STORAGE_METRICS = systemViewOf<Measured>(
  "TABLE_STORAGE_METRICS",
  [
    text("TABLE_CATALOG", ({ table }, context) => databaseName(context, table)),
    text("TABLE_SCHEMA", ({ table }, context) => schemaName(context, table)),
    text("TABLE_NAME", ({ table }) => table.name),
    count("ID", ({ table }) => table.id),
    count("CLONE_GROUP_ID", ({ table }) => table.id),
    text("IS_TRANSIENT", ({ table }) => (table.transient || ("temporary" in table && table.temporary) ? "YES" : "NO")),
    count("ACTIVE_BYTES", ({ active }) => active),
    count("TIME_TRAVEL_BYTES", ({ timeTravel }) => timeTravel),
    count("FAILSAFE_BYTES", () => 0),
    count("RETAINED_FOR_CLONE_BYTES", () => 0),
    moment("TABLE_CREATED", ({ table }) => table.createdOn),
    moment("TABLE_DROPPED", ({ table }) => table.droppedOn),
    moment("TABLE_ENTERED_FAILSAFE", () => null),
    moment("CATALOG_CREATED", (item, context) => parents(item, context).database?.createdOn),
    moment("CATALOG_DROPPED", (item, context) => parents(item, context).database?.droppedOn),
    moment("SCHEMA_CREATED", (item, context) => parents(item, context).schema?.createdOn),
    moment("SCHEMA_DROPPED", (item, context) => parents(item, context).schema?.droppedOn),
    text("COMMENT", ({ table }) => table.comment),
  ],
  async (context, databaseId) => {
    const administrator = context.catalogue.find("ROLE", 0, "ACCOUNTADMIN");
    if (!administrator || !activeRoles(context).has(administrator.id)) return [];
    const database = databaseId === null ? undefined : databaseOf(context, databaseId).id;
    const tables = (["TABLE", "DYNAMIC_TABLE"] as const)
      .flatMap((kind): Stored[] => [...context.catalogue.all(kind), ...context.catalogue.dropped(kind)])
      .filter((table) => !isOwnHelper(context, table))
      .filter((table) => {
        const schema = context.catalogue.get("SCHEMA", table.parentId);
        return database === undefined || schema?.parentId === database;
      });
    const active = await storedSizes(context, tables);
    const old = await storedSizes(context, tables, deletedRowsName);
    return tables.map((table) => ({
      table,
      active: active.get(table.id)?.bytes ?? 0,
      timeTravel: old.get(table.id)?.bytes ?? 0,
    }));
  },
);
