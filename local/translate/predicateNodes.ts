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
const COMPARISONS: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">="]);

/** Functions whose BOOLEAN is an answer as that of an operator is; that of BOOLAND or TO_BOOLEAN is a value. */
const TESTS: ReadonlySet<string> = new Set([
  "ARRAY_CONTAINS", "CONTAINS", "ENDSWITH", "EQUAL_NULL", "ILIKE", "LIKE", "REGEXP_LIKE", "RLIKE", "STARTSWITH",
]); // biome-ignore format: one list

/** Whether an expression tests something; unlike the BOOLEAN of a column, Snowflake converts its answer to nothing else. */
export function isPredicate(node: Expression | undefined): boolean {
  switch (node?.kind) {
    case undefined:
      return false;
    case "Parenthesized":
      return isPredicate(node.expression);
    case "Unary":
      return node.operator === "NOT" && isPredicate(node.operand);
    case "Binary":
      if (node.operator === "AND" || node.operator === "OR") return isPredicate(node.left) || isPredicate(node.right);
      return COMPARISONS.has(node.operator);
    case "FunctionCall": {
      const [name, ...others] = node.name.parts.map(({ value }) => value);
      return others.length === 0 && name !== undefined && (TESTS.has(name) || name.startsWith("IS_"));
    }
    default:
      return PREDICATES.has(node.kind);
  }
}
