import type { Expression } from "../../../dialect/index";

/**
 * The place that ORDER BY 2 or GROUP BY 2 means, with the text that messages repeat: any number that is written, cut to a
 * whole one; what is computed is no place. Undefined for everything else.
 */
export function placeOf(expression: Expression): { number: number; text: string } | undefined {
  let node = expression;
  while (node.kind === "Parenthesized") node = node.expression;
  if (node.kind === "NumberLiteral") return { number: Math.trunc(Number(node.text)), text: node.text };
  if (node.kind !== "Unary" || node.operator !== "-" || node.operand.kind !== "NumberLiteral") return undefined;
  const { text } = node.operand;
  return { number: -Math.trunc(Number(text)), text: `-${text}` };
}
