import type { Delete } from "../../../dialect/index";
import type { TableDoc } from "../../catalogue/model";
import { unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { countsResult, STATEMENT_TYPE } from "../../execution/result";
import { fullName } from "../../names/resolve";
import { columnName, deletedRowsName, tableName } from "../../store/physical";
import { type Binder, Shared } from "../../translate/binder";
import { condition } from "../../translate/expressions/predicates";
import { newBinder } from "../../translate/index";
import type { StatementHandler } from "../handler";
import { targetTable } from "./target";

/** DELETE … WHERE. The old images stay for time travel and refreshes. */
export const deleteRows: StatementHandler<Delete> = {
  run: (context, statement) =>
    context.write(async (unit) => {
      if (statement.using.length > 0) throw unsupportedFeature("DELETE … USING (not supported locally)");
      const table = targetTable(context, statement.table, "DELETE");
      const shared = new Shared();
      const binder = overTable(context, shared, table, statement.alias?.name.value);
      const where = statement.where ? ` WHERE ${condition(binder, binder.expression(statement.where)).sql}` : "";
      for (const prepare of shared.prerequisites) await unit.prepare(prepare);
      await unit.run(
        `INSERT INTO ${deletedRowsName(table.id)} SELECT t.*, ${unit.version}::BIGINT FROM ${tableName(table.id)} AS t${where}`,
        shared.params,
        context.signal,
      );
      const { rowsChanged } = await unit.run(
        `DELETE FROM ${tableName(table.id)} WHERE _rid IN (SELECT _rid FROM ${deletedRowsName(table.id)} WHERE _del = ${unit.version})`,
      );
      return {
        ...countsResult(STATEMENT_TYPE.DELETE, { "number of rows deleted": rowsChanged }),
        statistics: { deleted: rowsChanged },
      };
    }),
};

/** A binder in which the columns of one table are in scope, as the engine's `t`. */
export function overTable(
  context: ExecutionContext,
  shared: Shared,
  table: TableDoc,
  alias: string | undefined,
): Binder {
  const binder = newBinder(context, shared);
  const [database, schema] = fullName(context.catalogue, table).split(".");
  binder.scope.relations.push({
    name: alias ?? table.name,
    path: alias === undefined ? [database as string, schema as string] : undefined,
    columns: table.columns.map((column) => ({
      name: column.name,
      sql: `t.${columnName(column)}`,
      type: column.type,
      nullable: column.nullable,
    })),
  });
  return binder;
}
