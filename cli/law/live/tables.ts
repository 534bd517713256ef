import { LANDING_COLUMNS, type Source } from "../../../law/index";
import { literal, qualified, type Reader, type Row, text } from "./reader";

/** Everything in the governed database that holds rows, as the statement that would make it. */
export async function tableSources(reader: Reader): Promise<Source[]> {
  const { settings, database } = reader;
  const { landing, events } = settings;
  const rows = await reader.rows(
    `SELECT * FROM ${database}.INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE <> 'VIEW' AND TABLE_SCHEMA <> 'INFORMATION_SCHEMA'`,
  );
  const sources: Source[] = [];
  for (const row of rows) {
    const [schema, name] = [text(row, "TABLE_SCHEMA"), text(row, "TABLE_NAME")];
    const object = `${settings.database}.${schema}.${name}`;
    if (schema === events.schema && name === events.name && isYes(row, "IS_DYNAMIC"))
      sources.push(...(await eventsSources(reader, object)));
    else if (schema === landing.schema && name === landing.name && isPlain(row))
      sources.push(...(await landingSources(reader, object)));
    else sources.push({ resource: object, text: statementFor(row, qualified(settings.database, schema, name)) });
  }
  return sources;
}

const isYes = (row: Row, column: string): boolean => text(row, column) === "YES";

const isPlain = (row: Row): boolean =>
  text(row, "TABLE_TYPE") === "BASE TABLE" &&
  !["IS_DYNAMIC", "IS_ICEBERG", "IS_HYBRID", "IS_TEMPORARY", "IS_TRANSIENT"].some((column) => isYes(row, column));

function statementFor(row: Row, name: string): string {
  switch (text(row, "TABLE_TYPE")) {
    case "EXTERNAL TABLE":
      return `CREATE EXTERNAL TABLE ${name} LOCATION = @S FILE_FORMAT = (TYPE = CSV)`;
    case "EVENT TABLE":
      return `CREATE EVENT TABLE ${name}`;
    case "MATERIALIZED VIEW":
      return `CREATE MATERIALIZED VIEW ${name} AS SELECT 1 AS A`;
  }
  if (isYes(row, "IS_DYNAMIC")) return `CREATE DYNAMIC TABLE ${name} TARGET_LAG = DOWNSTREAM AS SELECT 1 AS A`;
  if (isYes(row, "IS_HYBRID")) return `CREATE HYBRID TABLE ${name} (A INT PRIMARY KEY)`;
  if (isYes(row, "IS_ICEBERG")) return `CREATE ICEBERG TABLE ${name} (A INT)`;
  if (isYes(row, "IS_TEMPORARY")) return `CREATE TEMPORARY TABLE ${name} (A INT)`;
  return `CREATE ${isYes(row, "IS_TRANSIENT") ? "TRANSIENT " : ""}TABLE ${name} (A INT)`;
}

/** The landing table with its settings, and the columns that it no longer has. */
async function landingSources(reader: Reader, object: string): Promise<Source[]> {
  const { database, landing } = reader.settings;
  const name = qualified(database, landing.schema, landing.name);
  const [row] = await reader.rows(
    `SHOW TABLES LIKE ${literal(landing.name)} IN SCHEMA ${qualified(database, landing.schema)}`,
  );
  const shown = (column: string): string => (row ? text(row, column) : "");
  const retention = shown("retention_time");
  const declared = [
    `CREATE TABLE ${name} (PAYLOAD VARIANT)`,
    retention === "" ? "" : ` DATA_RETENTION_TIME_IN_DAYS = ${retention}`,
    shown("change_tracking") === "OFF" ? " CHANGE_TRACKING = FALSE" : "",
    /^(Y|YES|ON|TRUE)$/i.test(shown("enable_schema_evolution")) ? " ENABLE_SCHEMA_EVOLUTION = TRUE" : "",
  ].join("");
  const columns = (await reader.rows(`SHOW COLUMNS IN TABLE ${name}`)).map((one) => text(one, "column_name"));
  const lost = columns.length === 0 ? [] : LANDING_COLUMNS.filter((column) => !columns.includes(column));
  return [
    { resource: object, text: declared },
    ...lost.map((column) => ({ resource: object, text: `ALTER TABLE ${name} DROP COLUMN ${column}` })),
  ];
}

const REPLACING = /^\s*create or replace /i;

/** The dynamic table as it was declared, with the refresh mode that it has, and whether it runs. */
async function eventsSources(reader: Reader, object: string): Promise<Source[]> {
  const { database, events } = reader.settings;
  const name = qualified(database, events.schema, events.name);
  const ddl = await reader.ddl("DYNAMIC_TABLE", name);
  const [row] = await reader.rows(
    `SHOW DYNAMIC TABLES LIKE ${literal(events.name)} IN SCHEMA ${qualified(database, events.schema)}`,
  );
  const sources: Source[] = [];
  if (ddl) {
    // It is there already: nothing is replaced.
    const declared = ddl.replace(REPLACING, "create ");
    const shift = ddl.length - declared.length;
    sources.push({ resource: object, text: declared, original: { text: ddl, offsetOf: (at) => at + shift } });
  }
  if (row && /SUSPEND/i.test(text(row, "scheduling_state")))
    sources.push({ resource: object, text: `ALTER DYNAMIC TABLE ${name} SUSPEND` });
  if (row && text(row, "refresh_mode") !== "INCREMENTAL")
    sources.push({
      resource: object,
      text: `ALTER DYNAMIC TABLE ${name} SET REFRESH_MODE = ${text(row, "refresh_mode")}`,
    });
  return sources;
}
