import type { Call } from "../../dialect/index";
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
  const { name, args, span } = node;
  return { kind: "Call", procedure: name, args: args as Call["args"], span };
}

/** The same of everything in a query. Queries are many and large: where the text names none, only one that was put together can. */
export function actingCallsIn(query: AnyNode, { source, spanInSource }: Scope): Call[] {
  if (spanInSource === undefined && !namesOne(source)) return [];
  return allNodes(query).flatMap((node) => actingCall(node) ?? []);
}

const NAMES = /AI_EVALUATION|EVALUATION_DATASET|MATERIALIZATIONS_FROM_YAML|SCHEDULE_ASYNC/i;
const known = new WeakMap<Source, boolean>();

/** A text is asked for by each of its queries. */
function namesOne(source: Source): boolean {
  const found = known.get(source) ?? NAMES.test(source.text);
  known.set(source, found);
  return found;
}
