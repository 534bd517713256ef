import type { Update } from "../../../dialect/index";
import { invalidIdentifier, unsupportedFeature } from "../../errors";
import { countsResult, STATEMENT_TYPE } from "../../execution/result";
import { columnName, deletedRowsName, tableName } from "../../store/physical";
import { Shared } from "../../translate/binder";
import { cast } from "../../translate/conversion/cast";
import { condition } from "../../translate/expressions/predicates";
import type { StatementHandler } from "../handler";
import { overTable } from "./delete";
import { checked, targetTable } from "./target";

/** UPDATE … SET … WHERE. A row keeps its number; its old image stays for time travel and refreshes. */
export const update: StatementHandler<Update> = {
  run: (context, statement) =>
    context.write(async (unit) => {
      if (statement.from.length > 0) throw unsupportedFeature("UPDATE … FROM (not supported locally)");
      const table = targetTable(context, statement.table, "UPDATE");
      const shared = new Shared();
      const binder = overTable(context, shared, table, statement.alias?.name.value);
      const where = statement.where ? ` WHERE ${condition(binder, binder.expression(statement.where)).sql}` : "";
      const oldImages = `INSERT INTO ${deletedRowsName(table.id)} SELECT t.*, ${unit.version}::BIGINT FROM ${tableName(table.id)} AS t${where}`;
      const keptParams = [...shared.params];
      const set = statement.set.map(({ column, value }) => {
        const doc = table.columns.find((candidate) => candidate.name === column.at(-1)?.value);
        if (!doc) throw invalidIdentifier(column.at(-1)?.value ?? "");
        const given =
          value.kind === "DefaultValue"
            ? undefined
            : cast(binder.expression(value), doc.type, binder.settings, "assign");
        if (!given) throw unsupportedFeature("DEFAULT in UPDATE (not supported locally)");
        return `${columnName(doc)} = ${checked(given.sql, doc)}`;
      });
      for (const prepare of shared.prerequisites) await unit.prepare(prepare);
      await unit.run(oldImages, keptParams, context.signal);
      const { rowsChanged } = await unit.run(
        `UPDATE ${tableName(table.id)} AS t SET ${set.join(", ")}, _ver = ${unit.version}::BIGINT${where}`,
        shared.params,
        context.signal,
      );
      return {
        ...countsResult(STATEMENT_TYPE.UPDATE, {
          "number of rows updated": rowsChanged,
          "number of multi-joined rows updated": 0,
        }),
        rowsAffected: rowsChanged,
        statistics: { updated: rowsChanged },
      };
    }),
};
