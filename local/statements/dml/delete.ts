import type { Delete } from "../../../dialect/index";
import type { TableDoc } from "../../catalogue/model";
import { countsResult } from "../../execution/result";
import { STATEMENT_TYPE } from "../../execution/statementType";
import type { WriteUnit } from "../../store/writeUnit";
import { Shared } from "../../translate/binder";
import { newBinder } from "../../translate/index";
import { bindFrom } from "../../translate/query/from";
import { bindWhere } from "../../translate/query/where";
import type { StatementHandler } from "../handler";
import { overBatch } from "./batch";
import { deleteRids, deleteWhere, dropTemporary, isRepeatable, keep, type Sql } from "./rows";
import { enterTarget, locksOf, rowIdOf, targetTable } from "./target";

/** DELETE [USING …] [WHERE …]. Source: https://docs.snowflake.com/en/sql-reference/sql/delete */
export const deleteRows: StatementHandler<Delete> = {
  run: (outer, outerStatement) =>
    overBatch(outer, outerStatement, (context, statement) =>
      context.write(
        async (unit) => {
          const table = targetTable(context, statement.table, "DELETE", "Object");
          const shared = new Shared();
          const binder = newBinder(context, shared);
          const target = enterTarget(binder, table, statement.alias);
          const from = bindFrom(binder, statement.using, undefined, target);
          const where = bindWhere(binder, statement.where);
          for (const prepare of shared.prerequisites) await unit.prepare(prepare);
          const { params } = shared;
          const deleted = isRepeatable(binder, from, target, where)
            ? await deleteWhere(unit, table, { sql: where, params }, context.signal)
            : await deleteJoined(
                unit,
                table,
                {
                  sql: `SELECT DISTINCT ${rowIdOf(binder)} AS rid FROM ${from}${where}`,
                  params,
                },
                context.signal,
              );
          return {
            ...countsResult(STATEMENT_TYPE.DELETE, { "number of rows deleted": deleted }),
            statistics: { deleted },
          };
        },
        locksOf(context, statement.table),
      ),
    ),
};

/** Deletes the rows of a query of row numbers. */
async function deleteJoined(unit: WriteUnit, table: TableDoc, query: Sql, signal: AbortSignal): Promise<number> {
  const rids = await keep(unit, query, signal);
  const deleted = await deleteRids(unit, table, `SELECT rid FROM ${rids}`);
  await dropTemporary(unit, rids);
  return deleted;
}
