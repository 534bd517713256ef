import type { Name, Truncate } from "../../../dialect/index";
import { SnowflakeError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { statusResult } from "../../execution/result";
import { resolvePlace, resolveRelation } from "../../names/resolve";
import { forgetLoaded } from "../../stages/loadHistory";
import type { StatementHandler } from "../handler";
import { removeAll } from "./rows";
import { locksOf, targetTable } from "./target";

/** TRUNCATE IF EXISTS is silent about what is not there, and about what cannot be seen. */
function exists(context: ExecutionContext, name: Name): boolean {
  // A schema or database that is not there is refused all the same.
  resolvePlace(context, name, "TRUNCATE");
  try {
    resolveRelation(context, name, "TRUNCATE", "Table");
    return true;
  } catch (error) {
    if (error instanceof SnowflakeError && error.code === "002003") return false;
    throw error;
  }
}

export const truncate: StatementHandler<Truncate> = {
  run: (context, statement) =>
    context.write(
      async (unit) => {
        if (statement.objectType !== "TABLE") throw unsupportedFeature(`TRUNCATE ${statement.objectType}`);
        if (statement.ifExists && !exists(context, statement.table))
          return statusResult("Statement executed successfully.");
        const table = targetTable(context, statement.table, "TRUNCATE");
        const deleted = await removeAll(unit, table);
        await forgetLoaded(unit, table.id);
        return { ...statusResult("Statement executed successfully."), statistics: { deleted } };
      },
      locksOf(context, statement.table),
    ),
};
