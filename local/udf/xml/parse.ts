import { SaxesParser } from "saxes";
import { type JsonNode, NumberNode, ObjectNode, TaggedNode } from "../json/node";

/** An element as it stands in a VARIANT: `$` its content, `@` its name, `@x` an attribute, `x` where elements of that name are. */
export const CONTENT = "$";
export const NAME = "@";

const MAX_DIGITS = 38;

/** A number or truth value where printing it gives the same text again. Source: …/functions/parse_xml */
function converted(text: string): JsonNode {
  if (text === "true" || text === "false") return text === "true";
  if (!/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return text;
  if (/e/i.test(text)) return new TaggedNode("D", String(Number(text)));
  if (text.replace(/[-.]/g, "").length > MAX_DIGITS) return new TaggedNode("D", String(Number(text)));
  const plain = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return new NumberNode(plain === "-0" ? "0" : plain);
}

interface Open {
  entries: Map<string, JsonNode>;
  items: JsonNode[];
  text: string;
}

/** The content of an element: nothing, one item as it is, or all items in their order; with the places of the elements in it. */
function finished({ entries, items }: Open): ObjectNode {
  const places = new Map<string, number[]>();
  items.forEach((item, place) => {
    const name = item instanceof ObjectNode ? item.entries.get(NAME) : undefined;
    if (typeof name === "string") places.set(name, [...(places.get(name) ?? []), place]);
  });
  entries.set(CONTENT, items.length === 0 ? "" : items.length === 1 ? (items[0] as JsonNode) : items);
  for (const [name, found] of places) {
    const nodes = found.map((place) => new NumberNode(String(place)));
    entries.set(name, nodes.length === 1 ? (nodes[0] as JsonNode) : nodes);
  }
  return new ObjectNode(entries);
}

/** What is wrong, in Snowflake's words where they are known. Source: …/functions/check_xml */
function complaint(found: string, read: string, open: readonly Open[]): string {
  const message = found.replace(/^\d+:\d+: /, "").replace(/\.$/, "");
  if (message.startsWith("unexpected close tag")) return `no opening tag for ${/<\/[^<>]*>$/.exec(read)?.[0] ?? ""}`;
  if (message.startsWith("unclosed tag"))
    return `missing closing tags: ${[...open]
      .reverse()
      .map(({ entries }) => `</${String(entries.get(NAME))}>`)
      .join("")}`;
  if (message.startsWith("disallowed character in tag name"))
    return `bad character in XML tag name: '${read.slice(-1)}'`;
  return message;
}

/** The outermost element of a document; undefined for a text without any. Error: a message with a place. */
export function parseXml(text: string, keepsText: boolean): ObjectNode | undefined {
  if (text.trim() === "") return undefined;
  const value = (found: string): JsonNode => (keepsText ? found : converted(found));
  const parser = new SaxesParser();
  const open: Open[] = [];
  let root: ObjectNode | undefined;
  parser.on("error", (error) => {
    throw new Error(`${complaint(error.message, text.slice(0, parser.position), open)}, pos ${parser.position}`);
  });
  const endText = () => {
    const top = open.at(-1);
    const found = top?.text.trim();
    if (top && found) top.items.push(value(found));
    if (top) top.text = "";
  };
  const addText = (found: string) => {
    const top = open.at(-1);
    if (top) top.text += found;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("opentag", ({ name, attributes }) => {
    endText();
    const entries = new Map<string, JsonNode>([[NAME, name]]);
    for (const [key, text] of Object.entries(attributes)) entries.set(`@${key}`, value(text));
    open.push({ entries, items: [], text: "" });
  });
  parser.on("closetag", () => {
    endText();
    const element = finished(open.pop() as Open);
    const outer = open.at(-1);
    if (outer) outer.items.push(element);
    else root = element;
  });
  parser.write(text).close();
  return root;
}
