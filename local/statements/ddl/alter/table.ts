import type { AlterAction, AlterColumn, DropConstraint } from "../../../../dialect/index";
import { alterRowAccess, refuseReadByPolicy } from "../../../bodyPolicies/alter";
import type { ColumnDoc, ConstraintDoc, TableDoc } from "../../../catalogue/model";
import {
  compilationError,
  doesNotExistOrNotAuthorized,
  objectAlreadyExists,
  SnowflakeError,
  unsupportedFeature,
} from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { printName } from "../../../names/resolve";
import { requirePrivilege } from "../../../privileges/index";
import { dropPhysicalColumn } from "../../../store/physical";
import type { WriteUnit } from "../../../store/writeUnit";
import { newBinder, resolveType } from "../../../translate/index";
import { Properties } from "../support/properties";
import { MULTI_VALUE_TAG } from "../support/tags";
import { resolveTarget, wrongKind } from "../support/target";
import { sourceText } from "../support/text";
import { addColumns, changeType, refuseNulls } from "../tables/changeColumns";
import { collatedColumn, columnIds, columnNamed, readConstraint, relies } from "../tables/columns";
import { isReferencedFromOutside, pointsTo, releaseOldKeys, withKeyMarks } from "../tables/keys";
import { columnNotes } from "./columnNotes";
import { commonChanges, unsetCommon } from "./common";
import type { AlterOutcome } from "./index";
import { searchOptimization } from "./searchOptimization";

/** ALTER TABLE; every action leaves the rows where they are. */
export async function alterTable(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: TableDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  const put = (changes: Partial<TableDoc>): AlterOutcome => ({ doc: unit.catalogue.update<TableDoc>(doc, changes) });
  switch (action.kind) {
    case "SetProperties": {
      const properties = new Properties(context, action.properties);
      for (const name of ["STAGE_FILE_FORMAT", "STAGE_COPY_OPTIONS"])
        if (properties.has(name)) throw unsupportedFeature(`ALTER TABLE … SET ${name}`);
      const changes: Partial<TableDoc> = {};
      const tracking = properties.boolean("CHANGE_TRACKING");
      if (tracking !== undefined) changes.changeTracking = tracking;
      const evolution = properties.boolean("ENABLE_SCHEMA_EVOLUTION");
      if (evolution !== undefined) changes.enableSchemaEvolution = evolution;
      Object.assign(changes, commonChanges(doc, properties));
      properties.finish(doc.kind);
      return put(changes);
    }
    case "UnsetProperties":
      return put(
        unsetCommon(doc, action.names, {
          CHANGE_TRACKING: { changeTracking: undefined },
          ENABLE_SCHEMA_EVOLUTION: { enableSchemaEvolution: undefined },
        }) as Partial<TableDoc>,
      );
    case "AddColumns": {
      const isThere = (name: string) => doc.columns.some((c) => c.name === name);
      const missing = action.columns.filter(({ name }) => !action.ifNotExists || !isThere(name.value));
      return { doc: await addColumns(context, unit, doc, missing) };
    }
    case "DropColumns": {
      let current = doc;
      const names = new Set(action.columns.map(({ value }) => value));
      for (const name of names)
        if (!action.ifExists && !doc.columns.some((column) => column.name === name))
          throw compilationError("000904", "42000", `column '${printName(name)}' does not exist`);
      if (doc.columns.every(({ name }) => names.has(name)))
        throw compilationError("002003", "42601", "cannot drop all the columns of a table");
      for (const name of names) {
        const column = current.columns.find((c) => c.name === name);
        if (!column) continue;
        current = await dropColumn(unit, current, column);
      }
      return { doc: current };
    }
    case "RenameColumn": {
      const column = doc.columns.find((c) => c.name === action.from.value);
      if (!column) throw doesNotExistOrNotAuthorized("Object", printName(action.from.value));
      const taken = doc.columns.some((c) => c.name === action.to.value && c.id !== column.id);
      if (taken) throw objectAlreadyExists(printName(doc.name, action.to.value));
      return put({ columns: doc.columns.map((c) => (c.id === column.id ? { ...c, name: action.to.value } : c)) });
    }
    case "AlterColumn":
      return { doc: await alterColumn(context, unit, doc, action) };
    case "ClusterBy":
      return put({ clusterBy: action.expressions.map((e) => sourceText(context, e)) });
    case "DropClusteringKey":
      return put({ clusterBy: undefined });
    case "SearchOptimization":
      return { doc: searchOptimization(context, unit, doc, action) };
    case "SwapWith": {
      const other = resolveTarget(context, "TABLE", action.name, undefined, "ALTER TABLE");
      if (other.kind !== "TABLE") throw wrongKind(other.kind, "TABLE");
      requirePrivilege(context, "OWNERSHIP", other);
      unit.catalogue.update<TableDoc>(other, { name: doc.name, parentId: doc.parentId });
      return put({ name: other.name, parentId: other.parentId });
    }
    case "AddConstraint": {
      const columns = doc.columns.map((c) => ({ ...c }));
      const names = action.constraint.columns.map((c) => c.value);
      if (action.constraint.type === "PRIMARY KEY") {
        for (const name of names) await refuseNulls(unit, doc, columnNamed(doc.columns, name));
      }
      const added = readConstraint(context, columns, action.constraint, names, doc);
      return put({ columns, constraints: [...(doc.constraints ?? []), ...added] });
    }
    case "DropConstraint":
      return dropConstraint(unit, doc, action);
    case "AlterConstraint": {
      const altered = constraintsOf(doc, action);
      if (altered.length === 0)
        throw doesNotExistOrNotAuthorized("Object", printName(action.name?.value ?? action.type ?? ""));
      const rely = relies(action.properties);
      if (rely === undefined) return { doc };
      return put({ constraints: doc.constraints?.map((c) => (altered.includes(c) ? { ...c, rely } : c)) });
    }
    case "RenameConstraint": {
      const found = doc.constraints?.some((c) => c.name === action.from.value);
      if (!found) throw noConstraint(action.from.value);
      return put({
        constraints: doc.constraints?.map((c) => (c.name === action.from.value ? { ...c, name: action.to.value } : c)),
      });
    }
    case "Action":
      if (action.action === "SUSPEND RECLUSTER" || action.action === "RESUME RECLUSTER") {
        if (!doc.clusterBy) throw compilationError("000900", "42601", `Table '${doc.name}' has no clustering key.`);
        return { doc };
      }
      return undefined;
    case "ChangeTagValue":
      throw unsupportedFeature(MULTI_VALUE_TAG);
    case "PolicyAction":
      return put(alterRowAccess(context, doc, action));
    default:
      return undefined;
  }
}

