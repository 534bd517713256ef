import { failedToCastVariant } from "../../errors";
import { decimalFromText } from "../numeric/decimal";
import { fromCanonical, toCanonical } from "./canonical";
import { type JsonNode, NumberNode, parseDouble, TaggedNode, Undefined } from "./node";

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

/** How a VARIANT compares with a number; null for JSON null. */
export function compareWithNumber(stored: string, number: string): number | null {
  const node = fromCanonical(stored);
  if (node === null || node instanceof Undefined) return null;
  if (node instanceof NumberNode) return compareDecimals(node.text, number);
  if (node instanceof TaggedNode && node.tag === "D") {
    const value = parseDouble(node.text);
    if (!Number.isFinite(value)) return Number.isNaN(value) || value > 0 ? 1 : -1;
    return compareDecimals(plainDouble(node.text), number);
  }
  if (typeof node === "boolean") return compareDecimals(node ? "1" : "0", number);
  const text = typeof node === "string" ? decimalFromText(node) : null;
  if (text === null) throw failedToCastVariant(typeof node === "string" ? JSON.stringify(node) : stored, "FIXED");
  return compareDecimals(text, number);
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

/** Text whose order is that of VARIANT values: by kind, then by value. Equal values have equal keys. */
export function keyOf(node: JsonNode): string {
  if (node === null || node instanceof Undefined) return "9";
  if (node instanceof NumberNode) return `1${numberKey(node.text)}`;
  if (node instanceof TaggedNode && node.tag === "D") {
    const value = parseDouble(node.text);
    if (!Number.isFinite(value)) return value < 0 ? "10" : Number.isNaN(value) ? "14" : "13";
    return `1${numberKey(plainDouble(node.text))}`;
  }
  if (typeof node === "boolean") return node ? "31" : "30";
  if (typeof node === "string") return `2${node}`;
  if (node instanceof TaggedNode) return `4${node.tag}${node.text}`;
  return `${Array.isArray(node) ? 5 : 6}${toCanonical(node)}`;
}

export const variantKey = (stored: string): string => keyOf(fromCanonical(stored));
