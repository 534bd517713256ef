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

/** Functions that text functions take for operators; the BOOLEAN of BOOLAND or TO_BOOLEAN is a value. */
const TESTS: ReadonlySet<string> = new Set([
  "ARRAY_CONTAINS", "CONTAINS", "ENDSWITH", "EQUAL_NULL", "ILIKE", "LIKE", "REGEXP_LIKE", "RLIKE", "STARTSWITH",
]); // biome-ignore format: one list

function isTestCall(node: Expression): boolean {
  if (node.kind !== "FunctionCall" || node.name.parts.length > 1) return false;
  const name = node.name.parts[0]?.value ?? "";
  return TESTS.has(name) || name.startsWith("IS_");
}

function tests(node: Expression, isTest: (node: Expression) => boolean): boolean {
  if (node.kind === "Parenthesized") return tests(node.expression, isTest);
  if (node.kind === "Unary") return node.operator === "NOT" && tests(node.operand, isTest);
  if (node.kind !== "Binary") return isTest(node);
  if (node.operator === "AND" || node.operator === "OR") return tests(node.left, isTest) || tests(node.right, isTest);
  return COMPARISONS.has(node.operator);
}

const isOperator = ({ kind }: Expression): boolean => PREDICATES.has(kind);

/** Whether an expression tests something; unlike the BOOLEAN of a column, Snowflake converts its answer to nothing else. */
export const isPredicate = (node: Expression | undefined): boolean => node !== undefined && tests(node, isOperator);

/** The same, where the answers of functions are no texts either. */
export const isTest = (node: Expression | undefined): boolean =>
  node !== undefined && tests(node, (inner) => isOperator(inner) || isTestCall(inner));
