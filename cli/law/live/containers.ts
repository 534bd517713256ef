import type { Source } from "../../../law/index";
import { literal, qualified, type Reader, text } from "./reader";

/** The schemas of the governed database. */
export async function schemaNames(reader: Reader): Promise<string[]> {
  const rows = await reader.rows(`SHOW SCHEMAS IN DATABASE ${reader.database}`);
  return rows.map((row) => text(row, "name")).filter((name) => name !== "INFORMATION_SCHEMA");
}

/** The governed database and its schemas: where they come from, how long they keep rows, who grants in them. */
export async function containerSources(reader: Reader): Promise<Source[]> {
  const { database } = reader.settings;
  const databases = await reader.rows(`SHOW DATABASES LIKE ${literal(database)}`);
  const schemas = await reader.rows(`SHOW SCHEMAS IN DATABASE ${reader.database}`);
  return [
    ...databases
      .filter((row) => text(row, "name") === database)
      .map((row) => ({
        resource: `database ${database}`,
        text: `CREATE DATABASE ${reader.database}${text(row, "origin") === "" ? "" : " FROM SHARE A.B"}${retention(text(row, "retention_time"))}`,
      })),
    ...schemas
      .filter((row) => text(row, "name") !== "INFORMATION_SCHEMA")
      .map((row) => ({
        resource: `schema ${database}.${text(row, "name")}`,
        text: `CREATE SCHEMA ${qualified(database, text(row, "name"))}${/MANAGED ACCESS/.test(text(row, "options")) ? " WITH MANAGED ACCESS" : ""}${retention(text(row, "retention_time"))}`,
      })),
  ];
}

const retention = (days: string): string => (days === "" ? "" : ` DATA_RETENTION_TIME_IN_DAYS = ${days}`);
