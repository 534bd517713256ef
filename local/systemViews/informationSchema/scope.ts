import type { DatabaseDoc, DocOf, ObjectDoc, ObjectKind, SchemaDoc } from "../../catalogue/model";
import { noCurrentDatabase } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { isGranted } from "../../privileges/index";
import { isOwnHelper, sorted } from "../../statements/show/scope";

/** The database whose INFORMATION_SCHEMA is read. */
export function databaseOf(context: ExecutionContext, databaseId: number | null): DatabaseDoc {
  const database = databaseId === null ? undefined : context.catalogue.get("DATABASE", databaseId);
  if (!database || database.droppedOn !== undefined) throw noCurrentDatabase("SELECT");
  return database;
}

/** Objects of one kind in a database (null: in the whole account), as far as grants show them. */
export function objectsOf<K extends ObjectKind>(
  context: ExecutionContext,
  databaseId: number | null,
  kind: K,
): DocOf<K>[] {
  return sorted(
    context,
    schemasOf(context, databaseId)
      .flatMap((schema) => context.catalogue.children(kind, schema.id))
      .filter((doc) => isShown(context, doc)),
  );
}

export function schemasOf(context: ExecutionContext, databaseId: number | null): SchemaDoc[] {
  if (databaseId === null) return context.catalogue.all("SCHEMA");
  return context.catalogue.children("SCHEMA", databaseOf(context, databaseId).id);
}

export const isShown = (context: ExecutionContext, doc: ObjectDoc): boolean =>
  !isOwnHelper(context, doc) && isGranted(context, doc);
