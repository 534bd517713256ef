import { runRoutine } from "../../scripting/routine";
import { scalarResult } from "../../scripting/runProcedure";
import { NULL } from "../../types/dataType";
import type { StatementHandler, StatementOf } from "../handler";

/** An anonymous block runs with the rights of the session; its value comes in a column of Snowflake's name for it. */
export const block: StatementHandler<StatementOf<"Block">> = {
  async run(context, statement) {
    const outcome = await runRoutine(context, statement, context.text);
    return outcome.table ?? scalarResult("anonymous block", outcome.value ?? { type: NULL, value: null });
  },
};
