import type { Argument, Expression, FunctionCall, SpreadElement } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";

/**
 * `** [1, 2]` as its elements. What is spread must be an ARRAY constant; anything else stays and is refused where it stands.
 * Source: https://docs.snowflake.com/en/sql-reference/operators-expansion
 */
export function spreadOut<T extends Argument | Expression | SpreadElement>(items: readonly T[]): T[] {
  return items.flatMap((item): T[] =>
    item.kind === "SpreadElement" && item.expression.kind === "ArrayLiteral"
      ? (spreadOut(item.expression.elements) as T[])
      : [item],
  );
}

/** The same call with its constant arrays spread out. */
export function withSpreadArguments(node: FunctionCall): FunctionCall {
  if (!node.args.some((arg) => arg.kind === "SpreadElement")) return node;
  const args = spreadOut(node.args);
  if (args.some((arg) => arg.kind === "SpreadElement")) throw unsupportedFeature("spread operator (**)");
  return { ...node, args };
}
