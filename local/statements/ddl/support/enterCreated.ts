import type { DatabaseDoc, SchemaDoc, WarehouseDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import type { WriteUnit } from "../../../store/writeUnit";

/** A database, schema or warehouse just created becomes the session's current one, except inside owner's-rights code. */
export function enterCreated(
  context: ExecutionContext,
  unit: WriteUnit,
  made: DatabaseDoc | SchemaDoc | WarehouseDoc,
): void {
  if (context.rights.frame === "owner") return;
  const { session } = context;
  // At once, not after the commit: the next statement of the same request (a block, a multi-statement text) relies on it.
  if (made.kind === "WAREHOUSE") {
    session.warehouseId = made.id;
  } else if (made.kind === "DATABASE") {
    session.databaseId = made.id;
    session.schemaId = unit.catalogue.snapshot.schema(made.id, "PUBLIC")?.id ?? null;
  } else {
    session.databaseId = made.parentId;
    session.schemaId = made.id;
  }
}
