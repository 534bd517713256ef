import { doesNotExistOrNotAuthorized, unsupportedFeature } from "../../errors";
import type { ResultColumn } from "../../execution/result";
import { printName, resolveDatabase } from "../../names/resolve";
import { rowsAsRelation } from "../../results/relation";
import { isMissingView, systemView } from "../../systemViews/index";
import type { Binder } from "../binder";

/** `[db.]INFORMATION_SCHEMA.x` and `SNOWFLAKE.ACCOUNT_USAGE.x`; undefined for every other name. */
export function systemRelation(
  binder: Binder,
  parts: readonly string[],
): { sql: string; columns: ResultColumn[] } | undefined {
  const { context, shared } = binder;
  const name = parts.at(-1) as string;
  const schema = parts.at(-2) ?? currentSystemSchema(binder);
  if (schema === undefined) return undefined;
  const isAccount = parts.length === 3 && parts[0] === "SNOWFLAKE";
  if (schema !== "INFORMATION_SCHEMA" && !isAccount) return undefined;
  const view = systemView(schema, name);
  if (!view) {
    if (!isMissingView(schema, name)) throw doesNotExistOrNotAuthorized("Object", printName(...parts));
    throw unsupportedFeature(`view ${isAccount ? "SNOWFLAKE." : ""}${schema}.${name}`);
  }
  const databaseId = isAccount
    ? null
    : parts.length === 3
      ? resolveDatabase(context, parts[0] as string).id
      : context.namespace.databaseId;
  const relation = rowsAsRelation(view.columns, () => view.rows(context, databaseId));
  shared.prerequisites.push(relation.prerequisite);
  shared.deterministic = false;
  return { sql: relation.sql, columns: view.columns };
}

/** `USE SCHEMA INFORMATION_SCHEMA` makes its views reachable by their bare names. */
function currentSystemSchema(binder: Binder): string | undefined {
  const id = binder.context.namespace.schemaId;
  const schema = id === null ? undefined : binder.context.catalogue.get("SCHEMA", id);
  return schema?.name === "INFORMATION_SCHEMA" ? schema.name : undefined;
}
