import type { Argument } from "../../ast/index";
import { asText, type ConstantOf } from "./constant";
import { constantValue } from "./constantValue";

/**
 * The value of a text expression that is fixed before run time: literals, known variables, and what functions, conditions
 * and paths make of them. A number is given as it is written; a truth value alone is no text.
 */
export function constantText(expression: Argument, constantOf: ConstantOf = () => undefined): string | undefined {
  const value = constantValue(expression, constantOf);
  return value?.type === "boolean" ? undefined : asText(value);
}
