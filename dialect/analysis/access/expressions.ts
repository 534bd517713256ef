import type { Argument, NodeOf } from "../../ast/index";
import { findFunction } from "../../functions/index";
import { parseStatements } from "../../parser/parser";
import { constantText } from "../constants/constantText";
import type { AccessRule, Walk } from "./accessRule";
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
  if (name === "TO_QUERY") return textOfQuery(node, scope, found, walk);
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

/** `TABLE(TO_QUERY('SELECT …', name => value))`: https://docs.snowflake.com/en/sql-reference/functions/to_query */
function textOfQuery(node: NodeOf<"FunctionCall">, scope: Scope, found: Collector, walk: Walk): void {
  const written = argumentOf(node, "SQL");
  const text = written && constantText(written, scope.constantOf);
  const { statements = [], errors = [] } = text === undefined ? {} : parseStatements(text);
  if (text === undefined || errors.length > 0)
    found.cannotTell("The query of TO_QUERY is known at run time only.", node.span, scope);
  for (const statement of statements) walk(statement, { ...scope, tables: new Set(), span: scope.span ?? node.span });
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
