import { z } from "zod";
import { isObject, type Json } from "../plan/findings";
import type { Tool } from "./tool";

/** As much of a JSON schema as says what kind of value may stand in a place. */
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
}

const schemas = new WeakMap<Tool, Schema>();

/**
 * Arguments as they were meant. Clients that write every value as text send `"5"` for 5 and `"[\"order.placed\"]"` for a list, and
 * some send null for what they leave out. A text is read as JSON only where no text may stand and the JSON is what may; no digit of
 * a number is lost by it. All else stays as it is, to be refused with what was found.
 */
export function meantArguments(tool: Tool, args: unknown): unknown {
  let schema = schemas.get(tool);
  if (schema === undefined) {
    schema = z.toJSONSchema(tool.input, { io: "input", unrepresentable: "any" }) as Schema;
    schemas.set(tool, schema);
  }
  // A null inside what a tool explains itself, such as a plan, is part of what it explains.
  return meant(args ?? {}, schema, tool.accepts === tool.input ? Number.POSITIVE_INFINITY : 1);
}

/** @param dropping how many levels deep a null is left out */
function meant(value: unknown, schema: Schema, dropping: number): unknown {
  const choices = schema.anyOf ?? [schema];
  // Where anything may stand, or a text, a text is what was meant.
  const given = typeof value === "string" && choices.every(takesNoText) ? decoded(value, choices) : value;
  const chosen = choices.find((choice) => takes(choice, given));
  if (chosen === undefined) return given;
  if (Array.isArray(given))
    return chosen.items ? given.map((item) => meant(item, chosen.items as Schema, dropping - 1)) : given;
  return isObject(given) ? meantObject(given, chosen, dropping) : given;
}

function meantObject(given: Json, { properties = {}, required = [] }: Schema, dropping: number): Json {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]): [string, unknown][] => {
      const place = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (place === undefined) return [[key, value]];
      const isLeftOut = value === null && !required.includes(key) && dropping > 0;
      return isLeftOut ? [] : [[key, meant(value, place, dropping - 1)]];
    }),
  );
}

const kindsOf = ({ type }: Schema): string[] => (type === undefined ? [] : [type].flat());

const takesNoText = (schema: Schema) => kindsOf(schema).length > 0 && !kindsOf(schema).includes("string");

const takes = (schema: Schema, value: unknown): boolean =>
  kindsOf(schema).some((kind) => {
    if (kind === "array") return Array.isArray(value);
    if (kind === "object") return isObject(value);
    return kind === "integer" ? Number.isInteger(value) : typeof value === kind;
  });

/** The value a JSON text stands for, if it is one that may stand here; the text otherwise. */
function decoded(text: string, choices: readonly Schema[]): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (!choices.some((choice) => takes(choice, value))) return text;
    return typeof value === "number" && !isExact(text) ? text : value;
  } catch {
    return text;
  }
}

/** Whether a double holds every digit of a number: it does of 15. */
function isExact(text: string): boolean {
  const [digits = ""] = text.split(/e/i);
  return digits.replace(/\D/g, "").replace(/^0+/, "").length <= 15;
}
