import type { JudgedText } from "./judged";
import { quote } from "./quote";

/**
 * Services that load into Snowflake by themselves, such as a destination of Fivetran or Airbyte, a sink of Kafka, a Firehose, and
 * where dbt builds: most make the tables that they fill, all write past the procedures.
 */
export function readLoader(type: string, props: Record<string, unknown>): JudgedText[] {
  const said = settingsIn(props);
  const words = `${type} ${JSON.stringify(props)}`;
  if (!/snowflake/i.test(words) || !(/destination|sink/i.test(words) || /^dbt/i.test(type))) return [];
  const textOf = (name: RegExp) => said.find(({ key }) => name.test(key))?.value;
  const database = textOf(/(^|[._])database([._]?name)?$/i);
  if (database === undefined) return [];
  const place = [database, textOf(/(^|[._])schema([._]?name)?$/i) ?? "(its schema)"];
  const table = [...place, textOf(/(^|[._])table([._]?name)?$/i) ?? "(its tables)"]
    .map((part) => quote(part.toUpperCase()))
    .join(".");
  return [{ sql: `CREATE TABLE IF NOT EXISTS ${table} (A INT); COPY INTO ${table} FROM @S` }];
}

interface Setting {
  key: string;
  value: string;
}

/** Every text in the inputs with the key that it stands under. */
const settingsIn = (value: unknown, key = ""): Setting[] => {
  if (typeof value === "string") return [{ key, value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => settingsIn(inner, Array.isArray(value) ? key : name));
};
