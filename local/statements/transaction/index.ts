import { statusResult } from "../../execution/result";
import { openTransaction, rollbackTransaction } from "../../execution/transactions";
import type { StatementHandlers } from "../handler";

const DONE = "Statement executed successfully.";

/** BEGIN, COMMIT, ROLLBACK. Without an open transaction COMMIT and ROLLBACK do nothing. */
export const transactionHandlers: StatementHandlers = {
  BeginTransaction: {
    async run(context, { name }) {
      // What the request wrote before BEGIN is no part of the transaction.
      await context.settle();
      openTransaction(context, name?.value);
      return statusResult(DONE);
    },
  },
  Commit: {
    async run(context) {
      await context.settle();
      context.adoptTransaction();
      return statusResult(DONE);
    },
  },
  Rollback: {
    async run(context) {
      await rollbackTransaction(context);
      return statusResult(DONE);
    },
  },
};
