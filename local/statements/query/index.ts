import { noActiveWarehouse } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { runQuery } from "../../results/runQuery";
import { translateQuery } from "../../translate/index";
import type { StatementHandlers } from "../handler";
import { flow } from "./flow";

/** SELECT, WITH, VALUES, and chains of statements. */
export const queryHandlers: StatementHandlers = {
  Flow: flow,
  Query: {
    async run(context, statement) {
      const query = translateQuery(context, statement);
      if (query.relations.size > 0) requireWarehouse(context);
      return runQuery(context, query);
    },
    async describe(context, statement) {
      return translateQuery(context, statement).columns;
    },
  },
};

/** Reading stored data needs a warehouse; constants and system views do not. */
function requireWarehouse(context: ExecutionContext): void {
  const { warehouseId } = context.session;
  const warehouse = warehouseId === null ? undefined : context.catalogue.get("WAREHOUSE", warehouseId);
  if (!warehouse || warehouse.droppedOn !== undefined) throw noActiveWarehouse();
}
