import { rowResult, runQuery } from "../../results/runQuery";
import { directRow } from "../../translate/directRow";
import { newBinder, translateQuery } from "../../translate/index";
import type { StatementHandlers } from "../handler";
import { flow } from "./flow";

/** SELECT, WITH, VALUES, and chains of statements. */
export const queryHandlers: StatementHandlers = {
  Flow: flow,
  Query: {
    async run(context, statement) {
      const query = translateQuery(context, statement);
      const row = directRow(newBinder(context), statement, query);
      if (row) return rowResult(context, query, row);
      // Reading stored data needs a warehouse; constants and system views do not.
      const release = query.relations.size > 0 ? await context.services.warehouses.use(context) : undefined;
      return runQuery(context, query).finally(release);
    },
    async describe(context, statement) {
      return translateQuery(context, statement).columns;
    },
  },
};
