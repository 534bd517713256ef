import { constantText, type Identifier, type Name } from "../../dialect/index";
import { parseObjectName } from "./objectName";

/** What USE has set before a statement, or what a body's own schema implies. Undefined where nothing is known. */
export interface Namespace {
  database?: string;
  schema?: string;
  /** QUOTED_IDENTIFIERS_IGNORE_CASE is on: quoted names are read in upper case as well. */
  ignoreCase?: boolean;
}

/** A name as Snowflake would resolve it; `undefined` parts are not known from the text. */
export interface ResolvedName {
  database?: string;
  schema?: string;
  name: string;
}

export const DYNAMIC = "dynamic";

/**
 * The parts of a name as values, or DYNAMIC where only run time knows them (`IDENTIFIER(:x)` with an unknown `x`).
 */
export function nameParts(name: Name, constantOf: (variable: string) => string | undefined): string[] | typeof DYNAMIC {
  if (name.kind === "ObjectName") return name.parts.map(value);
  const text = constantText(name.argument, constantOf);
  const parts = text === undefined ? undefined : parseObjectName(text);
  return parts ? [...parts, ...name.rest.map(value)] : DYNAMIC;
}

const value = (identifier: Identifier): string => identifier.value;

/** Resolves the name of a schema object (table, view, procedure …). `db..t` lies in PUBLIC. */
export function resolveObject(parts: string[], namespace: Namespace): ResolvedName {
  const [last = "", schema, database] = cased(parts, namespace).reverse();
  return {
    database: database ?? namespace.database,
    schema: schema === "" ? "PUBLIC" : (schema ?? namespace.schema),
    name: last,
  };
}

/** Resolves the name of a schema: `s` or `d.s`. */
export function resolveSchema(parts: string[], namespace: Namespace): ResolvedName {
  const [last = "", database] = cased(parts, namespace).reverse();
  return { database: database ?? namespace.database, schema: last, name: last };
}

/** The parts in the case in which Snowflake looks for them. */
export const cased = (parts: readonly string[], { ignoreCase }: Namespace): string[] =>
  ignoreCase ? parts.map((part) => part.toUpperCase()) : [...parts];

export const printResolved = (name: ResolvedName): string =>
  [name.database, name.schema, name.name].filter((part) => part !== undefined && part !== "").join(".");
