import type { BindVariable, Call, Identifier, Query, VariableAssignment } from "../../../dialect/index";
import { compilationError, SnowflakeError } from "../../errors";
import type { StatementResult } from "../../execution/result";
import { wireToValue } from "../../results/value";
import { startJob } from "../declarations";
import type { Interpreter } from "../interpreter";
import { callNested } from "../nestedProcedure";
import { firstRow } from "../rowReader";
import type { Scope } from "../scope";

/** `x := value`; a RESULTSET takes the result of a statement. */
export async function assignVariable(
  interpreter: Interpreter,
  { target, value, span }: VariableAssignment,
  scope: Scope,
): Promise<void> {
  const slot = scope.find(target.value);
  if (slot?.kind === "resultSet") slot.job = await startJob(interpreter, value, scope);
  else await interpreter.assign(target.value, await interpreter.value(value, scope), scope, span);
}

/** A query; with `INTO :a, :b` its one row goes into variables. */
export async function selectInto(interpreter: Interpreter, query: Query, scope: Scope): Promise<void> {
  const result = await interpreter.sql(query, scope);
  const into = query.body.kind === "Select" ? query.body.into : undefined;
  if (into) await assignResult(interpreter, result, into, scope);
}

/** The single row of a result into variables. Source: …/snowflake-scripting/variables, "Setting variables to the results of a SELECT". */
export async function assignResult(
  interpreter: Interpreter,
  result: StatementResult,
  into: readonly BindVariable[],
  scope: Scope,
): Promise<void> {
  const { row, more } = await firstRow(result);
  if (!row || more) {
    throw new SnowflakeError(
      "000090",
      "P0000",
      `A SELECT INTO statement expects exactly 1 returned row, but got ${row ? "more than 1" : "0"}.`,
    );
  }
  if (into.length !== result.columns.length) {
    throw compilationError(
      "001044",
      "42P13",
      `SELECT INTO has ${into.length} variables for ${result.columns.length} columns.`,
    );
  }
  for (const [index, variable] of into.entries()) {
    const column = result.columns[index]!;
    await interpreter.assign(variable.name.value, wireToValue(column.type, row[index] ?? null), scope, variable.span);
  }
}

/** `CALL p(…) [INTO :x]`; a procedure that the block declared itself goes before one of the catalogue. */
export async function callInto(interpreter: Interpreter, call: Call, scope: Scope): Promise<void> {
  const nested = callNested(interpreter, call, scope);
  const value = nested ? await nested : await calledValue(interpreter, call, scope);
  if (call.into) await interpreter.assign((call.into as Identifier).value, value, scope, call.span);
}

async function calledValue(interpreter: Interpreter, call: Call, scope: Scope) {
  const result = await interpreter.sql(call, scope);
  if (result.value || !call.into) return result.value ?? { type: { kind: "NULL" } as const, value: null };
  const { row } = await firstRow(result);
  return wireToValue(result.columns[0]!.type, row?.[0] ?? null);
}
