import type { Expression, InsertTarget, MultiTableInsert } from "../../../dialect/index";
import type { TableDoc } from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import { areRowsLocked, rowsLocked } from "../../execution/lockWait";
import { countsResult } from "../../execution/result";
import { STATEMENT_TYPE } from "../../execution/statementType";
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
      const insertions = insertionsOf(statement).map(({ target, when, unless }) =>
        compileInsertion(context, { table: tables.get(target) as TableDoc, target, source, when, unless }),
      );
      // All of it is compiled by now: what is wrong with the statement has been said.
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
      for (const { table, run } of insertions) {
        const name = `number of rows inserted into ${table.name}`;
        counts[name] = (counts[name] ?? 0) + (await run(unit, kept));
      }
      await dropTemporary(unit, kept);
      const inserted = Object.values(counts).reduce((sum, n) => sum + n, 0);
      return { ...countsResult(STATEMENT_TYPE.MULTI_TABLE_INSERT, counts), statistics: { inserted, deleted } };
    }),
};

interface Taking {
  target: InsertTarget;
  when: Expression | undefined;
  /** None of these may be true. */
  unless: readonly Expression[];
}

/** Which rows of the source each target takes. */
function insertionsOf({ branches, otherwise, mode }: MultiTableInsert): Taking[] {
  const earlier: Expression[] = [];
  const takings: Taking[] = [];
  for (const { into, when } of branches) {
    const unless = mode === "FIRST" ? [...earlier] : [];
    takings.push(...into.map((target) => ({ target, when, unless })));
    if (when) earlier.push(when);
  }
  return [...takings, ...(otherwise ?? []).map((target) => ({ target, when: undefined, unless: earlier }))];
}

interface Insertion extends Taking {
  table: TableDoc;
  source: BoundQuery;
}

interface CompiledInsertion {
  table: TableDoc;
  /** Inserts the rows of the source that are kept under a name; how many there were. */
  run(unit: WriteUnit, kept: string): Promise<number>;
}

function compileInsertion(
  context: ExecutionContext,
  { table, target, source, when, unless }: Insertion,
): CompiledInsertion {
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
  const where = tests.length > 0 ? ` WHERE ${tests.join(" AND ")}` : "";
  return {
    table,
    async run(unit, kept) {
      for (const prepare of shared.prerequisites) await unit.prepare(prepare);
      const from = { sql: `${kept} AS s${where}`, params: shared.params };
      return namingColumn(context, unit, asWritten(context, target.table), writtenTo(table, values), from, () =>
        insertRows(unit, table, values, from, context.signal),
      );
    },
  };
}
