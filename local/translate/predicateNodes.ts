import type { Expression } from "../../dialect/index";

const PREDICATES: ReadonlySet<Expression["kind"]> = new Set([
  "Between",
  "In",
  "Like",
  "IsNull",
  "IsDistinctFrom",
  "Exists",
  "QuantifiedComparison",
]);
const CONNECTIVES: ReadonlySet<string> = new Set(["AND", "OR", "=", "<>", "<", "<=", ">", ">="]);

/** Whether an expression tests something; unlike the BOOLEAN of a column, Snowflake converts its answer to nothing else. */
export function isPredicate(node: Expression | undefined): boolean {
  if (node?.kind === "Parenthesized") return isPredicate(node.expression);
  if (node?.kind === "Unary") return node.operator === "NOT" && isPredicate(node.operand);
  if (node?.kind === "Binary") return CONNECTIVES.has(node.operator);
  return node !== undefined && PREDICATES.has(node.kind);
}