async function dropColumn(unit: WriteUnit, table: TableDoc, column: ColumnDoc): Promise<TableDoc> {
  if (table.clusterBy?.some((key) => new RegExp(`\\b${column.name.replace(/[^\w]/g, "\\$&")}\\b`, "i").test(key))) {
    throw compilationError(
      "002204",
      "42601",
      `Cannot drop column '${column.name}' which is used in the clustering key.`,
    );
  }
  refuseReadByPolicy(table, column);
  await dropPhysicalColumn(unit, table.id, column);
  const constraints = table.constraints?.filter((c) => !c.columns.includes(column.id)) ?? [];
  const left = unit.catalogue.update<TableDoc>(table, {
    columns: withKeyMarks(
      table.columns.filter((c) => c.id !== column.id),
      constraints,
    ),
    ...(table.constraints ? { constraints } : {}),
  });
  releaseOldKeys(unit, table, left);
  return (unit.catalogue.snapshot.get("TABLE", table.id) as TableDoc | undefined) ?? left;
}

async function alterColumn(
  context: ExecutionContext,
  unit: WriteUnit,
  table: TableDoc,
  action: AlterColumn,
): Promise<TableDoc> {
  const column = columnNamed(table.columns, action.column.value, newBinder(context).position(action.column.span));
  const put = (changes: Partial<ColumnDoc>): TableDoc =>
    unit.catalogue.update<TableDoc>(table, {
      columns: table.columns.map((c) => (c.id === column.id ? { ...c, ...changes } : c)),
    });
  const { change } = action;
  switch (change.type) {
    case "SET DATA TYPE":
      return changeType(
        context,
        unit,
        table,
        column,
        collatedColumn(column.name, resolveType(change.dataType), change.collate),
      );
    case "SET NOT NULL":
      await refuseNulls(unit, table, column);
      return put({ nullable: false });
    case "DROP NOT NULL":
      if (column.primaryKey)
        throw compilationError("001420", "22023", `Column '${column.name}' is part of the primary key.`);
      return put({ nullable: true });
    case "DROP DEFAULT":
      if (column.keepsDefault) throw unsupportedFeature("Alter Column Drop Default");
      return put({ defaultText: undefined });
    case "SET DEFAULT":
      // Only a sequence may be exchanged for another one.
      if (change.value.kind !== "SequenceNextValue" || !/\.NEXTVAL$/i.test(column.defaultText ?? "")) {
        throw unsupportedFeature("Alter Column Set Default");
      }
      return put({ defaultText: sourceText(context, change.value) });
    case "SET WRITE DEFAULT":
    case "DROP WRITE DEFAULT":
      throw unsupportedFeature("Alter Column Write Default");
    default:
      return put(columnNotes(context, table, column, change) ?? {});
  }
}

const noConstraint = (name: string) => compilationError("002037", "42704", `constraint '${name}' does not exist`);

/** The constraints that an action names, by name or by type and columns. */
function constraintsOf(
  table: TableDoc,
  { name, type, columns }: Pick<DropConstraint, "name" | "type" | "columns">,
): ConstraintDoc[] {
  const ids = columnIds(
    table.columns,
    columns.map((c) => c.value),
  );
  return (table.constraints ?? []).filter((c) =>
    name ? c.name === name.value : c.type === type && (ids.length === 0 || ids.join() === c.columns.join()),
  );
}

function dropConstraint(unit: WriteUnit, table: TableDoc, action: DropConstraint): AlterOutcome {
  const doomed = constraintsOf(table, action);
  if (doomed.length === 0) throw noConstraint(action.name?.value ?? action.type ?? "");
  const constraints = table.constraints?.filter((c) => !doomed.includes(c)) ?? [];
  if (action.behaviour === "RESTRICT" && isReferencedFromOutside(unit.catalogue.snapshot, table, pointsTo(doomed))) {
    throw new SnowflakeError("003011", "2BP01", "Cannot drop the constraint because of dependencies");
  }
  const columns = withKeyMarks(table.columns, constraints);
  const doc = unit.catalogue.update<TableDoc>(table, { constraints, columns });
  releaseOldKeys(unit, table, doc);
  return { doc: (unit.catalogue.snapshot.get("TABLE", table.id) as TableDoc | undefined) ?? doc };
}
