import type { Source } from "../../../law/index";
import { literal, qualified, type Reader, type Row, text } from "./reader";

/**
 * The policies on the two tables and their columns, also those that come by a tag.
 * https://docs.snowflake.com/en/sql-reference/functions/policy_references
 */
export async function policySources(reader: Reader): Promise<Source[]> {
  const { database, landing, events } = reader.settings;
  const sources: Source[] = [];
  for (const { schema, name } of [landing, events]) {
    const table = qualified(database, schema, name);
    const rows = await reader.rowsIfSeen(
      `SELECT * FROM TABLE(${reader.database}.INFORMATION_SCHEMA.POLICY_REFERENCES(REF_ENTITY_NAME => ${literal(table)}, REF_ENTITY_DOMAIN => 'TABLE'))`,
      `the policies on ${database}.${schema}.${name}`,
    );
    sources.push(...rows.map((row) => policySource(row, table, `${database}.${schema}.${name}`)));
  }
  return sources;
}

function policySource(row: Row, table: string, object: string): Source {
  const kind = text(row, "POLICY_KIND").replaceAll("_", " ");
  const policy = qualified(text(row, "POLICY_DB"), text(row, "POLICY_SCHEMA"), text(row, "POLICY_NAME"));
  const column = text(row, "REF_COLUMN_NAME");
  const tag = text(row, "TAG_NAME");
  const set = NEEDS_COLUMNS.test(kind) ? `ADD ${kind} ${policy} ON (A)` : `SET ${kind} ${policy}`;
  return {
    resource: `policy ${text(row, "POLICY_NAME")} on ${object}${tag === "" ? "" : ` by the tag ${tag}`}`,
    text: `ALTER TABLE ${table} ${column === "" ? "" : `MODIFY COLUMN ${qualified(column)} `}${set}`,
  };
}

const NEEDS_COLUMNS = /^(ROW ACCESS|STORAGE LIFECYCLE)/;
