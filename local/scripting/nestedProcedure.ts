import type { Call, CreateProcedure } from "../../dialect/index";
import { unsupportedFeature, wrongArgumentCount } from "../errors";
import type { StatementResult } from "../execution/result";
import type { Value } from "../execution/value";
import { resolveType } from "../translate/index";
import { NULL } from "../types/dataType";
import type { Interpreter } from "./interpreter";
import { runRoutine } from "./routine";
import { scalarResult } from "./runProcedure";
import type { Scope, Slot } from "./scope";
import { convert } from "./values";

/**
 * A CALL of a procedure that an enclosing DECLARE holds; undefined when the name is none of those. Its body may read and change
 * the variables that were declared before it.
 * Source: https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-snowflake-scripting, "Using nested stored procedures"
 */
export function callNested(interpreter: Interpreter, call: Call, scope: Scope): Promise<StatementResult> | undefined {
  if (call.procedure.kind !== "ObjectName" || call.procedure.parts.length !== 1) return undefined;
  const name = call.procedure.parts[0]!.value;
  const slot = scope.find(name);
  return slot?.kind === "procedure" ? run(interpreter, call, name, slot, scope) : undefined;
}

async function run(
  interpreter: Interpreter,
  call: Call,
  name: string,
  { procedure, scope: own }: Extract<Slot, { kind: "procedure" }>,
  scope: Scope,
): Promise<StatementResult> {
  const block = procedure.body?.block;
  if (!block) throw unsupportedFeature(`nested procedure in ${procedure.language}`);
  const args = await argumentsOf(interpreter, call, name, procedure, scope);
  const outcome = await runRoutine(interpreter.context, block, interpreter.text, args, own);
  if (outcome.table) return outcome.table;
  const { returns } = procedure;
  const type = returns.kind === "DataType" ? resolveType(returns) : undefined;
  return scalarResult(name, await convert(interpreter.context, outcome.value ?? { type: NULL, value: null }, type));
}

async function argumentsOf(
  interpreter: Interpreter,
  call: Call,
  name: string,
  { parameters }: CreateProcedure,
  scope: Scope,
): Promise<Map<string, Value>> {
  if (call.args.length > parameters.length) throw wrongArgumentCount(name, parameters.length, call.args.length);
  const args = new Map<string, Value>();
  for (const [index, parameter] of parameters.entries()) {
    const argument = call.args[index];
    const given = argument?.kind === "NamedArgument" ? argument.value : (argument ?? parameter.default);
    if (!given) throw wrongArgumentCount(name, parameters.length, call.args.length);
    const value = await interpreter.evaluate(given as never, scope);
    const type = parameter.type.kind === "DataType" ? resolveType(parameter.type) : undefined;
    args.set(parameter.name.value, await convert(interpreter.context, value, type));
  }
  return args;
}
