import { SnowflakeError } from "../../errors";
import { type JsonNode, ObjectNode } from "../json/node";

/** What an object holds under `state`. */
export function stateOf(node: JsonNode): JsonNode[] {
  const state = node instanceof ObjectNode ? node.entries.get("state") : undefined;
  if (Array.isArray(state)) return state;
  const reason = "First argument of the function must be an object which maps the key 'state' to an array";
  throw new SnowflakeError("100069", "22023", `Invalid parameter value: state. Reason: ${reason}`);
}
