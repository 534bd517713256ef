import type { BindVariable, Call, Identifier, Query, VariableAssignment } from "../../../dialect/index";
import { compilationError, invalidIdentifier, SnowflakeError } from "../../errors";
import { rowCount, type StatementResult } from "../../execution/result";
import type { Value } from "../../execution/value";
import { wireToValue } from "../../results/value";
import { NULL } from "../../types/dataType";
import { startJob } from "../declarations";
import type { Interpreter } from "../interpreter";
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
  else if (slot?.kind !== "value") throw invalidIdentifier(target.value, interpreter.positionOf(span));
  else
    await interpreter.assign(
      target.value,
      await interpreter.scalar(value, scope, slot.type !== undefined),
      scope,
      value.span,
    );
}

/** A query; with `INTO :a, :b` its one row goes into variables. */
export async function selectInto(interpreter: Interpreter, query: Query, scope: Scope): Promise<void> {
  const result = await interpreter.sql(query, scope);
  const into = query.body.kind === "Select" ? query.body.into : undefined;
  if (into) await interpreter.statementAt(query.span, () => assignResult(interpreter, result, into, scope));
}

/** The single row of a result into variables. Source: …/snowflake-scripting/variables, "Setting variables to the results of a SELECT". */
async function assignResult(
  interpreter: Interpreter,
  result: StatementResult,
  into: readonly BindVariable[],
  scope: Scope,
): Promise<void> {
  const { row } = await firstRow(result);
  const count = rowCount(result.rows);
  if (!row || count > 1) {
    throw new SnowflakeError(
      "000090",
      "P0000",
      `A SELECT INTO statement expects exactly 1 returned row, but got ${count}.`,
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

/** `CALL p(…) [INTO :x]` */
export async function callInto(interpreter: Interpreter, call: Call, scope: Scope): Promise<void> {
  const value = await callOf(interpreter, call, scope);
  if (call.into) await interpreter.assign((call.into as Identifier).value, value, scope, call.span);
}

async function callOf(interpreter: Interpreter, call: Call, scope: Scope): Promise<Value> {
  const result = await interpreter.sql(call, scope);
  await takeOutputs(interpreter, call, result, scope);
  if (result.value || !call.into) return result.value ?? { type: NULL, value: null };
  const { row } = await firstRow(result);
  return wireToValue(result.columns[0]!.type, row?.[0] ?? null);
}

/** OUT arguments go back into the variables they were given by. */
async function takeOutputs(interpreter: Interpreter, call: Call, { outputs }: StatementResult, scope: Scope) {
  for (const { name, index, value } of outputs ?? []) {
    const named = call.args.find((argument) => argument.kind === "NamedArgument" && argument.name.value === name);
    const given = named?.kind === "NamedArgument" ? named.value : call.args[index];
    if (given?.kind !== "BindVariable" && given?.kind !== "ColumnReference")
      throw compilationError("001044", "42P13", `The OUT argument '${name}' takes a variable, not an expression.`);
    const variable = given.kind === "BindVariable" ? given.name.value : given.parts.map((part) => part.value).join(".");
    await interpreter.assign(variable, value, scope, given.span);
  }
}
