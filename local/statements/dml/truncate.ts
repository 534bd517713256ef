import type { Truncate } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import { statusResult } from "../../execution/result";
import { forgetLoaded } from "../../stages/loadHistory";
import type { StatementHandler } from "../handler";
import { removeAll } from "./rows";
import { targetTable } from "./target";

export const truncate: StatementHandler<Truncate> = {
  run: (context, statement) =>
    context.write(async (unit) => {
      if (statement.objectType !== "TABLE") throw unsupportedFeature(`TRUNCATE ${statement.objectType}`);
      const table = targetTable(context, statement.table, "TRUNCATE");
      await removeAll(unit, table);
      await forgetLoaded(unit, table.id);
      return statusResult("Statement executed successfully.");
    }),
};
