import { type Expression, type Insert, parseExpression, type Query } from "../../../dialect/index";
import type { ColumnDoc, TableDoc } from "../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { countsResult, STATEMENT_TYPE, type StatementResult } from "../../execution/result";
import { decodeWire } from "../../results/decode";
import { columnName, deletedRowsName, ROW_ID_SEQUENCE, tableName } from "../../store/physical";
import type { WriteUnit } from "../../store/writeUnit";
import { type Binder, type BoundQuery, Shared } from "../../translate/binder";
import { type Bound, bound } from "../../translate/bound";
import { cast } from "../../translate/conversion/cast";
import { newBinder } from "../../translate/index";
import { isSemiStructured } from "../../types/dataType";
import type { StatementHandler } from "../handler";
import { checked, targetColumns, targetTable } from "./target";

/** INSERT [OVERWRITE] INTO … SELECT | VALUES. An array bind is one statement over all its rows. */
export const insert: StatementHandler<Insert> = {
  run: (context, statement) =>
    context.write(async (unit) => {
      const table = targetTable(context, statement.table, "INSERT");
      const columns = targetColumns(table, statement.columns);
      const shared = new Shared();
      const source = await sourceOf(context, unit, statement.source, columns, shared);
      if (source.columns.length !== columns.length) {
        throw compilationError(
          "002020",
          "21S01",
          `Insert value list does not match column list expecting ${columns.length} but got ${source.columns.length}`,
        );
      }
      for (const prepare of shared.prerequisites) await unit.prepare(prepare);
      const binder = newBinder(context, shared);
      const values = table.columns.map((column) => columnValue(binder, column, columns, source));
      if (statement.overwrite) {
        targetTable(context, statement.table, "DELETE");
        await removeAll(unit, table);
      }
      const { rowsChanged } = await unit.run(
        `INSERT INTO ${tableName(table.id)} (${[...table.columns.map(columnName), "_rid", "_ver"].join(", ")}) SELECT ${[...values.map(({ sql }) => sql), `nextval('${ROW_ID_SEQUENCE}')`, `${unit.version}::BIGINT`].join(", ")} FROM (${source.sql}) AS source`,
        shared.params,
        context.signal,
      );
      return { ...inserted(rowsChanged), statistics: { inserted: rowsChanged } };
    }),
};

const inserted = (rows: number): StatementResult =>
  countsResult(STATEMENT_TYPE.INSERT, { "number of rows inserted": rows });

/** Takes every row out; the old images stay for time travel and refreshes. */
export async function removeAll(unit: WriteUnit, table: TableDoc): Promise<void> {
  await unit.run(
    `INSERT INTO ${deletedRowsName(table.id)} SELECT *, ${unit.version}::BIGINT FROM ${tableName(table.id)}`,
  );
  await unit.run(`DELETE FROM ${tableName(table.id)}`);
}

/** VALUES in an INSERT may say DEFAULT and need not agree in type from row to row: each row is converted by itself. */
async function sourceOf(
  context: ExecutionContext,
  unit: WriteUnit,
  query: Query,
  columns: readonly ColumnDoc[],
  shared: Shared,
): Promise<BoundQuery> {
  const batch = context.binds.batch ? await batchRelation(context, unit) : undefined;
  const base = newBinder(context, shared);
  const binder = batch ? withBatch(base, batch.columns) : base;
  const body = query.body;
  if (body.kind !== "Values" || query.with || query.orderBy || query.limit) {
    if (batch) throw unsupportedFeature("array bind outside INSERT … VALUES");
    return binder.query(query);
  }
  const rows = body.rows.map((row) => {
    if (row.length !== columns.length) {
      throw compilationError(
        "002020",
        "21S01",
        `Insert value list does not match column list expecting ${columns.length} but got ${row.length}`,
      );
    }
    const values = row.map((value, i) => `${rowValue(binder, value, columns[i] as ColumnDoc).sql} AS o${i + 1}`);
    return `SELECT ${values.join(", ")}${batch ? ` FROM ${batch.table}` : ""}`;
  });
  return {
    sql: rows.join(" UNION ALL "),
    columns: columns.map((column) => ({ name: column.name, type: column.type, nullable: true })),
    ordered: false,
  };
}

function rowValue(binder: Binder, value: Expression, column: ColumnDoc): Bound {
  if (value.kind === "DefaultValue") return defaultOf(binder, column);
  return cast(binder.expression(value), column.type, binder.settings, "assign");
}

function columnValue(binder: Binder, column: ColumnDoc, columns: readonly ColumnDoc[], source: BoundQuery): Bound {
  const index = columns.indexOf(column);
  const given = source.columns[index];
  const value = given
    ? cast(bound(`source.o${index + 1}`, given.type, given.nullable), column.type, binder.settings, "assign")
    : defaultOf(binder, column);
  return { ...value, sql: checked(value.sql, column) };
}

function defaultOf(binder: Binder, column: ColumnDoc): Bound {
  if (column.identity) throw unsupportedFeature("IDENTITY column in INSERT (not supported locally)");
  const expression = parseExpression(column.defaultText ?? "NULL");
  return cast(binder.expression(expression), column.type, binder.settings, "assign");
}

let batches = 0;

/** The rows of an array bind as a temporary relation; each `?` is one of its columns. */
async function batchRelation(context: ExecutionContext, unit: WriteUnit): Promise<{ table: string; columns: Bound[] }> {
  const { columns, rowCount } = context.binds.batch!;
  const table = `temp.batch${++batches}`;
  const names = columns.map((_, i) => `b${i + 1}`);
  await unit.prepare(async (connection) => {
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE ${table} (${names.map((name) => `${name} VARCHAR`).join(", ")})`,
    );
    await connection.appendTexts(
      table,
      columns.map(({ texts }) => texts),
      rowCount,
    );
  });
  return {
    table,
    columns: columns.map(({ type }, i) =>
      bound(isSemiStructured(type) ? `CAST(b${i + 1} AS JSON)` : decodeWire(type, `b${i + 1}`), type),
    ),
  };
}

const withBatch = (binder: Binder, batch: readonly Bound[]): Binder =>
  Object.assign(Object.create(Object.getPrototypeOf(binder)), binder, { batch });
