import type { Call } from "../../dialect/index";
import { unsupportedFeature, wrongArgumentCount } from "../errors";
import type { Value } from "../execution/value";
import { resolveType } from "../translate/index";
import { NULL } from "../types/dataType";
import type { Interpreter } from "./interpreter";
import { runRoutine } from "./routine";
import type { Scope } from "./scope";
import { convert } from "./values";

/** A CALL of a procedure that an enclosing DECLARE holds; undefined when the name is none of those. */
export function callNested(interpreter: Interpreter, call: Call, scope: Scope): Promise<Value> | undefined {
  if (call.procedure.kind !== "ObjectName" || call.procedure.parts.length !== 1) return undefined;
  const slot = scope.find(call.procedure.parts[0]!.value);
  return slot?.kind === "procedure" ? run(interpreter, call, slot.procedure, scope) : undefined;
}

async function run(
  interpreter: Interpreter,
  call: Call,
  procedure: Extract<ReturnType<Scope["find"]>, { kind: "procedure" }>["procedure"],
  scope: Scope,
): Promise<Value> {
  const block = procedure.body?.block;
  const name = (call.procedure as { parts: { value: string }[] }).parts[0]!.value;
  if (!block) throw unsupportedFeature(`nested procedure in ${procedure.language}`);
  if (call.args.length > procedure.parameters.length)
    throw wrongArgumentCount(name, procedure.parameters.length, call.args.length);
  const args = new Map<string, Value>();
  for (const [index, parameter] of procedure.parameters.entries()) {
    const argument = call.args[index];
    const given = argument?.kind === "NamedArgument" ? argument.value : (argument ?? parameter.default);
    if (!given) throw wrongArgumentCount(name, procedure.parameters.length, call.args.length);
    const value = await interpreter.evaluate(given as never, scope);
    args.set(
      parameter.name.value,
      parameter.type.kind === "DataType"
        ? await convert(interpreter.context, value, resolveType(parameter.type))
        : value,
    );
  }
  const outcome = await runRoutine(interpreter.context, block, interpreter.text, args);
  return outcome.value ?? { type: NULL, value: null };
}
