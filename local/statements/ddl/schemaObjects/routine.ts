import type {
  CreateFunction,
  CreateProcedure,
  ReturnedTable,
  DataType as WrittenType,
} from "../../../../dialect/index";
import type { ArgumentDoc, FunctionDoc, ProcedureDoc } from "../../../catalogue/model";
import { compilationError, SnowflakeError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { checkHandlerSignature } from "../../../javascript/kinds";
import { resolvePlace } from "../../../names/resolve";
import { checkScript } from "../../../scripting/check";
import { parseBody } from "../../../scripting/routine";
import { checkFunction } from "../../../translate/checkFunction";
import { resolveType } from "../../../translate/index";
import { createObject } from "../support/create";
import { mergeParameters, readParameters } from "../support/parameters";
import { Properties } from "../support/properties";
import { sourceText } from "../support/text";
import { languageOf, routineOptions } from "./routineOptions";

type Shared = Pick<
  ProcedureDoc,
  | "arguments"
  | "language"
  | "body"
  | "returns"
  | "nullInput"
  | "volatility"
  | "secure"
  | "options"
  | "comment"
  | "parameters"
>;

function argumentsOf(context: ExecutionContext, statement: CreateProcedure | CreateFunction): ArgumentDoc[] {
  let optional = false;
  return statement.parameters.map(({ name, type, mode, default: fallback }) => {
    if (type.kind === "ReturnedTable") throw unsupportedFeature("TABLE argument of a routine");
    const isOutput =
      mode === "OUT" && statement.kind === "CreateProcedure" && statement.language.toUpperCase() === "SQL";
    if (mode && mode !== "IN" && !isOutput) throw unsupportedFeature(`${mode} argument`);
    if (isOutput && fallback) throw unsupportedFeature("DEFAULT of an OUT argument");
    if (optional && !fallback) {
      throw compilationError(
        "001045",
        "42601",
        `Argument '${name.value}' without a default follows arguments with one.`,
      );
    }
    optional ||= fallback !== undefined;
    return {
      name: name.value,
      type: resolveType(type),
      ...(fallback ? { defaultText: sourceText(context, fallback) } : {}),
      ...(isOutput ? { isOutput } : {}),
    };
  });
}

/** Said once the routine's place and the routines there are known. */
function checkSignature(draft: Pick<Shared, "arguments" | "returns">): void {
  const repeated = firstRepeated(draft.arguments);
  if (repeated !== undefined)
    throw new SnowflakeError("001059", "42601", `Argument '${repeated}' repeats in the function signature.`);
  const column = "table" in draft.returns ? firstRepeated(draft.returns.table) : undefined;
  if (column !== undefined)
    throw new SnowflakeError("001059", "42601", `Return signature contains a duplicate column name '${column}'.`);
}

function firstRepeated(named: readonly { name: string }[]): string | undefined {
  const names = named.map(({ name }) => name);
  return names.find((name, i) => names.indexOf(name) < i);
}

/** Results are remembered of functions in SQL that give one value, of values that are none of semi-structured types. */
function checkMemoizable({ language, returns, arguments: parameters }: Shared): void {
  const refuse = (message: string) =>
    new SnowflakeError("001008", "22023", `SQL compilation error: Memoizable ${message}`);
  if (language !== "SQL") throw refuse("function supports only SQL language.");
  if ("table" in returns) throw refuse("keyword only supports Scalar SQL UDF with zero arguments.");
  const { kind } = returns.type;
  if (kind === "VARIANT" || kind === "OBJECT") throw refuse(`function does not support ${kind} return type.`);
  const given = parameters.find(({ type }) => ["ARRAY", "OBJECT", "VARIANT"].includes(type.kind));
  if (given) throw compilationError("002040", "42601", `Unsupported data type '${given.type.kind}'.`);
}

/** Of a property that is said twice the last one counts. */
const lastSaid = (properties: CreateFunction["properties"]): CreateFunction["properties"] =>
  properties.filter(({ name }, i) => !properties.slice(i + 1).some((later) => later.name === name));

function returnsOf(returns: WrittenType | ReturnedTable, notNull: boolean): ProcedureDoc["returns"] {
  if (returns.kind === "ReturnedTable") {
    return { table: returns.columns.map(({ name, type }) => ({ name: name.value, type: resolveType(type) })) };
  }
  return { type: resolveType(returns), nullable: !notNull };
}

function readRoutine(
  context: ExecutionContext,
  kind: "PROCEDURE" | "FUNCTION",
  statement: CreateProcedure | CreateFunction,
): Shared {
  const language = languageOf(statement);
  const properties = new Properties(context, lastSaid(statement.properties));
  const { set } = readParameters(kind, properties);
  const comment = properties.text("COMMENT");
  const strict = properties.has("STRICT") || properties.has("RETURNS NULL ON NULL INPUT");
  properties.take("CALLED ON NULL INPUT");
  const volatile = properties.has("VOLATILE");
  const immutable = properties.has("IMMUTABLE");
  properties.take("COPY GRANTS");
  const options = routineOptions(context, language, kind, properties);
  properties.finish();
  const volatility =
    "volatility" in statement && statement.volatility !== "MEMOIZABLE" ? statement.volatility : undefined;
  return {
    arguments: argumentsOf(context, statement),
    language,
    body: statement.body?.text ?? "",
    returns: returnsOf(statement.returns, statement.returnsNotNull),
    nullInput: strict ? "STRICT" : "CALLED",
    volatility: volatility ?? (volatile ? "VOLATILE" : immutable ? "IMMUTABLE" : undefined),
    secure: statement.secure || undefined,
    options,
    comment,
    parameters: mergeParameters(undefined, { set }),
  };
}

const sameTypes = (a: readonly ArgumentDoc[], b: readonly ArgumentDoc[]): boolean =>
  a.map((x) => x.type.kind).join() === b.map((x) => x.type.kind).join();

/** What is there already is refused before the rest of the statement is read. */
const isPlain = ({ orReplace, orAlter, ifNotExists }: CreateProcedure | CreateFunction): boolean =>
  !orReplace && !orAlter && !ifNotExists;

/** CREATE [OR REPLACE | OR ALTER] PROCEDURE: OR ALTER changes the body in place and keeps grants. */
export function createProcedure(context: ExecutionContext, statement: CreateProcedure): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      const place = resolvePlace(context, statement.name, "CREATE PROCEDURE");
      const draft = {
        ...readRoutine(context, "PROCEDURE", statement),
        executeAs: statement.executeAs ?? ("OWNER" as const),
      };
      const existing = context.catalogue
        .overloads("PROCEDURE", place.schema.id, place.name)
        .find((p) => sameTypes(p.arguments, draft.arguments));
      if (!existing || !isPlain(statement)) {
        checkSignature(draft);
        if (draft.language === "SQL") checkScript(parseBody(draft.body), draft.body);
        if (draft.language === "JAVASCRIPT") checkHandlerSignature({ ...draft, name: place.name });
      }
      return createObject<"PROCEDURE">(context, unit, statement, {
        kind: "PROCEDURE",
        name: place.name,
        container: place.schema,
        privilege: "CREATE PROCEDURE",
        title: "Function",
        existing,
        copyGrants: statement.properties.some((p) => p.name === "COPY GRANTS"),
        draft: () => draft,
        async alter(unit, doc) {
          unit.catalogue.update<ProcedureDoc>(doc, draft);
        },
      });
    },
    { ddl: true },
  );
}

