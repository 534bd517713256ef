import type { ForeignCall } from "./expressions";
import { itemsOf, NOTHING, UNKNOWN, type Value } from "./values";

/** The statements that a call of Snowpark stands for. https://docs.snowflake.com/en/developer-guide/snowpark/index */
export function snowparkStatements(call: ForeignCall): string[] {
  const statements = Object.hasOwn(CALLS, call.name) ? CALLS[call.name] : undefined;
  return statements?.(call) ?? [];
}

type Statements = (call: ForeignCall) => string[];

/** The names that a value may be: a text, or the parts of one in a list. */
const namesIn = (value: Value | undefined): readonly string[] =>
  value?.items ? [value.items.map(({ texts }) => texts[0] ?? UNKNOWN).join(".")] : (value?.texts ?? []);

/** By place, or by one of these names. */
const namedBy = ({ args, named }: ForeignCall, ...names: string[]): readonly string[] => {
  const value = names.map((name) => named.get(name)).find((one) => one !== undefined) ?? args[0];
  return namesIn(value);
};

/** All of them make the table where there is none; then, or before, rows come in. */
const made: Statements = (call) =>
  namedBy(call, "table_name", "name").flatMap((name) => [
    `CREATE TABLE IF NOT EXISTS ${name} (A INT)`,
    `INSERT INTO ${name} SELECT 1`,
  ]);

const dynamic: Statements = (call) => namedBy(call, "name").map(dynamicTable);

const dynamicTable = (name: string): string =>
  `CREATE DYNAMIC TABLE ${name} TARGET_LAG = '1 day' WAREHOUSE = W AS SELECT 1 AS A`;

/** `session.table("t").delete(…)` */
const ofTable =
  (statement: (name: string) => string): Statements =>
  ({ on: { table } }) =>
    table ? namesIn(table).map(statement) : [];

const CALLS: Readonly<Record<string, Statements>> = {
  save_as_table: made,
  saveAsTable: made,
  copy_into_table: made,
  copyInto: made,
  to_snowflake: made,
  to_iceberg: made,
  create_or_replace_dynamic_table: dynamic,
  createOrReplaceDynamicTable: dynamic,
  to_dynamic_table: dynamic,
  insert_into: (call) => namedBy(call, "table_name").map((name) => `INSERT INTO ${name} SELECT 1`),
  insertInto: (call) => namedBy(call).map((name) => `INSERT INTO ${name} SELECT 1`),
  delete: ofTable((name) => `DELETE FROM ${name}`),
  update: ofTable((name) => `UPDATE ${name} SET A = 1`),
  merge: ofTable((name) => `MERGE INTO ${name} USING S ON TRUE WHEN MATCHED THEN DELETE`),
  drop_table: ofTable((name) => `DROP TABLE ${name}`),
  dropTable: ofTable((name) => `DROP TABLE ${name}`),
  use_database: (call) => namedBy(call, "database").map((name) => `USE DATABASE ${name}`),
  use_schema: (call) => namedBy(call, "schema").map((name) => `USE SCHEMA ${name}`),
  use_warehouse: (call) => namedBy(call, "warehouse").map((name) => `USE WAREHOUSE ${name}`),
  // https://docs.snowflake.com/en/developer-guide/snowflake-ml/dataset
  create_from_dataframe: ({ args, named }) =>
    namesIn(named.get("name") ?? args.find(({ texts }) => texts.length > 0)).map((name) => `CREATE DATASET ${name}`),
  // What is registered there becomes a dynamic table. https://docs.snowflake.com/en/developer-guide/snowflake-ml/feature-store/overview
  FeatureStore: ({ args, named }) =>
    namesIn(named.get("database") ?? args[1]).map((database) => dynamicTable(`${database}.X.X`)),
  write_pandas: pandasWritten,
  // The schema of SQLAlchemy's dialect may name the database as well.
  to_sql: ({ args, named }) =>
    namesIn(named.get("name") ?? args[0]).flatMap((name) => {
      const schemas = namesIn(named.get("schema") ?? (args[0] === named.get("name") ? NOTHING : args[2]));
      return schemas.map((schema) => `CREATE TABLE IF NOT EXISTS ${schema}.${name} (A INT)`);
    }),
};

/** `session.write_pandas(frame, "t", database="d", schema="s", auto_create_table=True)` */
function pandasWritten({ args, named }: ForeignCall): string[] {
  const place = ["database", "schema"].flatMap((part) => namesIn(named.get(part))[0] ?? []);
  const tables = namesIn(
    named.get("table_name") ?? itemsOf({ texts: [], items: args.slice(1) }).find(({ texts }) => texts.length > 0),
  );
  const makes = ["auto_create_table", "overwrite"].some((option) => named.get(option)?.texts[0] === "TRUE");
  return tables.flatMap((table) => {
    const name = [...place, table].join(".");
    return [...(makes ? [`CREATE TABLE IF NOT EXISTS ${name} (A INT)`] : []), `INSERT INTO ${name} SELECT 1`];
  });
}
