import type { Source } from "../../../law/index";
import { literal, qualified, type Reader, type Row, text } from "./reader";

/** All SQL that the governed database keeps and runs: views, procedures, functions, tasks, alerts, pipes. */
export async function codeSources(reader: Reader): Promise<Source[]> {
  return [
    ...(await viewSources(reader)),
    ...(await routineSources(reader, "PROCEDURE", "SHOW PROCEDURES")),
    ...(await routineSources(reader, "FUNCTION", "SHOW USER FUNCTIONS")),
    ...(await shown(
      reader,
      "SHOW TASKS",
      (row) => `CREATE TASK ${nameOf(row)}${runsOn(row)} AS ${text(row, "definition")}`,
    )),
    ...(await shown(
      reader,
      "SHOW ALERTS",
      (row) =>
        `CREATE ALERT ${nameOf(row)}${runsOn(row)} IF (EXISTS (${text(row, "condition")})) THEN ${text(row, "action")}`,
    )),
    ...(await shown(reader, "SHOW PIPES", (row) => `CREATE PIPE ${nameOf(row)} AS ${text(row, "definition")}`)),
  ];
}

const nameOf = (row: Row): string => qualified(text(row, "database_name"), text(row, "schema_name"), text(row, "name"));

const runsOn = (row: Row): string => {
  const warehouse = text(row, "warehouse");
  return warehouse === "" || warehouse === "null" ? "" : ` WAREHOUSE = ${qualified(warehouse)}`;
};

async function shown(reader: Reader, show: string, statement: (row: Row) => string): Promise<Source[]> {
  const rows = await reader.rows(`${show} IN DATABASE ${reader.database}`);
  return rows.map((row) => ({
    resource: [text(row, "database_name"), text(row, "schema_name"), text(row, "name")].join("."),
    namespace: { database: text(row, "database_name"), schema: text(row, "schema_name") },
    text: statement(row),
  }));
}

/** A materialised view is found among the tables; INFORMATION_SCHEMA is Snowflake's own. */
async function viewSources(reader: Reader): Promise<Source[]> {
  const sources = await shown(reader, "SHOW VIEWS", (row) =>
    text(row, "is_materialized") === "true" ? "" : text(row, "text"),
  );
  return sources.filter(
    ({ namespace, text: definition }) => namespace?.schema !== "INFORMATION_SCHEMA" && definition !== "",
  );
}

async function routineSources(reader: Reader, kind: "PROCEDURE" | "FUNCTION", show: string): Promise<Source[]> {
  const { database } = reader.settings;
  const rows = await reader.rows(`${show} IN DATABASE ${reader.database}`);
  const sources: Source[] = [];
  for (const row of rows) {
    if (text(row, "catalog_name") !== database || text(row, "is_builtin") === "Y") continue;
    const [schema, name] = [text(row, "schema_name"), text(row, "name")];
    const ddl = await reader.ddl(
      kind,
      `${qualified(database, schema, name)}(${argumentTypes(text(row, "arguments"))})`,
    );
    if (ddl) sources.push({ resource: `${database}.${schema}.${name}`, namespace: { database, schema }, text: ddl });
  }
  return sources;
}

/** `P(VARCHAR, DEFAULT NUMBER) RETURN VARIANT` → `VARCHAR, NUMBER`. */
const argumentTypes = (signature: string): string =>
  (/\((.*)\) RETURN/.exec(signature)?.[1] ?? "").replace(/\bDEFAULT /g, "");

/** The warehouses that this code runs on. */
async function warehousesUsed(reader: Reader): Promise<ReadonlySet<string>> {
  const names = new Set([reader.settings.refreshWarehouse]);
  for (const show of ["SHOW TASKS", "SHOW ALERTS"]) {
    for (const row of await reader.rows(`${show} IN DATABASE ${reader.database}`)) names.add(text(row, "warehouse"));
  }
  return names;
}

export async function warehouseSources(reader: Reader): Promise<Source[]> {
  const used = await warehousesUsed(reader);
  const rows = await reader.rows("SHOW WAREHOUSES");
  return rows
    .filter((row) => used.has(text(row, "name")))
    .map((row) => ({
      resource: `warehouse ${text(row, "name")}`,
      text: `CREATE WAREHOUSE ${qualified(text(row, "name"))} WAREHOUSE_SIZE = ${literal(text(row, "size"))} AUTO_SUSPEND = ${text(row, "auto_suspend") || "NULL"} AUTO_RESUME = ${text(row, "auto_resume")} MAX_CLUSTER_COUNT = ${text(row, "max_cluster_count") || 1}`,
    }));
}

/** Whoever would work on the refresh warehouse as soon as he logs in. */
export async function userSources(reader: Reader): Promise<Source[]> {
  const { refreshWarehouse } = reader.settings;
  const rows = await reader.rows("SHOW USERS");
  return rows
    .filter((row) => text(row, "default_warehouse").toUpperCase() === refreshWarehouse)
    .map((row) => ({
      resource: `user ${text(row, "name")}`,
      text: `ALTER USER ${qualified(text(row, "name"))} SET DEFAULT_WAREHOUSE = ${qualified(refreshWarehouse)}`,
    }));
}
