import type { ForeignCall } from "./expressions";
import type { Place } from "./values";

/**
 * The statement that a call of the Python API of Snowflake's objects stands for, as in
 * `root.databases["d"].schemas["s"].tables.create(…)`.
 * https://docs.snowflake.com/en/developer-guide/snowflake-python-api/snowflake-python-overview
 */
export function objectStatement({ name: method, on, args, named }: ForeignCall): string[] {
  if (on.place === undefined) return [];
  const place = { ...on.place };
  const kind = kindOf(place);
  // What is made is named by what is handed over.
  const name = args[0]?.entries?.get("name")?.texts[0] ?? args[0]?.texts[0];
  if (method === "create" && name !== undefined) place[PARTS[kind]] ??= name;
  const action = Object.hasOwn(STATEMENTS, method) ? STATEMENTS[method] : undefined;
  return action === undefined ? [] : [action(kind, nameOf(place), named.has("clone") || named.has("from_share"))];
}

const PARTS = { TABLE: "name", SCHEMA: "schema", DATABASE: "database" } as const;

const STATEMENTS: Readonly<Record<string, (kind: Kind, name: string, copies: boolean) => string>> = {
  create: (kind, name, copies) =>
    kind === "TABLE" ? `CREATE TABLE ${name} (A INT)` : `CREATE ${kind} ${name}${copies ? " CLONE X" : ""}`,
  create_or_alter: (kind, name) => (kind === "TABLE" ? `CREATE OR ALTER TABLE ${name} (A INT)` : "SELECT 1"),
  undrop: (kind, name) => `UNDROP ${kind} ${name}`,
  swap_with: (kind, name) => `ALTER ${kind} ${name} SWAP WITH X.X.X`,
  drop: (kind, name) => `DROP ${kind} ${name}`,
  delete: (kind, name) => `DROP ${kind} ${name}`,
  suspend: (kind, name) => (kind === "TABLE" ? `ALTER DYNAMIC TABLE ${name} SUSPEND` : "SELECT 1"),
};

type Kind = "TABLE" | "SCHEMA" | "DATABASE";

const kindOf = ({ collection, schema }: Place): Kind => {
  if (collection === "databases") return "DATABASE";
  if (collection === "schemas") return "SCHEMA";
  return collection !== undefined ? "TABLE" : schema === undefined ? "DATABASE" : "SCHEMA";
};

/** What is not said is a name of no meaning. */
function nameOf(place: Place): string {
  const { database = "X", schema = "X", name = "X" } = place;
  const kind = kindOf(place);
  if (kind === "DATABASE") return database;
  return kind === "SCHEMA" ? `${database}.${schema}` : `${database}.${schema}.${name}`;
}
