import type { ColumnDefinition } from "../../../../dialect/index";
import { maskedColumns } from "../../../bodyPolicies/attach";
import type { ColumnDoc, SchemaDoc, TableDoc } from "../../../catalogue/model";
import { compilationError, nullInNonNullable, SnowflakeError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { addPhysicalColumn, changePhysicalType, columnName, tableName } from "../../../store/physical";
import { createEngineSequence } from "../../../store/sequences";
import type { WriteUnit } from "../../../store/writeUnit";
import { bound } from "../../../translate/bound";
import { cast } from "../../../translate/conversion/cast";
import { evaluate } from "../../../translate/index";
import { settings } from "../../../translate/settings";
import { columnTypeName, type DataType, physicalType, sqlName } from "../../../types/dataType";
import { defaultCollation, readColumn } from "./columns";

/**
 * Adds columns; rows that exist get the value of each default, worked out once. The engine changes no table whose rows have just been
 * changed, so that all columns are there before the first is filled.
 */
export async function addColumns(
  context: ExecutionContext,
  unit: WriteUnit,
  table: TableDoc,
  definitions: readonly ColumnDefinition[],
): Promise<TableDoc> {
  let current = table;
  for (const definition of definitions) current = await addEmpty(context, unit, current, definition);
  for (const definition of definitions) {
    const column = current.columns.find((c) => c.name === definition.name.value);
    if (column) await fill(context, unit, table, column, definition);
  }
  return current;
}

async function addEmpty(
  context: ExecutionContext,
  unit: WriteUnit,
  table: TableDoc,
  definition: ColumnDefinition,
): Promise<TableDoc> {
  const name = definition.name.value;
  if (table.columns.some((c) => c.name === name))
    throw compilationError("001430", "42601", `column '${name}' already exists`);
  const schema = context.catalogue.get("SCHEMA", table.parentId) as SchemaDoc;
  const reader = {
    context,
    unit,
    schema,
    tableId: table.id,
    collation: defaultCollation(context, table),
    isAdded: true,
  };
  const read = await readColumn(reader, definition, table.nextColumnId);
  const given: ColumnDoc = definition.default ? { ...read, keepsDefault: true } : read;
  const [column = given] = maskedColumns(context, table.name, [given], [definition], table.columns);
  await addPhysicalColumn(unit, table.id, column);
  return unit.catalogue.update(table, { columns: [...table.columns, column], nextColumnId: table.nextColumnId + 1 });
}

async function fill(
  context: ExecutionContext,
  unit: WriteUnit,
  table: TableDoc,
  column: ColumnDoc,
  definition: ColumnDefinition,
): Promise<void> {
  if (definition.default) {
    const { type, value } = await evaluate(context, definition.default);
    const evaluated = bound(`CAST($1 AS ${physicalType(type)})`, type);
    const sql = cast(evaluated, column.type, settings(context), "assign").sql;
    await unit.run(`UPDATE ${tableName(table.id)} SET ${columnName(column)} = ${sql}`, [value]);
  } else if (column.identity) {
    const { start, step, sequenceId } = column.identity;
    await unit.run(
      `UPDATE ${tableName(table.id)} AS t SET ${columnName(column)} = n.value
       FROM (SELECT _rid, ${start} + (row_number() OVER (ORDER BY _rid) - 1) * ${step} AS value FROM ${tableName(table.id)}) AS n
       WHERE n._rid = t._rid`,
    );
    const { rows } = await unit.read(`SELECT count(*) FROM ${tableName(table.id)}`);
    await createEngineSequence(unit, sequenceId, BigInt(start) + BigInt(step) * (rows[0]?.[0] as bigint), step);
  } else if (!column.nullable) {
    const { rows } = await unit.read(`SELECT 1 FROM ${tableName(table.id)} LIMIT 1`);
    if (rows.length > 0) {
      throw compilationError(
        "002032",
        "42601",
        `Non-nullable column '${column.name}' cannot be added to non-empty table '${table.name}' unless it has a non-null default value.`,
      );
    }
  }
}

/**
 * What SET DATA TYPE may do: lengthen text, change the precision of a number (its scale never), lowering it only when all
 * values still fit.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/alter-table-column
 */
export async function changeType(
  _context: ExecutionContext,
  unit: WriteUnit,
  table: TableDoc,
  column: ColumnDoc,
  type: DataType,
): Promise<TableDoc> {
  const from = column.type;
  // The account ends this sentence with a line break and puts none behind the heading.
  const refused = (code = "002108", why = "") =>
    new SnowflakeError(
      code,
      "22000",
      `SQL compilation error: cannot change column ${column.name} from type ${sqlName(from)} to ${sqlName(type)}${why}\n`,
    );
  if (from.kind !== type.kind) throw refused();
  const name = columnName(column);
  const exists = async (condition: string): Promise<boolean> =>
    (await unit.read(`SELECT 1 FROM ${tableName(table.id)} WHERE ${condition} LIMIT 1`)).rows.length > 0;
  if (from.kind === "NUMBER" && type.kind === "NUMBER") {
    if (from.scale !== type.scale) throw refused("040052", " because changing the scale of a number is not supported.");
    if (
      type.precision < from.precision &&
      (await exists(`abs(${name}) >= CAST('1e${type.precision - type.scale}' AS DOUBLE)`))
    ) {
      throw refused();
    }
  } else if (from.kind === "VARCHAR" && type.kind === "VARCHAR") {
    if (from.collation !== type.collation) {
      throw new SnowflakeError(
        "040053",
        "22000",
        `SQL compilation error: cannot change column ${column.name} from type "${columnTypeName(from)}" to "${columnTypeName(type)}" because they have incompatible collations.`,
      );
    }
    if (type.length < from.length)
      throw refused("040050", " because reducing the byte-length of a varchar is not supported.");
  } else if (sqlName(from) !== sqlName(type)) {
    throw refused();
  }
  const changed = { ...column, type };
  if (physicalType(from) !== physicalType(type)) await changePhysicalType(unit, table.id, changed);
  return unit.catalogue.update(table, { columns: table.columns.map((c) => (c.id === column.id ? changed : c)) });
}

export async function refuseNulls(unit: WriteUnit, table: TableDoc, column: ColumnDoc): Promise<void> {
  const { rows } = await unit.read(`SELECT 1 FROM ${tableName(table.id)} WHERE ${columnName(column)} IS NULL LIMIT 1`);
  if (rows.length > 0) throw nullInNonNullable();
}
