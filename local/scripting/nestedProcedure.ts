import type { Call, CreateProcedure, Expression } from "../../dialect/index";
import { unsupportedFeature } from "../errors";
import type { StatementResult } from "../execution/result";
import type { Value } from "../execution/value";
import { resolveType } from "../translate/index";
import { NULL } from "../types/dataType";
import { givenArguments, noSuchSignature } from "./givenArguments";
import type { Interpreter } from "./interpreter";
import { match } from "./overloads";
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
  const given = await givenArguments(call, name, (argument) => interpreter.evaluate(argument, scope));
  const signature = parameters.map((parameter) => ({
    name: parameter.name.value,
    type: parameter.type.kind === "DataType" ? resolveType(parameter.type) : NULL,
    defaultText: parameter.default && "",
  }));
  const matched = match(signature, given);
  if (!matched) throw noSuchSignature(name, given);
  const args = new Map<string, Value>();
  for (const [index, { name: parameter, type }] of signature.entries()) {
    const value = matched[index] ?? (await interpreter.evaluate(parameters[index]!.default as Expression, scope));
    args.set(parameter, await convert(interpreter.context, value, type.kind === "NULL" ? undefined : type));
  }
  return args;
}
