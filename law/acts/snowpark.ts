import type { HandedStatement } from "./foreignBody";
import { madeByObjects } from "./pythonObjects";

const NAME = String.raw`["']([\w."$]+)["']`;

/** A name, or its parts as a list, tuple, array or sequence. */
const NAMED = String.raw`(?:${NAME}|(?:(?:Seq|Array|List|Arrays\.asList|List\.of)\s*\(|new\s+String\s*\[\s*\]\s*\{|[[(])\s*((?:["'][\w$]+["'][\s,]*)+)[\])}])`;

/** Calls of Snowpark that name a table or a place, in Python and, where it differs, in Java and Scala, with what they do. */
const CALLS: readonly [RegExp, (name: string) => string][] = [
  // Both make the table where there is none.
  [
    calling("save(?:_as_table|AsTable)|copy_into_table|copyInto|to_snowflake|to_iceberg"),
    (name) => `CREATE TABLE ${name} (A INT)`,
  ],
  [
    calling("create_or_replace_dynamic_table|createOrReplaceDynamicTable|to_dynamic_table"),
    (name) => `CREATE DYNAMIC TABLE ${name} TARGET_LAG = '1 day' WAREHOUSE = W AS SELECT 1 AS A`,
  ],
  // https://docs.snowflake.com/en/developer-guide/snowflake-ml/dataset
  [/\bcreate_from_dataframe\s*\([^()]*?["']([\w.]+)["']/g, (name) => `CREATE DATASET ${name}`],
  // What is registered there becomes a dynamic table. https://docs.snowflake.com/en/developer-guide/snowflake-ml/feature-store/overview
  [
    /\bFeatureStore\s*\((?=[^()]*\bdatabase\s*=)[^()]*?\bdatabase\s*=\s*["'](\w+)["']/g,
    (database) => `CREATE DYNAMIC TABLE ${database}.X.X TARGET_LAG = '1 day' WAREHOUSE = W AS SELECT 1 AS A`,
  ],
  [calling("insert_into|insertInto"), (name) => `INSERT INTO ${name} SELECT 1`],
  [ofTable("delete"), (name) => `DELETE FROM ${name}`],
  [ofTable("update"), (name) => `UPDATE ${name} SET A = 1`],
  [ofTable("merge"), (name) => `MERGE INTO ${name} USING S ON TRUE WHEN MATCHED THEN DELETE`],
  [ofTable("drop_table"), (name) => `DROP TABLE ${name}`],
  [calling("use_database"), (name) => `USE DATABASE ${name}`],
  [calling("use_schema"), (name) => `USE SCHEMA ${name}`],
];

function calling(name: string): RegExp {
  return new RegExp(String.raw`\b(?:${name})\s*\(\s*(?:table_name\s*=\s*|name\s*=\s*)?${NAMED}`, "g");
}

/** `session.table("t").delete(…)` */
function ofTable(method: string): RegExp {
  return new RegExp(String.raw`\btable\s*\(\s*${NAME}\s*\)\s*\.\s*${method}\s*\(`, "g");
}

/** `session.write_pandas(frame, "t", database="d", schema="s", auto_create_table=True)` */
const WRITE_PANDAS = /\bwrite_pandas\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g;

/** The statements that calls of Snowpark stand for. https://docs.snowflake.com/en/developer-guide/snowpark/index */
export function snowparkStatements(body: string): HandedStatement[] {
  const called = CALLS.flatMap(([pattern, statement]) =>
    [...body.matchAll(pattern)].map(({ 1: name, 2: parts = "", index }) => ({
      sql: statement(name ?? dotted(parts)),
      at: index,
    })),
  );
  const written = [...body.matchAll(WRITE_PANDAS)].flatMap(({ 1: args = "", index }) => {
    const sql = pandasWritten(args);
    return sql === undefined ? [] : [{ sql, at: index }];
  });
  return [...called, ...written, ...madeByObjects(body)];
}

const dotted = (parts: string): string => [...parts.matchAll(/[\w$]+/g)].join(".");

function pandasWritten(args: string): string | undefined {
  const given = (name: string): string | undefined =>
    new RegExp(String.raw`\b${name}\s*=\s*["']([\w$]+)["']`).exec(args)?.[1];
  const table = given("table_name") ?? /,\s*["']([\w$]+)["']/.exec(args)?.[1];
  if (table === undefined) return undefined;
  const name = [given("database"), given("schema"), table].filter((part) => part !== undefined).join(".");
  return /\b(auto_create_table|overwrite)\s*=\s*True\b/.test(args)
    ? `CREATE TABLE ${name} (A INT)`
    : `INSERT INTO ${name} SELECT 1`;
}
