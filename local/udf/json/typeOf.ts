import { isElement } from "../xml/print";
import { type JsonNode, NumberNode, TaggedNode, Undefined } from "./node";

const TAGGED_TYPES: Record<TaggedNode["tag"], string> = {
  D: "DOUBLE",
  d: "DATE",
  t: "TIME",
  n: "TIMESTAMP_NTZ",
  l: "TIMESTAMP_LTZ",
  z: "TIMESTAMP_TZ",
  b: "BINARY",
};

/** What TYPEOF says of a value; null where there is none. Source: https://docs.snowflake.com/en/sql-reference/functions/typeof */
export function typeOf(node: JsonNode): string | null {
  if (node instanceof Undefined) return null;
  if (node === null) return "NULL_VALUE";
  if (typeof node === "boolean") return "BOOLEAN";
  if (typeof node === "string") return "VARCHAR";
  if (node instanceof NumberNode) return node.text.includes(".") ? "DECIMAL" : "INTEGER";
  if (node instanceof TaggedNode) return TAGGED_TYPES[node.tag];
  if (Array.isArray(node)) return "ARRAY";
  return isElement(node) ? "XML" : "OBJECT";
}
