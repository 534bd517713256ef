import type { CreateDatabase, CreateSchema, Property, Statement } from "../../dialect/index";
import { isFalse, property } from "../properties";
import { meet } from "./branches";
import { DYNAMIC, type Namespace, nameParts, resolveSchema } from "./names";
import { constantIn, type Scope } from "./scope";

/** `QUOTED_IDENTIFIERS_IGNORE_CASE` once switched on is taken to stay on, for whatever it is set: a session, a user, the account. */
export function foldCase(properties: readonly Property[], { namespace }: Scope): void {
  const folds = property(properties, "QUOTED_IDENTIFIERS_IGNORE_CASE");
  if (folds && !isFalse(folds.value)) namespace.ignoreCase = true;
}

export function setNamespace(namespace: Namespace, { database, schema }: Namespace): void {
  namespace.database = database;
  namespace.schema = schema;
}

/** A new database or schema becomes the current one; whether IF NOT EXISTS makes one is only known at run time. */
export function moveInto(node: CreateDatabase | CreateSchema, scope: Scope): void {
  const { namespace } = scope;
  const parts = nameParts(node.name, constantIn(scope));
  const schema = parts === DYNAMIC ? undefined : resolveSchema(parts, namespace);
  const created =
    schema === undefined
      ? {}
      : node.kind === "CreateDatabase"
        ? { database: schema.name, schema: "PUBLIC" }
        : { database: schema.database, schema: schema.name };
  setNamespace(namespace, node.ifNotExists ? meet([namespace, created]) : created);
}

/** USE DATABASE, SCHEMA and the like. */
export function use(node: Extract<Statement, { kind: "Use" }>, scope: Scope): void {
  if (node.type === "ROLE" || node.type === "WAREHOUSE") return;
  const parts = nameParts(node.name, constantIn(scope));
  if (parts === DYNAMIC || node.type === "CATALOG") setNamespace(scope.namespace, {});
  else if (node.type === "SCHEMA" || parts.length > 1) {
    const { database, name } = resolveSchema(parts, scope.namespace);
    setNamespace(scope.namespace, { database, schema: name });
  } else setNamespace(scope.namespace, { database: parts[0], schema: "PUBLIC" });
}
