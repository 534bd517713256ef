import { type Block, type Call, type Expression, type FunctionCall, parseExpression } from "../../dialect/index";
import type { ProcedureDoc } from "../catalogue/model";
import { SnowflakeError, unknownFunction, unknownUserFunction, unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";
import type { StatementResult } from "../execution/result";
import type { Value } from "../execution/value";
import { nameParts } from "../names/parts";
import { printName, resolvePlace } from "../names/resolve";
import { isVisible, require } from "../privileges/index";
import { evaluate } from "../translate/index";
import { placedInStatement } from "./expressionPlace";
import { givenArguments, noSuchSignature } from "./givenArguments";
import { distance, type GivenArguments, type Matched, match } from "./overloads";
import { parseBody } from "./routine";
import { type Routine, runProcedure, scalarResult } from "./runProcedure";
import { convert } from "./values";

/** Runs `CALL p(…)` of a procedure of the catalogue. */
export async function callProcedure(context: ExecutionContext, call: Call): Promise<StatementResult> {
  const system = systemFunction(call);
  if (system) {
    // A long wait must not keep other writers out.
    await context.settle();
    const value = await argument(context, call, system).catch((error) => Promise.reject(withoutPlace(error, system)));
    return scalarResult(system.name.parts[0]!.value, value);
  }
  const named = namedProcedures(context, call);
  const given = await givenArguments(call, printName(named.name), (given) => argument(context, call, given));
  const { procedure, matched } = chooseOverload(named, given);
  require(context, "USAGE", procedure);
  if (procedure.language !== "SQL" && procedure.language !== "JAVASCRIPT")
    throw unsupportedFeature(`LANGUAGE ${procedure.language}`);
  const args = await argumentValues(context, procedure, matched);
  return runProcedure(context, { ...procedure, doc: procedure, block: () => bodyOf(procedure) }, args);
}

/** A wrong number of arguments has no place in the CALL of a system function. */
function withoutPlace(error: unknown, { name }: FunctionCall): unknown {
  const isOwn =
    error instanceof SnowflakeError && error.message.includes(`arguments for function [${name.parts[0]!.value}(`);
  if (!isOwn) return error;
  const message = error.message.replace(/error line \d+ at position -?\d+/, "error line 0 at position -1");
  return new SnowflakeError(error.code, error.sqlState, message, { cause: error });
}

/** What fails in an argument of a script's CALL names its place in that CALL. */
async function argument(context: ExecutionContext, { span }: Call, expression: Expression): Promise<Value> {
  try {
    return await evaluate(context, expression);
  } catch (error) {
    throw context.variables ? placedInStatement(error, context.text, span) : error;
  }
}

const bodies = new WeakMap<ProcedureDoc, Block>();

/** A document never changes, so its body is read once. */
function bodyOf(procedure: ProcedureDoc): Block {
  const known = bodies.get(procedure) ?? parseBody(procedure.body);
  bodies.set(procedure, known);
  return known;
}

/** `CALL SYSTEM$WAIT(…)`: system functions may be called like procedures. */
function systemFunction({ procedure, args, span }: Call): FunctionCall | undefined {
  if (procedure.kind !== "ObjectName" || procedure.parts.length !== 1) return undefined;
  if (!procedure.parts[0]!.value.startsWith("SYSTEM$")) return undefined;
  return { kind: "FunctionCall", span, name: procedure, parenthesized: true, distinct: false, args };
}

/** Arguments as the body sees them: converted, defaults filled in. */
export async function argumentValues(
  context: ExecutionContext,
  routine: Pick<Routine, "arguments">,
  matched: Matched,
): Promise<Map<string, Value>> {
  const args = new Map<string, Value>();
  for (const [index, parameter] of routine.arguments.entries()) {
    const value = matched[index] ?? (await evaluate(context, parseExpression(parameter.defaultText ?? "NULL")));
    args.set(parameter.name, await convert(context, value, parameter.type));
  }
  return args;
}

interface Named {
  name: string;
  overloads: ProcedureDoc[];
}

/** The procedures of that name: an unknown one is refused before its arguments are evaluated. */
function namedProcedures(context: ExecutionContext, call: Call): Named {
  const place = resolvePlace(context, call.procedure, "CALL");
  const overloads: ProcedureDoc[] = context.catalogue
    .overloads("PROCEDURE", place.schema.id, place.name)
    .filter((doc) => isVisible(context, doc));
  const name = printName(place.database.name, place.schema.name, place.name);
  if (overloads.length === 0) {
    throw nameParts(context, call.procedure).length > 1 ? unknownUserFunction(name) : unknownFunction(place.name);
  }
  return { name: place.name, overloads };
}

function chooseOverload({ name, overloads }: Named, given: GivenArguments) {
  const fitting = overloads
    .map((procedure) => ({ procedure, matched: match(procedure.arguments, given) }))
    .flatMap(({ procedure, matched }) => {
      const cost = matched && distance(procedure.arguments, matched);
      return matched && cost !== undefined ? [{ procedure, matched, cost }] : [];
    })
    .sort((a, b) => a.cost - b.cost);
  if (!fitting[0]) throw noSuchSignature(name, given);
  return fitting[0];
}
