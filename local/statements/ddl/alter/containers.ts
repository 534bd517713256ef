import type { AlterAction } from "../../../../dialect/index";
import type { DatabaseDoc, ObjectDoc, SchemaDoc } from "../../../catalogue/model";
import { compilationError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { nameParts } from "../../../names/parts";
import { resolveDatabase, resolveSchema } from "../../../names/resolve";
import { requirePrivilege } from "../../../privileges/index";
import type { WriteUnit } from "../../../store/writeUnit";
import type { AlterOutcome } from "./index";

/** Two containers exchange their names. */
function swap<T extends ObjectDoc & { name: string }>(unit: WriteUnit, a: T, b: T): T {
  if (a.id === b.id) throw compilationError("001420", "22023", "An object cannot be swapped with itself.");
  unit.catalogue.update(b, { name: a.name } as Partial<T>);
  return unit.catalogue.update(a, { name: b.name } as Partial<T>);
}

export async function alterDatabase(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: DatabaseDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  if (action.kind !== "SwapWith") return undefined;
  const other = resolveDatabase(context, nameParts(context, action.name).at(-1) as string);
  requirePrivilege(context, "OWNERSHIP", other);
  return { doc: swap(unit, doc, other) };
}

export async function alterSchema(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: SchemaDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  if (action.kind === "SwapWith") {
    const other = resolveSchema(context, action.name);
    requirePrivilege(context, "OWNERSHIP", other);
    if (other.parentId !== doc.parentId)
      throw compilationError("001420", "22023", "Schemas of two databases cannot be swapped.");
    return { doc: swap(unit, doc, other) };
  }
  if (action.kind !== "Action") return undefined;
  if (action.action === "ENABLE MANAGED ACCESS")
    return { doc: unit.catalogue.update<SchemaDoc>(doc, { managedAccess: true }) };
  if (action.action === "DISABLE MANAGED ACCESS") {
    return { doc: unit.catalogue.update<SchemaDoc>(doc, { managedAccess: undefined }) };
  }
  return undefined;
}
