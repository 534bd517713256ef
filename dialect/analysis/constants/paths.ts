import type { Argument } from "../../ast/index";
import { asJson, asText, type Constant, type Evaluate, NULL, variantConstant } from "./constant";

/** The elements of an array that is written out. */
export function arrayOf(elements: readonly Argument[], evaluate: Evaluate): unknown[] | undefined {
  const values = elements.map((element) => asJson(evaluate(element)));
  return values.includes(undefined) ? undefined : values;
}

/** An object of keys and values in turn; one that is NULL is left out. */
export function objectOf(parts: readonly (Argument | undefined)[], evaluate: Evaluate): object | undefined {
  const entries = new Map<string, unknown>();
  for (let i = 0; i < parts.length; i += 2) {
    const [key, value] = [asText(evaluate(parts[i])), asJson(evaluate(parts[i + 1]))];
    if (key === undefined || value === undefined || entries.has(key)) return undefined;
    if (value !== null) entries.set(key, value);
  }
  return Object.fromEntries(entries);
}

/** `base[0]`, `base['key']`, `base:key`: NULL where there is none. */
export function elementAt(base: Constant | undefined, step: unknown): Constant | undefined {
  if (base?.type !== "variant" || typeof base.value !== "object" || base.value === null) return undefined;
  const isIndex = Array.isArray(base.value) && Number.isInteger(step);
  if (!isIndex && (Array.isArray(base.value) || typeof step !== "string")) return undefined;
  return Object.hasOwn(base.value, step as string)
    ? variantConstant((base.value as Record<string, unknown>)[step as string])
    : NULL;
}

/** The document that a text of strict JSON says; Snowflake reads more than that. */
export function parsedJson(text: string | undefined): Constant | undefined {
  try {
    return text === undefined ? undefined : variantConstant(JSON.parse(text));
  } catch {
    return undefined;
  }
}
