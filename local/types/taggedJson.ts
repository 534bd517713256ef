import { zoneOffset } from "../udf/datetime/zone";
import { fromCanonical } from "../udf/json/canonical";
import { isElement, mayBeElement, printElement } from "../udf/xml/print";

/**
 * Semi-structured values as stored: canonical JSON text without blanks, keys sorted, in which a string that begins with
 * U+E000 stands for what JSON cannot say. The letter after it tells what follows:
 * `D` double, `N` exact number of many digits, `U` undefined (SQL NULL inside an ARRAY), `d` DATE, `t` TIME,
 * `n` `l` `z` TIMESTAMP_NTZ, LTZ, TZ, `b` BINARY in hex, `S` a string that itself begins with U+E000.
 */
export const TAG = "\uE000";

/** A double as Snowflake prints it inside JSON: `3.000000000000000e+00`. The infinities are stored as `inf` and `-inf`. */
export function printDouble(text: string): string {
  const value = Number(text.replace(/inf$/, "Infinity"));
  return !Number.isFinite(value) ? String(value) : value.toExponential(15).replace(/e([+-])(\d)$/, "e$10$2");
}

/** Milliseconds and offset of an instant, on the clock of a zone. */
function printInstant(text: string, zone: string): string {
  const millis = Date.parse(text.replace(/(\.\d{3})\d* Z$/, "$1Z").replace(" ", "T"));
  if (Number.isNaN(millis)) return text;
  const offset = zoneOffset(BigInt(millis) * 1000n, zone);
  const wall = new Date(millis + offset * 60_000).toISOString().replace("T", " ").replace("Z", "");
  const minutes = Math.abs(offset);
  const sign = offset < 0 ? "-" : "+";
  const digits = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${wall} ${sign}${digits(minutes / 60)}${digits(minutes % 60)}`;
}

function printTagged(content: string, zone: string): string {
  const rest = content.slice(2);
  switch (content[1]) {
    case "D":
      return printDouble(rest);
    case "N":
      return rest;
    case "U":
      return "undefined";
    case "t":
      return JSON.stringify(rest.replace(/\.\d+$/, ""));
    case "l":
      return JSON.stringify(printInstant(rest, zone));
    case "n":
    case "z":
      // Timestamps show milliseconds, as TO_JSON writes them.
      return JSON.stringify(rest.replace(/(\.\d{3})\d+/, "$1"));
    default:
      return JSON.stringify(rest);
  }
}

/** Prints stored text as a client sees it. `indent` blanks per level, 0 = one line; instants are on the clock of `zone`. */
export function renderTagged(stored: string, indent = 2, zone = "UTC"): string {
  if (mayBeElement(stored)) {
    const node = fromCanonical(stored);
    if (isElement(node)) return printElement(node, indent);
  }
  const out: string[] = [];
  let depth = 0;
  let i = 0;
  const line = () => {
    if (indent > 0) out.push("\n", " ".repeat(depth * indent));
  };
  while (i < stored.length) {
    const c = stored[i] as string;
    switch (c) {
      case "{":
      case "[":
        if (stored[i + 1] === (c === "{" ? "}" : "]")) {
          out.push(c, stored[i + 1] as string);
          i += 2;
          continue;
        }
        depth++;
        out.push(c);
        line();
        break;
      case "}":
      case "]":
        depth--;
        line();
        out.push(c);
        break;
      case ",":
        out.push(c);
        line();
        break;
      case ":":
        out.push(indent > 0 ? ": " : ":");
        break;
      case '"': {
        let end = i + 1;
        while (stored[end] !== '"') end += stored[end] === "\\" ? 2 : 1;
        const literal = stored.slice(i, end + 1);
        const isTagged = literal[1] === TAG || literal.startsWith('"\\ue000');
        out.push(isTagged ? printTagged(JSON.parse(literal) as string, zone) : literal);
        i = end + 1;
        continue;
      }
      default: {
        let end = i + 1;
        while (end < stored.length && !",]}".includes(stored[end] as string)) end++;
        out.push(stored.slice(i, end));
        i = end;
        continue;
      }
    }
    i++;
  }
  return out.join("");
}

/** JSON text as a client sees it (any blanks, `undefined`, doubles with exponent) → stored text. The text must be valid. */
export function tagJson(text: string): string {
  let i = 0;
  const skip = () => {
    while (/\s/.test(text[i] ?? "")) i++;
  };
  const value = (): string => {
    skip();
    const c = text[i];
    if (c === "{") {
      const entries: [string, string][] = [];
      i++;
      for (skip(); text[i] !== "}"; skip()) {
        const key = JSON.parse(string()) as string;
        skip();
        i++;
        entries.push([key, value()]);
        skip();
        if (text[i] === ",") i++;
        skip();
      }
      i++;
      entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${v}`).join(",")}}`;
    }
    if (c === "[") {
      const items: string[] = [];
      i++;
      for (skip(); text[i] !== "]"; skip()) {
        items.push(value());
        skip();
        if (text[i] === ",") i++;
        skip();
      }
      i++;
      return `[${items.join(",")}]`;
    }
    if (c === '"') {
      const literal = string();
      return JSON.stringify(escapeTag(JSON.parse(literal) as string));
    }
    const start = i;
    while (i < text.length && !/[\s,\]}]/.test(text[i] as string)) i++;
    return tagScalar(text.slice(start, i));
  };
  const string = (): string => {
    const start = i++;
    while (text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
    return text.slice(start, ++i);
  };
  return value();
}

const escapeTag = (s: string): string => (s.startsWith(TAG) ? `${TAG}S${s}` : s);

function tagScalar(text: string): string {
  if (text === "true" || text === "false" || text === "null") return text;
  if (text === "undefined") return `"${TAG}U"`;
  if (/^-?\d+(\.\d+)?$/.test(text)) return tagDecimal(text);
  const value = text === "NaN" ? Number.NaN : Number(text);
  return `"${TAG}D${String(value)}"`;
}

/** A fixed-point number: plain when every JSON reader keeps it exactly, else tagged. */
export function tagDecimal(text: string): string {
  const plain = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  const digits = plain.replace(/[-.]/g, "").replace(/^0+/, "");
  if (!plain.includes(".")) {
    const value = BigInt(plain);
    if (value >= -(2n ** 63n) && value < 2n ** 63n) return String(value);
  } else if (digits.length <= 15) return plain;
  return digits.length <= 38 ? `"${TAG}N${plain}"` : `"${TAG}D${String(Number(plain))}"`;
}
