import type { Query } from "../../../dialect/index";
import { SnowflakeError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { rowResult, runQuery } from "../../results/runQuery";
import { directRow } from "../../translate/directRow";
import { newBinder, translateQuery } from "../../translate/index";
import type { StatementHandlers } from "../handler";
import { flow } from "./flow";

/** Outside of a script there are no variables for INTO. */
function refuseInto(context: ExecutionContext, { body }: Query): void {
  if (context.variables || body.kind !== "Select" || !body.into) return;
  const { line, column } = newBinder(context).position(body.span);
  const said = `SQL compilation error: error line ${line} at position ${column} INTO clause is not allowed in this context`;
  throw new SnowflakeError("001003", "42000", said);
}

/** SELECT, WITH, VALUES, and chains of statements. */
export const queryHandlers: StatementHandlers = {
  Flow: flow,
  Query: {
    async run(context, statement) {
      refuseInto(context, statement);
      const query = translateQuery(context, statement);
      const row = directRow(newBinder(context), statement, query);
      if (row) return rowResult(context, query, row);
      // Reading stored data needs a warehouse; constants and system views do not.
      const release = query.relations.size > 0 ? await context.services.warehouses.use(context) : undefined;
      return runQuery(context, query).finally(release);
    },
    async describe(context, statement) {
      refuseInto(context, statement);
      return translateQuery(context, statement).columns;
    },
  },
};
