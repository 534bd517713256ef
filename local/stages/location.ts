import { join } from "node:path";
import { type LocationReference, parseQuery, type StageReference } from "../../dialect/index";
import type { StageDoc, TableDoc } from "../catalogue/model";
import { compilationError, unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { resolveRelation, resolveSchemaObject } from "../names/resolve";
import { requirePrivilege } from "../privileges/index";
import { textOf } from "../statements/ddl/support/values";
import type { Store } from "../store/store";

/** A place in a stage: its files are those whose name begins with `prefix`. */
export interface StageLocation {
  /** Absent for the stage of a table or a user. */
  stage?: StageDoc;
  /** Of a table's stage. */
  table?: TableDoc;
  /** Where the files of the whole stage lie. */
  directory: string;
  /** Without a slash in front; names of files are literal, so `..` means nothing. */
  prefix: string;
  /** What stands before a file's name in LIST: `my_stage/`, empty for stages of tables and users. */
  label: string;
  /** The stage as written in messages: `@MY_STAGE`. */
  title: string;
}

export const stagesDirectory = (store: Store): string => join(store.directory, "stages");

/** Name of a stage's folder: its own id, or `table-<id>`, `user-<id>`. */
const folder = (store: Store, name: string): string => join(stagesDirectory(store), name);

/**
 * The stage a statement names, READ or WRITE on it checked. The stage of a table belongs to its owner, `@~` to the user.
 * Errors: 002003 no such stage, 003001 privilege missing, 000002 for locations outside of Snowflake.
 * Source: https://docs.snowflake.com/en/user-guide/data-load-local-file-system-create-stage
 */
export function resolveLocation(
  context: ExecutionContext,
  written: LocationReference,
  privilege: "READ" | "WRITE",
): StageLocation {
  const reference =
    written.kind === "BindPlaceholder"
      ? boundReference(context, written.index)
      : written.kind === "BindVariable"
        ? stageReference(textOf(context, written, "FROM"))
        : written;
  if (reference.kind === "StringLiteral") {
    if (/^(s3|s3gov|s3china|s3compat|gcs|azure):\/\//i.test(reference.value))
      throw unsupportedFeature(`external location '${reference.value}'`);
    throw compilationError("001011", "42601", `invalid URL prefix found in: '${reference.value}'`);
  }
  const { store } = context.services;
  const prefix = reference.path.replace(/^\//, "");
  if (reference.table) {
    const table = resolveRelation(context, reference.table, "this operation", "Table");
    if (table.kind !== "TABLE") throw unsupportedFeature(`stage of ${table.kind.replace("_", " ")} ${table.name}`);
    requirePrivilege(context, "OWNERSHIP", table);
    return {
      table,
      directory: folder(store, `table-${table.id}`),
      prefix,
      label: "",
      title: `@${reference.text.slice(1, reference.text.length - reference.path.length)}`,
    };
  }
  if (reference.stage) {
    const stage = resolveSchemaObject(context, "STAGE", reference.stage);
    requirePrivilege(context, stage.url === undefined ? privilege : "USAGE", stage);
    if (stage.url !== undefined) throw unsupportedFeature(`external location '${stage.url}'`);
    return stageLocation(context, stage, prefix);
  }
  if (!reference.text.startsWith("@~"))
    throw compilationError("001003", "42000", `syntax error: invalid stage '${reference.text}'.`);
  return { directory: folder(store, `user-${context.rights.userId}`), prefix, label: "", title: "@~" };
}

/** A place in an internal stage, whatever one may do there. */
export const stageLocation = (context: ExecutionContext, stage: StageDoc, prefix: string): StageLocation => ({
  stage,
  directory: folder(context.services.store, String(stage.id)),
  prefix: prefix.replace(/^\//, ""),
  label: `${stage.name.toLowerCase()}/`,
  title: `@${stage.name}`,
});

/** Names under which files can be written; others would leave the folder of the stage. */
export function requireWritable(name: string): void {
  const parts = name.split("/");
  if (parts.some((part, i) => part === "." || part === ".." || (part === "" && i < parts.length - 1)))
    throw unsupportedFeature(`file name '${name}' in a stage`);
}

/** `PUT 'file:///tmp/a' ?`: the stage is a bound text, as connectors send it. */
function boundReference(context: ExecutionContext, index: number): StageReference {
  const value = context.binds.values[index]?.value;
  if (typeof value !== "string") throw compilationError("002049", "42601", "Bind variable ? not set.");
  return stageReference(value);
}

/** `@stage/path` as text → its tree, by way of the parser. */
export function stageReference(text: string): StageReference {
  const body = text.startsWith("@") ? parseQuery(`SELECT 1 FROM '${text.replaceAll("'", "''")}'`).body : undefined;
  const from = body?.kind === "Select" ? body.from[0] : undefined;
  if (from?.kind !== "StagedFiles" || from.location.kind !== "StageReference")
    throw compilationError("001003", "42000", `syntax error: '${text}' is no stage path.`);
  return from.location;
}
