import type { Call, Expression } from "../../dialect/index";
import { compilationError, invalidArgumentTypes } from "../errors";
import type { Value } from "../execution/value";
import { sqlName } from "../types/dataType";
import type { GivenArguments } from "./overloads";

/**
 * The arguments of a CALL, evaluated in their order. Before any of them is, refuses a mixture of those with names and those
 * without, and a name given twice.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/call
 */
export async function givenArguments(
  { args }: Call,
  procedure: string,
  evaluate: (argument: Expression) => Promise<Value>,
): Promise<GivenArguments> {
  const names = args.flatMap((argument) => (argument.kind === "NamedArgument" ? [argument.name.value] : []));
  const again = names.find((name, index) => names.indexOf(name) < index);
  if (again !== undefined) throw compilationError("001044", "42P13", `The argument ${again} is given more than once.`);
  if (names.length > 0 && names.length < args.length)
    throw compilationError(
      "001044",
      "42P13",
      `illegal mixing of named and positional arguments for function ${procedure}`,
    );
  const given: GivenArguments = { positional: [], named: new Map() };
  for (const argument of args) {
    if (argument.kind === "NamedArgument")
      given.named.set(argument.name.value, await evaluate(argument.value as Expression));
    else given.positional.push(await evaluate(argument as Expression));
  }
  return given;
}

/** Said when arguments fit no signature; names the types that were given. A CALL has no place of its own in the message. */
export const noSuchSignature = (name: string, { positional, named }: GivenArguments) =>
  invalidArgumentTypes(
    name,
    `(${[
      ...positional.map((value) => sqlName(value.type)),
      ...[...named].map(([argument, value]) => `${argument} => ${sqlName(value.type)}`),
    ].join(", ")})`,
    { line: 0, column: -1 },
  );