export function createFunction(context: ExecutionContext, statement: CreateFunction): Promise<StatementResult> {
  if (statement.dataMetric) throw unsupportedFeature("CREATE DATA METRIC FUNCTION");
  if (statement.ai) throw unsupportedFeature("CREATE AI FUNCTION");
  if (statement.aggregate) throw unsupportedFeature("CREATE AGGREGATE FUNCTION");
  if (statement.policies.length > 0) throw unsupportedFeature(`${statement.policies[0]?.policyType} POLICY`);
  return context.write(
    async (unit) => {
      const place = resolvePlace(context, statement.name, "CREATE FUNCTION");
      const draft = {
        ...readRoutine(context, "FUNCTION", statement),
        ...(statement.temporary ? { temporary: true } : {}),
        ...(statement.volatility === "MEMOIZABLE" ? { memoizable: true } : {}),
      };
      const existing = context.catalogue
        .overloads("FUNCTION", place.schema.id, place.name)
        .find((f) => sameTypes(f.arguments, draft.arguments));
      if (!existing || !isPlain(statement)) {
        if (statement.volatility === "MEMOIZABLE") checkMemoizable(draft);
        checkSignature(draft);
        if (draft.language === "JAVASCRIPT") checkHandlerSignature({ ...draft, name: place.name });
        checkFunction(context, place.schema, draft);
      }
      return createObject<"FUNCTION">(context, unit, statement, {
        kind: "FUNCTION",
        name: place.name,
        container: place.schema,
        privilege: "CREATE FUNCTION",
        title: "Function",
        existing,
        ...(statement.temporary ? { sessionId: context.session.id } : {}),
        copyGrants: statement.properties.some((p) => p.name === "COPY GRANTS"),
        draft: () => draft,
        async alter(unit, doc) {
          unit.catalogue.update<FunctionDoc>(doc, draft);
        },
      });
    },
    { ddl: true },
  );
}
