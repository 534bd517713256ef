import type { NamedTable } from "../../../dialect/index";
import { SnowflakeError, unsupportedFeature } from "../../errors";
import { resolvePlace } from "../../names/resolve";
import type { Binder } from "../binder";

/**
 * FROM DUAL: one row, wherever the session is; undefined for every other name, and where a table or view is called so. The pages do
 * not tell which columns it has; queries that rely on its row are in the tests of Snowflake's own drivers.
 */
export function dualTable(binder: Binder, reference: NamedTable, parts: readonly string[]): string | undefined {
  if (parts.length !== 1 || parts[0] !== "DUAL" || isTaken(binder, reference)) return undefined;
  const { alias } = reference;
  if (reference.timeTravel || reference.changes) throw unsupportedFeature("time travel on DUAL");
  if (alias && alias.columns.length > 0) throw unsupportedFeature("naming the columns of DUAL");
  binder.scope.relations.push({ name: alias?.name.value ?? "DUAL", columns: [], starless: true });
  return `range(1) AS ${binder.shared.fresh("r")}(g)`;
}

function isTaken({ context }: Binder, { name }: NamedTable): boolean {
  try {
    const place = resolvePlace(context, name, "SELECT");
    return context.catalogue.relation(place.schema.id, place.name, context.session.id) !== undefined;
  } catch (error) {
    if (error instanceof SnowflakeError) return false;
    throw error;
  }
}
