import { failedToCastVariant } from "../../errors";
import { decimalFromText } from "../numeric/decimal";
import { fromCanonical } from "./canonical";
import { compareKeys, type JsonNode, NumberNode, ObjectNode, parseDouble, TaggedNode, Undefined } from "./node";

/** Plain decimal text of a finite double. */
const plainDouble = (text: string): string => decimalFromText(String(parseDouble(text))) ?? "0";

/** -1, 0 or 1 for two plain decimal texts, exact for any number of digits. */
export function compareDecimals(a: string, b: string): number {
  const [x, y] = [split(a), split(b)];
  if (x.negative !== y.negative) return x.negative ? -1 : 1;
  const sign = x.negative ? -1 : 1;
  if (x.whole.length !== y.whole.length) return x.whole.length < y.whole.length ? -sign : sign;
  const width = Math.max(x.fraction.length, y.fraction.length);
  const p = x.whole + x.fraction.padEnd(width, "0");
  const q = y.whole + y.fraction.padEnd(width, "0");
  return p === q ? 0 : p < q ? -sign : sign;
}

function split(text: string): { negative: boolean; whole: string; fraction: string } {
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = text.replace("-", "").split(".") as [string, string?];
  const trimmed = { whole: whole.replace(/^0+/, ""), fraction: fraction.replace(/0+$/, "") };
  return { negative: negative && (trimmed.whole !== "" || trimmed.fraction !== ""), ...trimmed };
}

/** The number that a VARIANT is compared as, as plain decimal text; null for JSON null, a double that is none when it is not finite. */
function comparedNumber(stored: string): string | number | null {
  const node = fromCanonical(stored);
  if (node === null || node instanceof Undefined) return null;
  if (node instanceof NumberNode) return node.text;
  if (node instanceof TaggedNode && node.tag === "D") {
    const value = parseDouble(node.text);
    return Number.isFinite(value) ? plainDouble(node.text) : value;
  }
  if (typeof node === "boolean") return node ? "1" : "0";
  // Whatever is made of several values stands behind all numbers.
  if (node instanceof ObjectNode || Array.isArray(node)) return Number.POSITIVE_INFINITY;
  const text = typeof node === "string" ? decimalFromText(node) : null;
  if (text === null) throw failedToCastVariant(typeof node === "string" ? JSON.stringify(node) : stored, "FIXED");
  return text;
}

/** How a VARIANT compares with a number; null for JSON null. */
export function compareWithNumber(stored: string, number: string): number | null {
  const own = comparedNumber(stored);
  if (typeof own === "number") return Number.isNaN(own) || own > 0 ? 1 : -1;
  return own === null ? null : compareDecimals(own, number);
}

/** The number of a VARIANT as the one plain text that equal numbers have. */
export function variantNumber(stored: string): string | null {
  const own = comparedNumber(stored);
  if (own === null || typeof own === "number") return own === null ? null : String(own);
  const { negative, whole, fraction } = split(own);
  return `${negative ? "-" : ""}${whole || "0"}${fraction && `.${fraction}`}`;
}

/** Text whose order as text is the order of the numbers. */
function numberKey(text: string): string {
  const { negative, whole, fraction } = split(text);
  if (whole === "" && fraction === "") return "1";
  const lead = /^0*/.exec(fraction)?.[0].length ?? 0;
  const exponent = whole === "" ? -lead : whole.length;
  const digits = whole === "" ? fraction.slice(lead) : whole + fraction;
  const size = String(exponent + 5000).padStart(4, "0") + digits;
  if (!negative) return `2${size}`;
  // Complement, with an end mark above every digit: longer negative numbers are smaller.
  return `0${[...size].map((d) => String(9 - Number(d))).join("")}~`;
}

/** Ends a key within another one; below all that a longer key goes on with. */
const END = "\u0001\u0001";

const within = (key: string): string =>
  `${key.replace(/[\u0000\u0001]/g, (c) => (c === "\u0000" ? "\u0001\u0002" : "\u0001\u0003"))}${END}`;

/** The name of a member, the other way round: the larger one comes first. */
const reversed = (name: string): string =>
  `${Array.from(Buffer.from(name), (byte) => (255 - byte).toString(16).padStart(2, "0")).join("")}g`;

/** Member by member, or element by element; what has fewer of them comes first. */
const joined = (parts: Iterable<string>): string => `${[...parts].map((part) => `1${part}`).join("")}0`;

/**
 * Text whose order is that of VARIANT values: BOOLEAN, number, text, OBJECT, ARRAY, JSON null, within a kind by value. Equal
 * values have equal keys.
 */
export function keyOf(node: JsonNode): string {
  if (node === null || node instanceof Undefined) return "9";
  if (typeof node === "boolean") return node ? "11" : "10";
  if (node instanceof NumberNode) return `2${numberKey(node.text)}`;
  if (node instanceof TaggedNode && node.tag === "D") {
    const value = parseDouble(node.text);
    if (!Number.isFinite(value)) return value < 0 ? "20" : Number.isNaN(value) ? "24" : "23";
    return `2${numberKey(plainDouble(node.text))}`;
  }
  if (typeof node === "string") return `3${node}`;
  if (node instanceof TaggedNode) return `4${node.tag}${node.text}`;
  if (Array.isArray(node))
    return `6${joined(node.map((item) => within(item instanceof Undefined ? `${keyOf(item)}~` : keyOf(item))))}`;
  const members = [...node.entries].sort(([a], [b]) => compareKeys(a, b));
  return `5${joined(members.map(([name, value]) => reversed(name) + within(keyOf(value))))}`;
}

export const variantKey = (stored: string): string => keyOf(fromCanonical(stored));
