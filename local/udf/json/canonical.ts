import {
  compareKeys,
  type JsonNode,
  MARK,
  NumberNode,
  ObjectNode,
  significantDigits,
  TaggedNode,
  Undefined,
} from "./node";

const INT64_MAX = "9223372036854775807";

/** May stand as a bare number in stored JSON, so that DuckDB reads and rewrites it without loss. */
export function isPlainNumber(text: string): boolean {
  if (!text.includes(".")) {
    const digits = text[0] === "-" ? text.slice(1) : text;
    return digits.length < 19 || (digits.length === 19 && digits <= INT64_MAX);
  }
  return significantDigits(text) <= 15 && String(Number(text)) === text;
}

const encodeString = (value: string): string =>
  JSON.stringify(value.charCodeAt(0) === 0xe000 ? `${MARK}S${value}` : value);

/** Stored form: no blanks, keys sorted, one spelling for every value. */
export function toCanonical(node: JsonNode): string {
  if (node === null) return "null";
  if (typeof node === "string") return encodeString(node);
  if (typeof node === "boolean") return node ? "true" : "false";
  if (node instanceof NumberNode) return isPlainNumber(node.text) ? node.text : `"${MARK}N${node.text}"`;
  if (node instanceof TaggedNode) return JSON.stringify(`${MARK}${node.tag}${node.text}`);
  if (node instanceof Undefined) return `"${MARK}U"`;
  if (Array.isArray(node)) return `[${node.map(toCanonical).join(",")}]`;
  const keys = [...node.entries.keys()].sort(compareKeys);
  return `{${keys.map((k) => `${JSON.stringify(k)}:${toCanonical(node.entries.get(k) as JsonNode)}`).join(",")}}`;
}

/** The value behind a stored string. */
export function decodeString(value: string): JsonNode {
  if (value.charCodeAt(0) !== 0xe000) return value;
  const text = value.slice(2);
  switch (value[1]) {
    case "S":
      return text;
    case "N":
      return new NumberNode(text);
    case "U":
      return Undefined.value;
    default:
      return new TaggedNode(value[1] as TaggedNode["tag"], text);
  }
}

/** Reads stored JSON. Faster than the parser for users' text: the form is known to be right. */
export function fromCanonical(text: string): JsonNode {
  return HAS_LONG_NUMBER.test(text) ? new Reader(text).value() : wrap(JSON.parse(text));
}

/** Sixteen digits in a row may be a number that a double cannot hold. */
const HAS_LONG_NUMBER = /\d{16}/;

function wrap(value: unknown): JsonNode {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return decodeString(value);
  if (typeof value === "number") return new NumberNode(String(value));
  if (Array.isArray(value)) return value.map(wrap);
  const entries = new Map<string, JsonNode>();
  for (const key of Object.keys(value as object).sort(compareKeys)) {
    entries.set(key, wrap((value as Record<string, unknown>)[key]));
  }
  return new ObjectNode(entries);
}

class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  value(): JsonNode {
    const { text } = this;
    const c = text[this.at];
    if (c === '"') return decodeString(this.string());
    if (c === "{") return this.object();
    if (c === "[") return this.array();
    if (c === "t") {
      this.at += 4;
      return true;
    }
    if (c === "f") {
      this.at += 5;
      return false;
    }
    if (c === "n") {
      this.at += 4;
      return null;
    }
    const start = this.at;
    while (this.at < text.length && /[-+0-9.eE]/.test(text[this.at] as string)) this.at++;
    return new NumberNode(text.slice(start, this.at));
  }

  private string(): string {
    const start = this.at++;
    while (this.text[this.at] !== '"') this.at += this.text[this.at] === "\\" ? 2 : 1;
    this.at++;
    return JSON.parse(this.text.slice(start, this.at)) as string;
  }

  private array(): JsonNode[] {
    const items: JsonNode[] = [];
    this.at++;
    while (this.text[this.at] !== "]") {
      items.push(this.value());
      if (this.text[this.at] === ",") this.at++;
    }
    this.at++;
    return items;
  }

  private object(): ObjectNode {
    const entries = new Map<string, JsonNode>();
    this.at++;
    while (this.text[this.at] !== "}") {
      const key = this.string();
      this.at++;
      entries.set(key, this.value());
      if (this.text[this.at] === ",") this.at++;
    }
    this.at++;
    return new ObjectNode(entries);
  }
}
