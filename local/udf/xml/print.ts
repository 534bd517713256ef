import { type JsonNode, NumberNode, ObjectNode, TaggedNode, Undefined } from "../json/node";
import { jsonDouble } from "../json/render";
import { CONTENT, NAME } from "./parse";

/** Whether an OBJECT is an element, wherever it comes from. */
export const isElement = (node: JsonNode): node is ObjectNode =>
  node instanceof ObjectNode && node.entries.has(CONTENT) && typeof node.entries.get(NAME) === "string";

/** Stored text that may be an element: the keys are sorted. */
export const mayBeElement = (stored: string): boolean =>
  stored.startsWith(`{"${CONTENT}":`) && stored.includes(`"${NAME}":"`);

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What is no element, as it stands in one. */
export function scalar(node: JsonNode): string {
  if (node === null || node instanceof Undefined) return "";
  if (node instanceof NumberNode) return node.text;
  if (node instanceof TaggedNode) return node.tag === "D" ? jsonDouble(node.text) : escaped(node.text);
  return escaped(String(node));
}

/** An element with `indent` blanks per level (0 = all on one line). One that holds no others stays on its line. */
export function printElement({ entries }: ObjectNode, indent: number, level = 0): string {
  const name = entries.get(NAME) as string;
  const attributes = [...entries]
    .filter(([key]) => key.startsWith("@") && key !== NAME)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ` ${key.slice(1)}="${scalar(value).replaceAll('"', "&quot;")}"`)
    .join("");
  const content = entries.get(CONTENT) as JsonNode;
  const items = Array.isArray(content) ? content : [content];
  const pieces = items.map((item) =>
    isElement(item) ? printElement(item, indent, level + 1) : scalar(item as Exclude<JsonNode, ObjectNode>),
  );
  const line = (depth: number) => (indent > 0 ? `\n${" ".repeat(indent * depth)}` : "");
  const isPlain = !Array.isArray(content) && !isElement(content);
  const inner = isPlain ? pieces.join("") : `${pieces.map((piece) => line(level + 1) + piece).join("")}${line(level)}`;
  return `<${name}${attributes}>${inner}</${name}>`;
}
