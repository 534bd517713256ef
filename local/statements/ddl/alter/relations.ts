import type { AlterAction, AlterColumn } from "../../../../dialect/index";
import { alterRowAccess } from "../../../bodyPolicies/alter";
import type { DynamicTableDoc, MaterializedViewDoc, ObjectDoc, ViewDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { resume, suspend } from "../../../dynamicTables/suspension";
import { compilationError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { resolveRelation } from "../../../names/resolve";
import { requirePrivilege } from "../../../privileges/index";
import type { WriteUnit } from "../../../store/writeUnit";
import { newBinder } from "../../../translate/index";
import { computeOf } from "../support/compute";
import { refuseOptions } from "../support/dynamicTableOptions";
import { dynamicTableEngine } from "../support/engines";
import { schedulingOf } from "../support/lag";
import { Properties } from "../support/properties";
import { wrongKind } from "../support/target";
import { sourceText } from "../support/text";
import { columnNamed } from "../tables/columns";
import { dynamicTableText } from "../tables/dynamicTableText";
import { columnNotes } from "./columnNotes";
import { commonChanges, unsetCommon } from "./common";
import type { AlterOutcome } from "./index";
import { searchOptimization } from "./searchOptimization";

export function alterColumnNotes<T extends ViewDoc | MaterializedViewDoc | DynamicTableDoc>(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: T,
  { column: { value: name, span }, change }: AlterColumn,
): T | undefined {
  const column = columnNamed(doc.columns, name, newBinder(context).position(span));
  const notes = columnNotes(context, doc, column, change);
  if (!notes) return undefined;
  const columns = doc.columns.map((c) => (c.id === column.id ? { ...c, ...notes } : c));
  return unit.catalogue.update<ObjectDoc>(doc, { columns } as Partial<ObjectDoc>) as T;
}

export async function alterView(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: ViewDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  switch (action.kind) {
    case "SetProperties": {
      const properties = new Properties(context, action.properties);
      const changes: Partial<ViewDoc> = {};
      if (properties.has("SECURE")) changes.secure = true;
      const tracking = properties.boolean("CHANGE_TRACKING");
      if (tracking !== undefined) changes.changeTracking = tracking || undefined;
      Object.assign(changes, commonChanges(doc, properties));
      properties.finish(doc.kind);
      return { doc: unit.catalogue.update<ViewDoc>(doc, changes) };
    }
    case "UnsetProperties":
      return {
        doc: unit.catalogue.update<ObjectDoc>(
          doc,
          unsetCommon(doc, action.names, {
            SECURE: { secure: undefined },
            CHANGE_TRACKING: { changeTracking: undefined },
          }),
        ),
      };
    case "Action":
      if (action.action === "SET SECURE") return { doc: unit.catalogue.update<ViewDoc>(doc, { secure: true }) };
      if (action.action === "UNSET SECURE") return { doc: unit.catalogue.update<ViewDoc>(doc, { secure: undefined }) };
      return undefined;
    case "AlterColumn": {
      const changed = alterColumnNotes(context, unit, doc, action);
      return changed && { doc: changed };
    }
    case "PolicyAction":
      return { doc: unit.catalogue.update<ViewDoc>(doc, alterRowAccess(context, doc, action)) };
    default:
      return undefined;
  }
}

/** A dynamic table without a lag or a warehouse there is none. */
function refuseUnset(doc: DynamicTableDoc, names: readonly string[]): void {
  refuseOptions(names);
  if (names.includes("TARGET_LAG")) {
    throw compilationError("001008", "22023", "invalid value 'null' for property 'TARGET_LAG'");
  }
  if (names.includes("WAREHOUSE")) {
    throw compilationError("001423", "22023", `cannot unset property 'WAREHOUSE' for '${doc.name}'`);
  }
}

export async function alterDynamicTable(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: DynamicTableDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  /** The text that SHOW prints names lag, warehouse, clustering and comment: it follows every change. */
  const put = (changes: Partial<DynamicTableDoc>): AlterOutcome => {
    const changed = unit.catalogue.update<DynamicTableDoc>(doc, changes);
    const text = dynamicTableText(unit.catalogue.snapshot, changed);
    return { doc: unit.catalogue.update<DynamicTableDoc>(changed, { text }) };
  };
  switch (action.kind) {
    case "SetProperties": {
      const properties = new Properties(context, action.properties);
      refuseOptions(action.properties.map((property) => property.name));
      const warehouseId = computeOf(context, properties, "WAREHOUSE");
      const initializationWarehouseId = computeOf(context, properties, "INITIALIZATION_WAREHOUSE");
      const changes: Partial<DynamicTableDoc> = {
        ...schedulingOf(properties, doc),
        ...(warehouseId === undefined ? {} : { warehouseId }),
        ...(initializationWarehouseId === undefined ? {} : { initializationWarehouseId }),
      };
      Object.assign(changes, commonChanges(doc, properties));
      properties.finish("DYNAMIC_TABLE");
      return put(changes);
    }
    case "UnsetProperties":
      refuseUnset(doc, action.names);
      return put(
        unsetCommon(doc, action.names, {
          INITIALIZATION_WAREHOUSE: { initializationWarehouseId: undefined },
        }) as Partial<DynamicTableDoc>,
      );
    case "ClusterBy":
      return put({ clusterBy: action.expressions.map((e) => sourceText(context, e)) });
    case "DropClusteringKey":
      return put({ clusterBy: undefined });
    case "RenameTo":
      return undefined;
    case "AlterColumn": {
      const changed = alterColumnNotes(context, unit, doc, action);
      return changed && { doc: changed };
    }
    case "PolicyAction":
      return put(alterRowAccess(context, doc, action));
    case "SearchOptimization":
      return { doc: searchOptimization(context, unit, doc, action) };
    case "SwapWith": {
      const other = resolveRelation(context, action.name, "ALTER DYNAMIC TABLE", "Dynamic table");
      if (other.kind !== "DYNAMIC_TABLE") throw wrongKind(other.kind, "DYNAMIC_TABLE");
      requirePrivilege(context, "OWNERSHIP", other);
      unit.catalogue.update<DynamicTableDoc>(other, { name: doc.name, parentId: doc.parentId });
      return { doc: unit.catalogue.update<DynamicTableDoc>(doc, { name: other.name, parentId: other.parentId }) };
    }
    case "Action":
      return dynamicTableAction(context, unit, doc, action.action);
    default:
      return undefined;
  }
}

async function dynamicTableAction(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: DynamicTableDoc,
  action: string,
): Promise<AlterOutcome | undefined> {
  switch (action) {
    case "SUSPEND":
      return { doc: suspend(unit, doc, "USER_SUSPENDED", toMillis(context.now)) };
    case "RESUME":
      return { doc: resume(unit, doc, toMillis(context.now)) };
    case "REFRESH": {
      const result = await (await dynamicTableEngine()).refreshDynamicTable(context, doc);
      return { doc: (unit.catalogue.snapshot.get("DYNAMIC_TABLE", doc.id) ?? doc) as DynamicTableDoc, result };
    }
    case "SUSPEND RECLUSTER":
    case "RESUME RECLUSTER":
      if (!doc.clusterBy)
        throw compilationError("000900", "42601", `Dynamic table '${doc.name}' has no clustering key.`);
      return { doc };
    default:
      return undefined;
  }
}
