import type { PropertyValue } from "../../ast/index";
import type { ValueKinds } from "./propertyTable";

/** True when a value is of one of the kinds. Variables and other expressions are known at run time only and fit everywhere. */
export function fits(value: PropertyValue, kinds: ValueKinds): boolean {
  return kinds.length === 0 || kinds.some((kind) => fitsKind(value, kind));
}

function fitsKind(value: PropertyValue, kind: string): boolean {
  switch (value.kind) {
    case "NumberLiteral":
      return (
        kind === "num" ||
        ((kind === "int" || kind === "nat") && /^[0-9]+$/.test(value.text)) ||
        isWord(value.text, kind)
      );
    case "Unary":
      // `-0` is no less than nothing.
      return kind === "num" || kind === "int" || (kind === "nat" && (value.operator === "+" || isZero(value.operand)));
    case "StringLiteral":
      return fitsString(value.value, kind);
    case "BooleanLiteral":
      return kind === "bool" || kind === "flag" || kind === String(value.value).toUpperCase();
    case "NullLiteral":
      return kind !== "bool" && kind !== "flag";
    case "Keyword":
      return kind === "str" || kind === "name" || isWord(value.value, kind);
    case "ObjectName":
    case "IdentifierFunction":
      return fitsName(value, kind);
    case "PropertyList":
      if (kind === "items") return value.bare === true;
      // `()` is an empty map as well as an empty list.
      return kind === "list" || (kind === "map" && value.items.length === 0);
    case "PropertyMap":
      return kind === "map";
    case "StageReference":
      return kind === "str" || kind === "name";
    default:
      return true;
  }
}

const isZero = (value: PropertyValue): boolean => value.kind === "NumberLiteral" && Number(value.text) === 0;

/** Numbers and booleans may be quoted. */
function fitsString(text: string, kind: string): boolean {
  if (kind === "text" || kind === "str" || kind === "name") return true;
  if (kind === "int" || kind === "num") return /^\s*[+-]?[0-9]+(\.[0-9]+)?\s*$/.test(text);
  if (kind === "nat") return /^\s*[0-9]+\s*$/.test(text);
  if (kind === "bool") return /^\s*(true|false)\s*$/i.test(text);
  return isWord(text, kind);
}

function fitsName(value: Extract<PropertyValue, { kind: "ObjectName" | "IdentifierFunction" }>, kind: string): boolean {
  if (kind === "name" || kind === "str" || value.kind === "IdentifierFunction")
    return kind !== "int" && kind !== "nat" && kind !== "bool" && kind !== "flag";
  const [part] = value.parts;
  if (value.parts.length !== 1 || part === undefined) return false;
  // Double quotes make a string of some properties: `COMMENT = "text"`.
  return kind === "text" ? part.quoted : isWord(part.value, kind);
}

/** `'X-Small'` and XSMALL are one, and so are `SNOWPARK-OPTIMIZED` and `SNOWPARK_OPTIMIZED`. */
const normalize = (text: string): string => text.toUpperCase().replace(/[-_]/g, "");

/** Kinds are written in lower case, words in upper case. */
const isWord = (text: string, kind: string): boolean =>
  kind === kind.toUpperCase() && normalize(text) === normalize(kind);
