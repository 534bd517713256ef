import type { Return } from "../../../dialect/index";
import { invalidIdentifier } from "../../errors";
import type { StatementResult } from "../../execution/result";
import type { Interpreter } from "../interpreter";
import type { Scope } from "../scope";
import type { Signal } from "../signal";
import { cursorResult } from "./cursor";

export async function runReturn(interpreter: Interpreter, { value, table }: Return, scope: Scope): Promise<Signal> {
  if (table) return { type: "return", table: await tableOf(interpreter, table, scope) };
  if (!value) return { type: "return" };
  return { type: "return", value: await interpreter.value(value, scope), at: interpreter.positionOf(value.span) };
}

/** `TABLE(resultset)` or `TABLE(SELECT …)`. */
async function tableOf(
  interpreter: Interpreter,
  table: NonNullable<Return["table"]>,
  scope: Scope,
): Promise<StatementResult> {
  const cursor = cursorOf(table);
  if (cursor) return cursorResult(interpreter, cursor, scope, table.span);
  if (table.kind !== "ColumnReference" && table.kind !== "BindVariable") return interpreter.sql(table as never, scope);
  const name = table.kind === "BindVariable" ? table.name.value : (table.parts[0]?.value ?? "");
  const slot = scope.find(name);
  if (slot?.kind === "resultSet" && slot.job) return slot.job.done;
  throw invalidIdentifier(name, interpreter.positionOf(table.span));
}

/** The cursor of `RESULTSET_FROM_CURSOR(c)`. */
function cursorOf(table: NonNullable<Return["table"]>): string | undefined {
  if (table.kind !== "FunctionCall" || table.name.parts.at(-1)?.value !== "RESULTSET_FROM_CURSOR") return undefined;
  const [argument] = table.args;
  return argument?.kind === "ColumnReference" ? argument.parts[0]?.value : undefined;
}
