import type { Call, FunctionCall, TableFunction } from "../../dialect/index";
import type { Source } from "./act";
import { type AnyNode, allNodes } from "./children";
import type { Scope } from "./scope";

/**
 * Functions of Snowflake's own that do something wherever they stand: in a query, a condition, a RETURN. Each counts as the
 * CALL that says the same. https://docs.snowflake.com/en/sql-reference/functions-system
 */
const ACTING: ReadonlySet<string> = new Set([
  "EXECUTE_AI_EVALUATION",
  "SYSTEM$CREATE_EVALUATION_DATASET",
  "SYSTEM$MANAGE_SEMANTIC_VIEW_MATERIALIZATIONS_FROM_YAML",
  "SYSTEM$SCHEDULE_ASYNC_REPLICATION_GROUP_REFRESH",
]);

/** The CALL that a function stands for; undefined for those that only answer. */
export function actingCall(node: AnyNode): Call | undefined {
  if (node.kind !== "FunctionCall" || !ACTING.has(node.name.parts.at(-1)?.value ?? "")) return undefined;
  return asCall(node);
}

const asCall = ({ name, args, span }: FunctionCall): Call => ({
  kind: "Call",
  procedure: name,
  args: args as Call["args"],
  span,
});

/**
 * The CALL of a procedure in `TABLE(…)`. Functions are written so as well; those of Snowflake's own stand there by one name.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-selecting-from
 */
function procedureCall(node: AnyNode): Call | undefined {
  const { kind, wrapped, call } = node as unknown as TableFunction;
  if (kind !== "TableFunction" || !wrapped || call.kind !== "FunctionCall") return undefined;
  return call.name.parts.length > 1 || call.args.some(isLongText) ? asCall(call) : undefined;
}

/** An argument that may be a statement; arguments of Snowflake's own table functions are shorter. */
const isLongText = (argument: FunctionCall["args"][number]): boolean =>
  argument.kind === "ObjectLiteral" || (argument.kind === "StringLiteral" && /\s/.test(argument.value));

/** The same of everything in a query. Queries are many and large: where the text names none, only one that was put together can. */
export function actingCallsIn(query: AnyNode, { source, spanInSource }: Scope): Call[] {
  if (spanInSource === undefined && !namesOne(source)) return [];
  return allNodes(query).flatMap((node) => actingCall(node) ?? procedureCall(node) ?? []);
}

const NAMES =
  /AI_EVALUATION|EVALUATION_DATASET|MATERIALIZATIONS_FROM_YAML|SCHEDULE_ASYNC|\bTABLE\s*\(\s*(?!(?:FLATTEN|RESULT_SCAN|GENERATOR|SPLIT_TO_TABLE|INFER_SCHEMA)\b)["\w$.]+\s*\(/i;
const known = new WeakMap<Source, boolean>();

/** A text is asked for by each of its queries. */
function namesOne(source: Source): boolean {
  const found = known.get(source) ?? NAMES.test(source.text);
  known.set(source, found);
  return found;
}
