import type { Argument } from "../../ast/index";

/**
 * A value that is known before run time. What a variable holds is known as a text: whether it is a number or a text that
 * looks like one is not.
 */
export type Constant =
  | { type: "text" | "number" | "variable"; text: string }
  | { type: "boolean"; value: boolean }
  | { type: "variant"; value: unknown }
  | typeof NULL;

export const NULL = { type: "null" } as const;

/** The text of a variable that is known before run time; session variables are asked for with their `$`, all in upper case. */
export type ConstantOf = (variable: string) => string | undefined;

/** The value of a part of an expression. */
export type Evaluate = (part: Argument | undefined) => Constant | undefined;

export const textConstant = (text: string | undefined): Constant | undefined =>
  text === undefined ? undefined : { type: "text", text };

export const booleanConstant = (value: boolean | undefined): Constant | undefined =>
  value === undefined ? undefined : { type: "boolean", value };

/** `007` and `1e2` become other texts than were written. */
export const numberConstant = (text: string): Constant | undefined =>
  /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d+)$/.test(text) ? { type: "number", text } : undefined;

/** What lies in a value of a semi-structured type; undefined there is known as little as undefined itself. */
export function variantConstant(value: unknown): Constant | undefined {
  if (value === undefined) return undefined;
  return value === null ? NULL : { type: "variant", value };
}

/** The value where a text is asked for; undefined for NULL and for what is written in ways of its own. */
export function asText(constant: Constant | undefined): string | undefined {
  switch (constant?.type) {
    case "text":
    case "number":
    case "variable":
      return constant.text;
    case "boolean":
      return String(constant.value);
    case "variant":
      if (typeof constant.value === "string") return constant.value;
      return typeof constant.value === "boolean" || Number.isSafeInteger(constant.value)
        ? String(constant.value)
        : undefined;
    default:
      return undefined;
  }
}

/** The value as JSON has it; undefined where it is not known, or known with less than its digits. */
export function asJson(constant: Constant | undefined): unknown {
  switch (constant?.type) {
    case "null":
      return null;
    case "boolean":
    case "variant":
      return constant.value;
    case "text":
      return constant.text;
    case "number":
      return Number.isSafeInteger(Number(constant.text)) ? Number(constant.text) : undefined;
    default:
      return undefined;
  }
}

const LOOKS_LIKE_A_NUMBER = /^\s*[+-]?\.?\d/;

/** Whether two values are equal; undefined where that depends on types that are not known. NULL equals nothing. */
export function equal(one: Constant, other: Constant): boolean | undefined {
  if (one.type === "null" || other.type === "null") return false;
  if (one.type === "number" && other.type === "number") return Number(one.text) === Number(other.text);
  if (one.type === "boolean" && other.type === "boolean") return one.value === other.value;
  const [a, b] = [one, other].map((side) =>
    side.type === "text" || (side.type === "variable" && !LOOKS_LIKE_A_NUMBER.test(side.text)) ? side.text : undefined,
  );
  return a === undefined || b === undefined ? undefined : a === b;
}

/** Whether a condition holds: NULL is not true. */
export const truth = (value: Constant): boolean | undefined =>
  value.type === "boolean" ? value.value : value.type === "null" ? false : undefined;
