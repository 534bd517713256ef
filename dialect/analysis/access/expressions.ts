import type { Argument, NodeOf, Span } from "../../ast/index";
import { findFunction } from "../../functions/index";
import { parseStatements } from "../../parser/parser";
import { constantText } from "../constants/constantText";
import type { AccessRule, Walk } from "./accessRule";
import type { ObjectAction } from "./objectUse";
import { type Collector, partsOfText, type Scope } from "./scope";

/** Schemas of Snowflake's own: their functions are no objects of the user. */
const BUILT_IN: ReadonlySet<string> = new Set(["INFORMATION_SCHEMA", "CORTEX"]);

const functionCall: AccessRule<NodeOf<"FunctionCall">> = (node, scope, found, walk) => {
  const parts = node.name.parts.map(({ value }) => value);
  const name = parts.at(-1) as string;
  for (const argument of node.args) {
    const value = argument.kind === "NamedArgument" ? argument.value : argument;
    if (value.kind === "StageReference") found.stage("READ", value, scope);
  }
  if (name === "INFER_SCHEMA") return stageOf(argumentOf(node, "LOCATION"), scope, found);
  if (name === "TO_QUERY" || name === "SYSTEM$QUERY_REFERENCE")
    return textOfQuery(name, argumentOf(node, "SQL"), node.span, scope, found, walk);
  if (name === "SYSTEM$REFERENCE") return referenced(node, scope, found);
  if (parts.length === 1 && (findFunction(name) !== undefined || name.startsWith("SYSTEM$"))) return;
  if (parts.length > 1 && BUILT_IN.has(parts.at(-2) as string)) return;
  if (parts.length === 3 && parts[0] === "SNOWFLAKE") return;
  found.use("CALL", "FUNCTION", node.name, node.name.span, scope);
};

/** The argument of that name, or the first one where none is named. */
function argumentOf({ args }: NodeOf<"FunctionCall">, name: string): Argument | undefined {
  const named = args.find((argument) => argument.kind === "NamedArgument" && argument.name.value === name);
  if (named?.kind === "NamedArgument") return named.value;
  return args[0]?.kind === "NamedArgument" ? undefined : args[0];
}

/** `INFER_SCHEMA(LOCATION => '@stage/path')` */
function stageOf(location: Argument | undefined, scope: Scope, found: Collector): void {
  const text = location && constantText(location, scope.constantOf);
  if (text === undefined || location === undefined) return;
  const [, mark, stage] = /^@(%?)((?:"(?:[^"]|"")*"|[^/"~])+)/.exec(text) ?? [];
  const name = partsOfText(stage);
  if (name !== undefined) found.use("READ", mark === "%" ? "TABLE STAGE" : "STAGE", name, location.span, scope);
}

/**
 * `TABLE(TO_QUERY('SELECT …', name => value))`, `SYSTEM$QUERY_REFERENCE('SELECT …')`.
 * https://docs.snowflake.com/en/sql-reference/functions/to_query, …/system_query_reference
 */
function textOfQuery(
  name: string,
  written: Argument | undefined,
  span: Span,
  scope: Scope,
  found: Collector,
  walk: Walk,
): void {
  const inner = found.insideText(span, scope);
  const text = written && inner && constantText(written, scope.constantOf);
  const { statements = [], errors = [] } = text === undefined ? {} : parseStatements(text);
  if (text === undefined || errors.length > 0)
    found.cannotTell(`The query of ${name} is known at run time only.`, span, scope);
  for (const statement of statements) walk(statement, inner ?? scope);
}

/** What a reference lets its holder do with rows. */
const REFERENCE_ACTIONS: ReadonlyMap<string, ObjectAction> = new Map([
  ["INSERT", "INSERT"],
  ["UPDATE", "UPDATE"],
  ["DELETE", "DELETE"],
  ["TRUNCATE", "TRUNCATE"],
]);

/**
 * `SYSTEM$REFERENCE('TABLE', 'd.s.t', 'SESSION', 'INSERT')`: what is done through it is done by whoever is handed it.
 * https://docs.snowflake.com/en/sql-reference/functions/system_reference
 */
function referenced({ args, span }: NodeOf<"FunctionCall">, scope: Scope, found: Collector): void {
  const [kind, name, , ...privileges] = args.map((argument) => constantText(argument, scope.constantOf));
  if (kind === undefined) found.cannotTell("What SYSTEM$REFERENCE refers to is known at run time only.", span, scope);
  const type = kind?.toUpperCase().replaceAll("_", " ") ?? "";
  const use = (action: ObjectAction, text = name) => found.use(action, type, partsOfText(text), span, scope);
  if (type === "FUNCTION" || type === "PROCEDURE") use("CALL", name?.replace(/\(.*$/s, ""));
  if (!/(TABLE|VIEW)$/.test(type)) return;
  use("READ");
  for (const privilege of privileges) {
    const action = privilege === undefined ? undefined : REFERENCE_ACTIONS.get(privilege.toUpperCase());
    if (action !== undefined) use(action);
  }
}

const dynamicCall: AccessRule<NodeOf<"DynamicCall">> = (node, scope, found) =>
  found.use("CALL", "FUNCTION", { ...node.function, kind: "IdentifierFunction" }, node.function.span, scope);

const nextValue: AccessRule<NodeOf<"SequenceNextValue">> = (node, scope, found) =>
  found.use("READ", "SEQUENCE", node.sequence, node.sequence.span, scope);

/** `TABLE(model!FORECAST(…))` */
const methodCall: AccessRule<NodeOf<"MethodCall">> = ({ object }, scope, found) => {
  // A model that WITH gave a name to was read there.
  const isLocal = object.kind === "ObjectName" && object.parts.length === 1 && scope.tables.has(object.parts[0]!.value);
  if (!isLocal) found.use("CALL", "INSTANCE", object, object.span, scope);
};

export const expressions = {
  FunctionCall: functionCall,
  DynamicCall: dynamicCall,
  SequenceNextValue: nextValue,
  MethodCall: methodCall,
};
