import { type JsonNode, NumberNode, type ObjectNode, parseDouble, TaggedNode, Undefined } from "./node";

/** How the values that JSON has no notation for are written; the session's output formats. */
export interface TemporalText {
  date(iso: string): string;
  time(iso: string): string;
  timestamp(tag: "n" | "l" | "z", iso: string): string;
}

/** Fifteen digits behind the point and an exponent: `3.000000000000000e+00`. */
export function jsonDouble(text: string): string {
  const value = parseDouble(text);
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  const [mantissa, exponent] = value.toExponential(15).split("e") as [string, string];
  const power = Number(exponent);
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** Text of a scalar without JSON's quotes. */
export function scalarText(node: TaggedNode, formats: TemporalText): string {
  switch (node.tag) {
    case "d":
      return formats.date(node.text);
    case "t":
      return formats.time(node.text);
    case "n":
    case "l":
    case "z":
      return formats.timestamp(node.tag, node.text);
    default:
      return node.text;
  }
}

/**
 * JSON as Snowflake prints it: `indent` blanks per level (0 = all on one line), doubles in exponent form,
 * `undefined` for absent elements.
 */
export function renderJson(node: JsonNode, indent: number, formats: TemporalText, level = 0): string {
  if (node === null) return "null";
  if (typeof node === "string") return JSON.stringify(node);
  if (typeof node === "boolean") return String(node);
  if (node instanceof NumberNode) return node.text;
  if (node instanceof Undefined) return "undefined";
  if (node instanceof TaggedNode) {
    return node.tag === "D" ? jsonDouble(node.text) : JSON.stringify(scalarText(node, formats));
  }
  const isArray = Array.isArray(node);
  const parts = isArray
    ? node.map((item) => renderJson(item, indent, formats, level + 1))
    : [...(node as ObjectNode).entries].map(
        ([key, value]) => `${JSON.stringify(key)}:${indent ? " " : ""}${renderJson(value, indent, formats, level + 1)}`,
      );
  const [open, close] = isArray ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return open + close;
  if (!indent) return open + parts.join(",") + close;
  const pad = `\n${" ".repeat(indent * (level + 1))}`;
  return `${open}${parts.map((p) => pad + p).join(",")}\n${" ".repeat(indent * level)}${close}`;
}
