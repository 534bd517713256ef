import type { NodeOf } from "../../ast/index";
import { findFunction } from "../../functions/index";
import type { AccessRule } from "./accessRule";

/** Schemas of Snowflake's own: their functions are no objects of the user. */
const BUILT_IN: ReadonlySet<string> = new Set(["INFORMATION_SCHEMA", "CORTEX"]);

const functionCall: AccessRule<NodeOf<"FunctionCall">> = (node, scope, found) => {
  const parts = node.name.parts.map(({ value }) => value);
  const name = parts.at(-1) as string;
  if (parts.length === 1 && (findFunction(name) !== undefined || name.startsWith("SYSTEM$"))) return;
  if (parts.length > 1 && BUILT_IN.has(parts.at(-2) as string)) return;
  if (parts.length === 3 && parts[0] === "SNOWFLAKE") return;
  found.use("CALL", "FUNCTION", node.name, node.name.span, scope);
};

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
