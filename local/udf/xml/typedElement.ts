import { type JsonNode, ObjectNode } from "../json/node";
import { typeOf } from "../json/typeOf";
import { isElement, printElement, scalar } from "./print";

/** Any value as an element that tells its type. Source: https://docs.snowflake.com/en/sql-reference/functions/to_xml */
export function typedElement(node: JsonNode, name = "SnowflakeData"): string {
  const type = typeOf(node) ?? "NULL_VALUE";
  if (type === "NULL_VALUE") return `<${name} type="NULL_VALUE" xsi:nil="true"/>`;
  let inner: string;
  if (isElement(node)) inner = printElement(node, 0);
  else if (Array.isArray(node)) inner = node.map((item) => typedElement(item, "e")).join("");
  else if (node instanceof ObjectNode)
    inner = [...node.entries].map(([key, value]) => typedElement(value, key)).join("");
  else inner = scalar(node);
  return `<${name} type="${type}">${inner}</${name}>`;
}
