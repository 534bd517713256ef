import type { Binary } from "../../../dialect/index";
import type { Binder } from "../binder";
import { type Bound, bound } from "../bound";
import { asText } from "../conversion/cast";
import { concat, isNoText } from "./arithmetic";

/**
 * Texts joined by the engine's `||`, in pairs: the time it takes to plan operators within one another grows with the cube of their depth,
 * and beyond a thousand it refuses them.
 */
export function joinedTexts(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join();
  const half = texts.length >> 1;
  return `(${joinedTexts(texts.slice(0, half))} || ${joinedTexts(texts.slice(half))})`;
}

/** `a || b || c …`, read from left to right. */
export function concatenation(binder: Binder, node: Binary): Bound {
  const operators = [node];
  for (let { left } = node; left.kind === "Binary" && left.operator === "||"; { left } = left) operators.unshift(left);
  const operands = [binder.expression((operators[0] as Binary).left)];
  const all = operators.reduce((left, operator) => {
    const right = binder.expression(operator.right);
    operands.push(right);
    return concat(binder, left, right, operator);
  }, operands[0] as Bound);
  return inPairs(binder, operands, all);
}

/** CONCAT */
export const concatenated = (binder: Binder, operands: readonly [Bound, ...Bound[]]): Bound =>
  inPairs(
    binder,
    operands,
    operands.slice(1).reduce((left, right) => concat(binder, left, right), operands[0]),
  );

/** `all`, which is the operands joined from left to right. */
function inPairs(binder: Binder, operands: readonly Bound[], all: Bound): Bound {
  if (operands.length < 3 || operands.some(({ type }) => isNoText(type))) return all;
  return bound(joinedTexts(operands.map((operand) => asText(operand, binder.settings))), all.type, all.nullable);
}
