import type { ColumnDefinition, CreateTable } from "../../../../dialect/index";
import { refuseReadByPolicy } from "../../../bodyPolicies/alter";
import type { ColumnDoc, SchemaDoc, TableDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { dropPhysicalColumn } from "../../../store/physical";
import type { WriteUnit } from "../../../store/writeUnit";
import { sameType } from "../../../types/dataType";
import { addColumns, changeType, refuseNulls } from "./changeColumns";
import { defaultCollation, readColumn, readConstraints, refuseDuplicates } from "./columns";
import { readTableProperties } from "./createTable";
import { releaseOldKeys } from "./keys";

/**
 * CREATE OR ALTER TABLE on a table that exists: it becomes what the statement says and keeps its rows and grants.
 * Columns are matched by name; those missing from the statement are dropped, new ones must stand at the end.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/create-table#create-or-alter-table
 */
export async function createOrAlterTable(
  context: ExecutionContext,
  unit: WriteUnit,
  table: TableDoc,
  statement: CreateTable,
): Promise<void> {
  const policies = [...statement.policies, ...statement.columns.flatMap((definition) => definition.policies)];
  if (policies[0]) throw unsupportedFeature(`CREATE OR ALTER TABLE … ${policies[0].policyType} POLICY`);
  const common = readTableProperties(context, statement);
  if (Boolean(common.transient) !== Boolean(table.transient)) {
    throw compilationError("001506", "22023", "CREATE OR ALTER cannot change the kind of a table (TRANSIENT).");
  }
  const schema = context.catalogue.get("SCHEMA", table.parentId) as SchemaDoc;
  const collation = String(common.parameters?.DEFAULT_DDL_COLLATION ?? defaultCollation(context, schema));
  const reader = { context, unit, schema, tableId: table.id, collation };
  const names = statement.columns.map((c) => c.name.value);
  refuseDuplicates(names);
  let current = table;
  for (const column of table.columns) {
    if (names.includes(column.name)) continue;
    refuseReadByPolicy(table, column);
    await dropPhysicalColumn(unit, table.id, column);
    current = unit.catalogue.update(current, { columns: current.columns.filter((c) => c.id !== column.id) });
  }
  refuseReordering(current.columns, names);
  const added: ColumnDefinition[] = [];
  for (const definition of statement.columns) {
    const existing = current.columns.find((c) => c.name === definition.name.value);
    if (!existing) {
      added.push(definition);
      continue;
    }
    const wanted = await readColumn(reader, withoutIdentity(definition), existing.id);
    current = await alterExisting(context, unit, current, existing, wanted);
  }
  current = await addColumns(context, unit, current, added);
  const columns = current.columns.map(({ primaryKey: _, uniqueKey: __, ...column }): ColumnDoc => column);
  const constraints = readConstraints(context, columns, statement.columns, statement.constraints, table);
  const altered = unit.catalogue.update<TableDoc>(current, {
    clusterBy: undefined,
    enableSchemaEvolution: undefined,
    ...common,
    changeTracking: common.changeTracking ?? table.changeTracking,
    columns,
    constraints,
  });
  releaseOldKeys(unit, table, altered);
}

const withoutIdentity = (definition: ColumnDefinition): ColumnDefinition => {
  const { autoincrement: _, ...rest } = definition;
  return rest;
};

function refuseReordering(columns: readonly ColumnDoc[], names: readonly string[]): void {
  const kept = names.filter((name) => columns.some((c) => c.name === name));
  const ends = names.slice(0, kept.length).every((name, i) => name === kept[i]);
  if (!ends) throw unsupportedFeature("CREATE OR ALTER TABLE column add before end of column list");
  if (!columns.every((column, i) => kept[i] === column.name))
    throw compilationError(
      "001506",
      "22023",
      "Invalid operation column re-ordering is not possible in CREATE OR ALTER TABLE",
    );
}

async function alterExisting(
  context: ExecutionContext,
  unit: WriteUnit,
  table: TableDoc,
  existing: ColumnDoc,
  wanted: ColumnDoc,
): Promise<TableDoc> {
  let current = table;
  if (wanted.defaultText !== undefined && wanted.defaultText !== existing.defaultText)
    throw unsupportedFeature("Alter Column Set Default");
  if (wanted.defaultText === undefined && existing.keepsDefault) throw unsupportedFeature("Alter Column Drop Default");
  if (!sameType(existing.type, wanted.type)) current = await changeType(context, unit, current, existing, wanted.type);
  if (existing.nullable && !wanted.nullable) await refuseNulls(unit, table, existing);
  const { comment, defaultText, nullable } = wanted;
  return unit.catalogue.update(current, {
    columns: current.columns.map((c) => (c.id === existing.id ? { ...c, comment, defaultText, nullable } : c)),
  });
}
