import { unsupportedFeature } from "../../errors";
import { callProcedure } from "../../scripting/callProcedure";
import type { StatementHandler, StatementOf } from "../handler";

/** CALL of a stored procedure. Source: https://docs.snowflake.com/en/sql-reference/sql/call */
export const call: StatementHandler<StatementOf<"Call">> = {
  async run(context, statement) {
    if (statement.method) throw unsupportedFeature(`CALL of the method ${statement.method.value}`);
    return callProcedure(context, statement);
  },
};
