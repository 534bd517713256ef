import type { Expression, InsertTarget, MultiTableInsert } from "../../../dialect/index";
import type { TableDoc } from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import { areRowsLocked, rowsLocked } from "../../execution/lockWait";
import { countsResult, STATEMENT_TYPE } from "../../execution/result";
import type { WriteUnit } from "../../store/writeUnit";
import { type BoundQuery, Shared } from "../../translate/binder";
import { passedOn } from "../../translate/bound";
import { predicate } from "../../translate/expressions/predicates";
import { newBinder } from "../../translate/index";
import type { StatementHandler } from "../handler";
import { asWritten, namingColumn, writtenTo } from "./failedColumn";
import { columnValues, wrongCount } from "./insert";
import { dropTemporary, insertRows, keep, removeAll } from "./rows";
import { targetColumns, targetTable } from "./target";
import { defaultOf, given, stored } from "./values";

/**
 * INSERT [OVERWRITE] ALL | FIRST. The source is read once; conditions and values see its output columns alone.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/insert-multi-table
 */
export const multiTableInsert: StatementHandler<MultiTableInsert> = {
  run: (context, statement) =>
    context.write(async (unit) => {
      const targets = [...statement.branches.flatMap((branch) => branch.into), ...(statement.otherwise ?? [])];
      const tables = new Map(targets.map((target) => [target, targetTable(context, target.table, "INSERT")]));
      const shared = new Shared();
      const source = newBinder(context, shared).query(statement.source);
      for (const prepare of shared.prerequisites) await unit.prepare(prepare);
      const kept = await keep(unit, { sql: source.sql, params: shared.params }, context.signal);
      let deleted = 0;
      if (statement.overwrite) {
        const distinct = new Map([...tables].map(([target, table]) => [table.id, { target, table }]));
        for (const { target, table } of distinct.values()) {
          targetTable(context, target.table, "DELETE");
          if (areRowsLocked(context, table.id)) throw rowsLocked(context, table.id);
          deleted += await removeAll(unit, table);
        }
      }
      const counts: Record<string, number> = {};
      const run = async (
        into: readonly InsertTarget[],
        when: Expression | undefined,
        unless: readonly Expression[],
      ) => {
        for (const target of into) {
          const table = tables.get(target) as TableDoc;
          const inserted = await insertInto(context, unit, { table, target, source, kept, when, unless });
          const name = `number of rows inserted into ${table.name}`;
          counts[name] = (counts[name] ?? 0) + inserted;
        }
      };
      const earlier: Expression[] = [];
      for (const { into, when } of statement.branches) {
        await run(into, when, statement.mode === "FIRST" ? earlier : []);
        if (when) earlier.push(when);
      }
      if (statement.otherwise) await run(statement.otherwise, undefined, earlier);
      await dropTemporary(unit, kept);
      const inserted = Object.values(counts).reduce((sum, n) => sum + n, 0);
      return { ...countsResult(STATEMENT_TYPE.MULTI_TABLE_INSERT, counts), statistics: { inserted, deleted } };
    }),
};

interface Insertion {
  table: TableDoc;
  target: InsertTarget;
  source: BoundQuery;
  /** The rows of the source. */
  kept: string;
  when: Expression | undefined;
  /** None of these may be true. */
  unless: readonly Expression[];
}

async function insertInto(
  context: ExecutionContext,
  unit: WriteUnit,
  { table, target, source, kept, when, unless }: Insertion,
): Promise<number> {
  const shared = new Shared();
  const binder = newBinder(context, shared);
  const outputs = source.columns.map((column) => ({ ...column, type: passedOn(column.type) }));
  binder.scope.relations.push({ columns: outputs.map((column, i) => ({ ...column, sql: `s.o${i + 1}` })) });
  const columns = targetColumns(context, table, target.columns);
  const width = target.values?.length ?? outputs.length;
  if (width !== columns.length) throw wrongCount(columns.length, width);
  const values = target.values
    ? table.columns.map((column) => {
        const value = target.values?.[columns.indexOf(column)];
        return stored(binder, column, value ? given(binder, table, column, value) : defaultOf(binder, table, column));
      })
    : columnValues(binder, table, columns, { columns: outputs }, "s");
  const test = (node: Expression) => predicate(binder, node).sql;
  const tests = [...(when ? [test(when)] : []), ...unless.map((node) => `NOT coalesce(${test(node)}, FALSE)`)];
  for (const prepare of shared.prerequisites) await unit.prepare(prepare);
  const where = tests.length > 0 ? ` WHERE ${tests.join(" AND ")}` : "";
  const from = { sql: `${kept} AS s${where}`, params: shared.params };
  return namingColumn(context, unit, asWritten(context, target.table), writtenTo(table, values), from, () =>
    insertRows(unit, table, values, from, context.signal),
  );
}
