import { type Call, parseExpression } from "../../dialect/index";
import type { ProcedureDoc } from "../catalogue/model";
import { doesNotExistOrNotAuthorized, invalidArgumentTypes, nullInNonNullable, unsupportedFeature } from "../errors";
import type { ExecutionContext, Frame } from "../execution/context";
import type { StatementResult } from "../execution/result";
import type { Value } from "../execution/value";
import { printName, resolvePlace } from "../names/resolve";
import { isVisible, ownerRights, require } from "../privileges/index";
import { valueToWire } from "../results/value";
import { evaluate } from "../translate/index";
import { NULL, sqlName } from "../types/dataType";
import { distance, type GivenArguments, match } from "./overloads";
import { parseBody, runRoutine } from "./routine";
import { convert } from "./values";

/** Runs `CALL p(…)` of a procedure of the catalogue. */
export async function callProcedure(context: ExecutionContext, call: Call): Promise<StatementResult> {
  const given = await evaluateArguments(context, call);
  const { procedure, matched } = resolveProcedure(context, call, given);
  require(context, "USAGE", procedure);
  if (procedure.language !== "SQL") throw unsupportedFeature(`LANGUAGE ${procedure.language}`);

  const args = new Map<string, Value>();
  for (const [index, parameter] of procedure.arguments.entries()) {
    const value = matched[index] ?? (await evaluate(context, parseExpression(parameter.defaultText ?? "NULL")));
    args.set(parameter.name, await convert(context, value, parameter.type));
  }
  if (procedure.nullInput === "STRICT" && [...args.values()].some(({ value }) => value === null)) {
    return scalarResult(procedure.name, await convert(context, { type: NULL, value: null }, returnType(procedure)));
  }
  const outcome = await runRoutine(
    context.nested(frameOf(context, procedure)),
    parseBody(procedure.body),
    procedure.body,
    args,
  );
  if (outcome.table) return outcome.table;
  return scalarResult(procedure.name, await returned(context, procedure, outcome.value ?? { type: NULL, value: null }));
}

/** One row, one column named after the procedure, as drivers see it. */
export const scalarResult = (name: string, value: Value): StatementResult => ({
  columns: [{ name, type: value.type, nullable: true }],
  rows: [[valueToWire(value)]],
  value,
});

function frameOf(context: ExecutionContext, procedure: ProcedureDoc): Frame {
  // Arguments are values by now; neither the binds nor the variables of the caller reach the body.
  const closed: Frame = { binds: { values: [] }, variables: undefined };
  if (procedure.executeAs !== "OWNER") return { ...closed, rights: { ...context.rights, frame: "caller" } };
  const schema = context.catalogue.get("SCHEMA", procedure.parentId);
  return {
    ...closed,
    rights: ownerRights(context, procedure),
    namespace: schema && { databaseId: schema.parentId, schemaId: schema.id },
  };
}

async function evaluateArguments(context: ExecutionContext, call: Call): Promise<GivenArguments> {
  const given: GivenArguments = { positional: [], named: new Map() };
  for (const argument of call.args) {
    if (argument.kind === "NamedArgument")
      given.named.set(argument.name.value, await evaluate(context, argument.value as never));
    else given.positional.push(await evaluate(context, argument as never));
  }
  return given;
}

function resolveProcedure(context: ExecutionContext, call: Call, given: GivenArguments) {
  const place = resolvePlace(context, call.procedure, "CALL");
  const overloads = context.catalogue
    .overloads("PROCEDURE", place.schema.id, place.name)
    .filter((doc) => isVisible(context, doc));
  const name = printName(place.database.name, place.schema.name, place.name);
  if (overloads.length === 0) throw doesNotExistOrNotAuthorized("Procedure", name);
  const fitting = overloads
    .map((procedure) => ({ procedure, matched: match(procedure.arguments, given) }))
    .flatMap(({ procedure, matched }) => {
      const cost = matched && distance(procedure.arguments, matched);
      return matched && cost !== undefined ? [{ procedure, matched, cost }] : [];
    })
    .sort((a, b) => a.cost - b.cost);
  if (!fitting[0]) throw invalidArgumentTypes(place.name, `(${types(given)})`);
  return fitting[0];
}

const types = ({ positional, named }: GivenArguments): string =>
  [
    ...positional.map((value) => sqlName(value.type)),
    ...[...named].map(([name, value]) => `${name} => ${sqlName(value.type)}`),
  ].join(", ");

const returnType = ({ returns }: ProcedureDoc) => ("type" in returns ? returns.type : undefined);

async function returned(context: ExecutionContext, procedure: ProcedureDoc, value: Value): Promise<Value> {
  const converted = await convert(context, value, returnType(procedure));
  if ("nullable" in procedure.returns && !procedure.returns.nullable && converted.value === null)
    throw nullInNonNullable();
  return converted;
}
