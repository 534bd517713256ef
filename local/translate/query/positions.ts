import type { Expression } from "../../../dialect/index";

/** A number as it is repeated: without an exponent, and without zeros that say nothing. */
function plain(text: string): string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? String(value) : text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

/**
 * The place that ORDER BY 2 or GROUP BY 2 means, with the text that messages repeat: any number that is written, cut to a
 * whole one, with its signs and in any parentheses; what is computed is no place. Undefined for everything else.
 */
export function placeOf(expression: Expression): { number: number; text: string } | undefined {
  let node = expression;
  let sign = 1;
  while (node.kind === "Parenthesized" || (node.kind === "Unary" && node.operator === "-")) {
    if (node.kind === "Unary") sign = -sign;
    node = node.kind === "Unary" ? node.operand : node.expression;
  }
  if (node.kind !== "NumberLiteral") return undefined;
  const text = plain(node.text);
  return { number: sign * Math.trunc(Number(text)), text: sign < 0 && text !== "0" ? `-${text}` : text };
}
