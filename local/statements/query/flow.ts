import type { StatementResult } from "../../execution/result";
import { statusResult } from "../../execution/result";
import type { StatementHandler, StatementOf } from "../handler";

/**
 * `a ->> b ->> c`: each statement may read the results of the earlier ones as `$1` (the one before), `$2` …; the answer is the last one's.
 * Source: https://docs.snowflake.com/en/sql-reference/operators-flow
 */
export const flow: StatementHandler<StatementOf<"Flow">> = {
  async run(context, { statements }) {
    const results: StatementResult[] = [];
    for (const statement of statements) {
      context.signal.throwIfAborted();
      results.push(await context.execute(statement, context.text, { flow: [...results] }));
    }
    return results.at(-1) ?? statusResult("");
  },
};
