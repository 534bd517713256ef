import type { CreateProcedure } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import { argumentValues } from "../../scripting/callProcedure";
import { givenArguments, noSuchSignature } from "../../scripting/givenArguments";
import { distance, match } from "../../scripting/overloads";
import { parseBody } from "../../scripting/routine";
import { type Routine, runProcedure } from "../../scripting/runProcedure";
import { evaluate, resolveType } from "../../translate/index";
import type { StatementHandler, StatementOf } from "../handler";

/**
 * `WITH p AS PROCEDURE (…) … CALL p(…)`: a procedure for this one statement, which runs with the caller's rights.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/call-with
 */
export const callWithProcedure: StatementHandler<StatementOf<"CallWithProcedure">> = {
  async run(context, { procedure, tables, call }) {
    if (tables) throw unsupportedFeature("WITH … AS PROCEDURE with further tables");
    const routine = routineOf(procedure);
    const given = await givenArguments(call, routine.name, (argument) => evaluate(context, argument));
    const matched = match(routine.arguments, given);
    if (!matched || distance(routine.arguments, matched) === undefined) throw noSuchSignature(routine.name, given);
    return runProcedure(context, routine, await argumentValues(context, routine, matched));
  },
};

function routineOf({
  name,
  language: written,
  parameters,
  returns,
  returnsNotNull,
  properties,
  body,
}: CreateProcedure): Routine {
  const language = written.toUpperCase();
  if (language !== "SQL" && language !== "JAVASCRIPT") throw unsupportedFeature(`LANGUAGE ${language}`);
  if (!body) throw unsupportedFeature("PROCEDURE with a HANDLER in IMPORTS");
  return {
    name: name.kind === "ObjectName" ? (name.parts.at(-1)?.value ?? "") : "",
    arguments: parameters.map((parameter) => {
      if (parameter.type.kind === "ReturnedTable") throw unsupportedFeature("TABLE argument of a routine");
      if (parameter.default) throw unsupportedFeature("DEFAULT in WITH … AS PROCEDURE");
      return { name: parameter.name.value, type: resolveType(parameter.type) };
    }),
    returns:
      returns.kind === "ReturnedTable"
        ? { table: returns.columns.map((column) => ({ name: column.name.value, type: resolveType(column.type) })) }
        : { type: resolveType(returns), nullable: !returnsNotNull },
    nullInput: properties.some((p) => p.name === "STRICT" || p.name === "RETURNS NULL ON NULL INPUT")
      ? "STRICT"
      : "CALLED",
    executeAs: "CALLER",
    language,
    body: body.text,
    block: () => parseBody(body.text),
  };
}
