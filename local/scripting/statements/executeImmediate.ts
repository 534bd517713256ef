import type { ExecuteImmediate } from "../../../dialect/index";
import { SnowflakeError } from "../../errors";
import { ScriptError } from "../exceptions";
import type { Interpreter } from "../interpreter";
import type { Scope } from "../scope";

/**
 * `EXECUTE IMMEDIATE text [USING (a, b)]`: the values stand for `?` and are never read as SQL; the text does not see the
 * script's variables. Source: https://docs.snowflake.com/en/sql-reference/sql/execute-immediate
 */
export async function executeImmediate(
  interpreter: Interpreter,
  statement: ExecuteImmediate,
  scope: Scope,
): Promise<void> {
  const { value: text } = await interpreter.evaluate(statement.text, scope);
  const values = await Promise.all(statement.using.map((expression) => interpreter.evaluate(expression, scope)));
  try {
    const result = await interpreter.context
      .nested({ binds: { values }, variables: undefined })
      .executeText(String(text ?? ""));
    scope.implicit.note(result, interpreter.context.session.queryIds.at(-1));
  } catch (error) {
    throw error instanceof SnowflakeError && !(error instanceof ScriptError)
      ? ScriptError.of("STATEMENT_ERROR", error, interpreter.positionOf(statement.span))
      : error;
  }
}
