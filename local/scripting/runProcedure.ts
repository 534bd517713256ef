import type { Block } from "../../dialect/index";
import type { ProcedureDoc } from "../catalogue/model";
import { nullInNonNullable, SnowflakeError } from "../errors";
import type { ExecutionContext, Frame } from "../execution/context";
import type { StatementResult } from "../execution/result";
import { inProcedureScope } from "../execution/transactions";
import type { Value } from "../execution/value";
import { runJavascript } from "../javascript/procedure";
import { ownerRights } from "../privileges/index";
import { valueToWire } from "../results/value";
import { type DataType, NULL } from "../types/dataType";
import { isFinal, ScriptError } from "./exceptions";
import { type Outcome, runRoutine } from "./routine";
import { convert } from "./values";

/** A procedure of the catalogue, or one that lives for a single statement. */
export type Routine = Pick<
  ProcedureDoc,
  "name" | "language" | "arguments" | "returns" | "nullInput" | "executeAs" | "body"
> & {
  /** Of LANGUAGE SQL. Parsed on demand, so that a STRICT call with NULL does not need it. */
  block: () => Block;
  /** Absent for a procedure of one statement, which has no owner. */
  doc?: ProcedureDoc;
};

/** Runs a body in a scope of its own; what it answers has the declared type. */
export async function runProcedure(
  context: ExecutionContext,
  routine: Routine,
  args: ReadonlyMap<string, Value>,
): Promise<StatementResult> {
  if (routine.nullInput === "STRICT" && [...args.values()].some(({ value }) => value === null)) {
    return scalarResult(routine.name, await convert(context, { type: NULL, value: null }, returnType(routine)));
  }
  const inner = context.nested(frameOf(context, routine));
  const outcome = await inProcedureScope(inner, () =>
    routine.language === "JAVASCRIPT"
      ? runHandler(inner, routine, args)
      : runRoutine(inner, routine.block(), routine.body, args),
  );
  const result = await answer(context, routine, outcome);
  const outputs = routine.arguments.flatMap(({ name, isOutput }, index) => {
    const value = isOutput && outcome.variables.get(name);
    return value ? [{ name, index, value }] : [];
  });
  return outputs.length > 0 ? { ...result, outputs } : result;
}

const NO_VARIABLES: Outcome["variables"] = { get: () => undefined };

async function runHandler(
  context: ExecutionContext,
  routine: Routine,
  args: ReadonlyMap<string, Value>,
): Promise<Outcome> {
  return { type: "return", value: await runJavascript(context, routine, args), variables: NO_VARIABLES };
}

/** One row, one column named after the procedure, as drivers see it. */
export const scalarResult = (name: string, value: Value): StatementResult => ({
  columns: [{ name, type: value.type, nullable: true }],
  rows: [[valueToWire(value)]],
  value,
});

function frameOf(context: ExecutionContext, { doc, executeAs }: Routine): Frame {
  // Arguments are values by now; neither the binds nor the variables of the caller reach the body.
  const closed: Frame = { binds: { values: [] }, variables: { get: () => undefined }, newScope: true };
  if (!doc || executeAs !== "OWNER") return { ...closed, rights: { ...context.rights, frame: "caller" } };
  const schema = context.catalogue.get("SCHEMA", doc.parentId);
  return {
    ...closed,
    rights: ownerRights(context, doc),
    namespace: schema && { databaseId: schema.parentId, schemaId: schema.id },
  };
}

const returnType = ({ returns }: Routine) => ("type" in returns ? returns.type : undefined);

async function answer(context: ExecutionContext, routine: Routine, outcome: Outcome): Promise<StatementResult> {
  const { returns } = routine;
  if ("table" in returns) {
    if (!outcome.table) throw mismatch();
    const { columns } = outcome.table;
    const isDeclared = returns.table.length > 0;
    const fits =
      columns.length === returns.table.length &&
      columns.every(({ type }, index) => type.kind === "NULL" || type.kind === returns.table[index]?.type.kind);
    if (isDeclared && !fits) throw mismatch();
    return outcome.table;
  }
  if (outcome.table) throw mismatch();
  const value = await returned(context, outcome, returns.type);
  if (!returns.nullable && value.value === null) throw nullInNonNullable();
  return scalarResult(routine.name, value);
}

/** The value of RETURN in the declared type; one that does not convert is an error of the expression there. */
async function returned(context: ExecutionContext, { value, at }: Outcome, type: DataType): Promise<Value> {
  try {
    return await convert(context, value ?? { type: NULL, value: null }, type);
  } catch (error) {
    if (!at || isFinal(error)) throw error;
    throw ScriptError.of("EXPRESSION_ERROR", error as SnowflakeError, at).uncaught();
  }
}

/** Source: …/stored-procedures-snowflake-scripting, "Returning tabular data" */
const mismatch = () =>
  new SnowflakeError(
    "090229",
    "P0000",
    "Stored procedure execution error: data type of returned table does not match expected returned table type",
  );
