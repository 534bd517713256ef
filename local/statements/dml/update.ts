import type { Update } from "../../../dialect/index";
import { SnowflakeError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { countsResult, type StatementResult } from "../../execution/result";
import { STATEMENT_TYPE } from "../../execution/statementType";
import { Shared } from "../../translate/binder";
import { newBinder } from "../../translate/index";
import { bindFrom } from "../../translate/query/from";
import { bindWhere } from "../../translate/query/where";
import type { StatementHandler } from "../handler";
import { overBatch } from "./batch";
import { asWritten, namingColumn } from "./failedColumn";
import { duplicateRow, refusesMultiJoined } from "./nondeterminism";
import { dropTemporary, isRepeatable, keep, updateRids, updateWhere } from "./rows";
import { assignedColumns, enterTarget, locksOf, rowIdOf, targetTable, ungroupedChange } from "./target";
import { given, stored } from "./values";

/**
 * UPDATE … SET … [FROM …] [WHERE …]. A row that joins several takes one of them, or is an error with
 * ERROR_ON_NONDETERMINISTIC_UPDATE. Source: https://docs.snowflake.com/en/sql-reference/sql/update
 */
export const update: StatementHandler<Update> = {
  run: (outer, outerStatement) =>
    overBatch(outer, outerStatement, (context, statement) =>
      context.write(
        async (unit) => {
          const table = targetTable(context, statement.table, "UPDATE", "Object");
          const shared = new Shared();
          const binder = newBinder(context, shared);
          const target = enterTarget(binder, table, statement.alias);
          const from = bindFrom(binder, statement.from, undefined, target);
          binder.scope.refusals = { aggregate: ungroupedChange, window: analyticInUpdate };
          const where = bindWhere(binder, statement.where);
          const assigned = assignedColumns(context, table, statement.alias, statement.set);
          const columns = assigned.map(({ column }) => column);
          const written = assigned.map(({ column, assignment }) => {
            const value = given(binder, table, column, assignment.value);
            const sql = stored(binder, column, value);
            return { column, sql, ...(statement.from.length > 0 ? { computed: value.sql } : {}) };
          });
          const values = written.map(({ sql }) => sql);
          const named = <T>(work: () => Promise<T>) =>
            namingColumn(
              context,
              unit,
              asWritten(context, statement.table),
              written,
              { sql: `${from}${where}`, params: shared.params },
              work,
            );
          if (isRepeatable(binder, from, target, where)) {
            const rows = { sql: where, params: shared.params };
            const updated = await named(() => updateWhere(unit, table, columns, values, rows, context.signal));
            return answer(context, updated, 0);
          }
          for (const prepare of shared.prerequisites) await unit.prepare(prepare);
          const items = [`${rowIdOf(binder)} AS rid`, ...values.map((value, i) => `${value} AS v${i + 1}`)];
          const sql = `SELECT ${items.join(", ")} FROM ${from}${where}`;
          const changes = await named(() => keep(unit, { sql, params: shared.params }, context.signal));
          let multiJoined = 0;
          let single: string | undefined;
          if (statement.from.length > 0) {
            const { rows } = await unit.read(
              `SELECT count(*), min(rid) FROM (SELECT rid FROM ${changes} GROUP BY rid HAVING count(*) > 1)`,
            );
            multiJoined = Number(rows[0]?.[0]);
            if (multiJoined > 0 && refusesMultiJoined(context))
              throw await duplicateRow(binder, unit, table, rows[0]?.[1]);
            if (multiJoined > 0)
              single = await keep(
                unit,
                { sql: `SELECT DISTINCT ON (rid) * FROM ${changes}`, params: [] },
                context.signal,
              );
          }
          const updated = await updateRids(unit, table, columns, single ?? changes);
          await dropTemporary(unit, changes, single);
          return answer(context, updated, multiJoined);
        },
        locksOf(context, statement.table),
      ),
    ),
};

const analyticInUpdate = () =>
  new SnowflakeError("002303", "42601", "Analytic function not allowed as target of UPDATE.");

const answer = (context: ExecutionContext, updated: number, multiJoined: number): StatementResult => ({
  ...countsResult(STATEMENT_TYPE.UPDATE, {
    "number of rows updated": updated,
    ...(refusesMultiJoined(context) ? {} : { "number of multi-joined rows updated": multiJoined }),
  }),
  rowsAffected: updated,
  statistics: { updated, duplicates: multiJoined },
});
