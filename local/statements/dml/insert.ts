import type { Expression, Insert, Query } from "../../../dialect/index";
import type { ColumnDoc, TableDoc } from "../../catalogue/model";
import { compilationError, SnowflakeError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { countsResult } from "../../execution/result";
import { STATEMENT_TYPE } from "../../execution/statementType";
import type { WriteUnit } from "../../store/writeUnit";
import { type Binder, type BoundQuery, Shared } from "../../translate/binder";
import type { Bound } from "../../translate/bound";
import { assign } from "../../translate/conversion/assign";
import { unified } from "../../translate/expressions/conditional";
import { newBinder } from "../../translate/index";
import { checkRowCount } from "../../translate/query/values";
import type { StatementHandler } from "../handler";
import { batchRelation, withBatch } from "./batch";
import { asWritten, namingColumn, writtenTo } from "./failedColumn";
import { literalRelation } from "./literalRows";
import { dropTemporary, insertRows, keep, removeAll, type Sql } from "./rows";
import { locksOf, targetColumns, targetTable } from "./target";
import { defaultOf, givenInValues, output, stored } from "./values";

/** INSERT [OVERWRITE] INTO … SELECT | VALUES. An array bind is one statement over all its rows. */
export const insert: StatementHandler<Insert> = {
  run: (context, statement) =>
    context.write(
      async (unit) => {
        const table = targetOf(context, statement);
        // The source is read before the names of the columns are looked for, and how many they are between the two.
        const wanted = statement.columns.length || table.columns.length;
        const columnsOf = () => targetColumns(context, table, statement.columns);
        const shared = new Shared();
        const source = await sourceOf(context, unit, statement.source, { table, wanted, columns: columnsOf }, shared);
        if (source.columns.length !== wanted) throw wrongCount(wanted, source.columns.length);
        const columns = columnsOf();
        const values = columnValues(newBinder(context, shared), table, columns, source, "source");
        for (const prepare of shared.prerequisites) await unit.prepare(prepare);
        const { params } = shared;
        let from: Sql = { sql: `(${source.sql}) AS source`, params };
        let apart: Sql = { sql: `(${source.apart ?? source.sql}) AS source`, params };
        const named = <T>(work: () => Promise<T>) =>
          namingColumn(context, unit, asWritten(context, statement.table), writtenTo(table, values), apart, work);
        let kept: string | undefined;
        let deleted = 0;
        if (statement.overwrite) {
          targetTable(context, statement.table, "DELETE");
          // The source may read the table that is emptied.
          kept = await named(() => keep(unit, { sql: source.sql, params }, context.signal));
          deleted = await removeAll(unit, table);
          from = { sql: `${kept} AS source`, params };
          apart = from;
        }
        const inserted = await named(() => insertRows(unit, table, values, from, context.signal));
        await dropTemporary(unit, kept);
        return {
          ...countsResult(STATEMENT_TYPE.INSERT, { "number of rows inserted": inserted }),
          statistics: { inserted, deleted },
        };
      },
      statement.overwrite ? locksOf(context, statement.table) : {},
    ),
};

/** What the source reads of is looked for before what is written to. */
function targetOf(context: ExecutionContext, { table, source }: Insert): TableDoc {
  try {
    return targetTable(context, table, "INSERT");
  } catch (error) {
    if (isMissing(error) && !isValues(source)) {
      try {
        newBinder(context).query(source);
      } catch (inSource) {
        if (isMissing(inSource)) throw inSource;
      }
    }
    throw error;
  }
}

const isMissing = (error: unknown): boolean => error instanceof SnowflakeError && error.code === "002003";

const isValues = ({ body, with: common, orderBy, limit }: Query): boolean =>
  body.kind === "Values" && !common && !orderBy && !limit;

interface Target {
  table: TableDoc;
  /** How many columns are filled. */
  wanted: number;
  columns: () => ColumnDoc[];
}

export const wrongCount = (expected: number, got: number) =>
  compilationError(
    "002020",
    "21S01",
    `Insert value list does not match column list expecting ${expected} but got ${got}`,
  );

/** SQL of all columns of the table: from the source those that it fills, the defaults of the others. */
export const columnValues = (
  binder: Binder,
  table: TableDoc,
  columns: readonly ColumnDoc[],
  source: Pick<BoundQuery, "columns">,
  alias: string,
): string[] =>
  table.columns.map((column) => {
    const index = columns.indexOf(column);
    const from = source.columns[index];
    return stored(binder, column, from ? output(alias, index, from) : defaultOf(binder, table, column));
  });

interface Source extends BoundQuery {
  /** The same rows from SQL that works out no column for another's sake. */
  apart?: string;
}

/**
 * VALUES in an INSERT may say DEFAULT. Its other values take their common type before they take that of the column.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/insert (multi-row insert using explicitly-specified values)
 */
async function sourceOf(
  context: ExecutionContext,
  unit: WriteUnit,
  query: Query,
  target: Target,
  shared: Shared,
): Promise<Source> {
  const batch = context.binds.batch ? await batchRelation(context, unit) : undefined;
  const base = newBinder(context, shared);
  const binder = batch ? withBatch(base, batch.columns) : base;
  const body = query.body;
  if (body.kind !== "Values" || !isValues(query)) {
    const source = binder.query(query);
    return batch
      ? { ...source, sql: `SELECT q.* FROM ${batch.table} AS b CROSS JOIN LATERAL (${source.sql}) AS q` }
      : source;
  }
  checkRowCount(binder, body);
  const { table, wanted } = target;
  for (const row of body.rows) if (row.length !== wanted) throw wrongCount(wanted, row.length);
  const columns = target.columns();
  const output = columns.map((column) => ({ name: column.name, type: column.type, nullable: true }));
  const convert = (value: Bound, i: number) => assign(value, columns[i] as ColumnDoc, binder.settings).sql;
  const given = (value: Expression, i: number) => givenInValues(binder, table, columns[i] as ColumnDoc, value);
  const literals = await literalRelation(binder, unit, body.rows, given);
  if (literals) {
    const values = literals.columns.map((value, i) => `${convert(value, i)} AS o${i + 1}`);
    return { sql: `SELECT ${values.join(", ")} FROM ${literals.from}`, columns: output, ordered: false };
  }
  const bounds = body.rows.map((row) => row.map(given));
  for (const i of columns.keys()) {
    const written = body.rows.flatMap((row, r) => (row[i]?.kind === "DefaultValue" ? [] : [r]));
    const { values } = unified(
      binder,
      written.map((r) => bounds[r]?.[i] as Bound),
    );
    written.forEach((r, at) => {
      (bounds[r] as Bound[])[i] = values[at] as Bound;
    });
  }
  const rows = bounds.map((row) => row.map(convert));
  const names = columns.map((_, i) => `o${i + 1}`);
  const selects = rows.map((row) => `SELECT ${row.map((value, i) => `${value} AS o${i + 1}`).join(", ")}`);
  if (batch) {
    const sql = selects.map((select) => `${select} FROM ${batch.table} AS b`).join(" UNION ALL ");
    return { sql, columns: output, ordered: false };
  }
  const sql = `SELECT * FROM (VALUES ${rows.map((row) => `(${row.join(", ")})`).join(", ")}) AS v (${names.join(", ")})`;
  return { sql, columns: output, ordered: false, apart: selects.join(" UNION ALL ") };
}
