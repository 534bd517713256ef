import { SnowflakeError } from "../../errors";
import { evaluate } from "../../translate/index";
import type { StatementHandler, StatementOf } from "../handler";

/**
 * EXECUTE IMMEDIATE outside a block: a literal, a session variable, or an expression; USING takes session or bound variables.
 * Without USING the driver's values stand for `?` in the text. Source: test_sql_select_with_params of snowpark-python.
 */
export const executeImmediate: StatementHandler<StatementOf<"ExecuteImmediate">> = {
  async run(context, statement) {
    const { value } = await evaluate(context, statement.text);
    if (typeof value !== "string" || value.trim() === "") {
      throw new SnowflakeError("000900", "42601", "SQL compilation error:\nEmpty SQL statement.");
    }
    if (statement.using.length === 0) return context.nested({ binds: context.binds }).executeText(value);
    const values = await Promise.all(statement.using.map((expression) => evaluate(context, expression)));
    return context.nested({ binds: { values } }).executeText(value);
  },
};
