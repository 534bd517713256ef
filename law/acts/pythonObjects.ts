import type { HandedStatement } from "./foreignBody";

const SCHEMA = String.raw`(?:\s*\.\s*schemas\s*\[\s*["'](\w+)["']\s*\])?`;

/** `databases["d"]`, `databases["d"].schemas["s"]` */
const PLACE = String.raw`databases\s*\[\s*["'](\w+)["']\s*\]${SCHEMA}`;

/** What makes a table, behind the place of it; the collection may name it. */
const MAKES = String.raw`\s*\.\s*(?:\w+_)?tables\s*(?:\[[^\]]*\]\s*)?\.\s*create(?:_or_alter)?\s*\(`;

const DIRECT = new RegExp(PLACE + MAKES, "g");
const KEPT = new RegExp(String.raw`(\w+)\s*=\s*[\w.()]*?${PLACE}[ \t]*(?=\n|;|$)`, "g");

/**
 * The tables that the Python API of Snowflake's objects makes: `root.databases["d"].schemas["s"].tables.create(…)`, also when
 * the place is kept in a variable. https://docs.snowflake.com/en/developer-guide/snowflake-python-api/snowflake-python-overview
 */
export function madeByObjects(body: string): HandedStatement[] {
  const made = (database = "", schema = "X", at = 0) => ({ sql: `CREATE TABLE ${database}.${schema}.X (A INT)`, at });
  const direct = [...body.matchAll(DIRECT)].map(({ 1: database, 2: schema, index }) => made(database, schema, index));
  const kept = [...body.matchAll(KEPT)].flatMap(({ 1: name = "", 2: database, 3: schema }) =>
    [...body.matchAll(new RegExp(String.raw`\b${name}${SCHEMA}${MAKES}`, "g"))].map(({ 1: inner, index }) =>
      made(database, schema ?? inner, index),
    ),
  );
  return [...direct, ...kept];
}
