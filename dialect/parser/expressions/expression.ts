import type { Binary, Expression, UnaryOperator } from "../../ast/index";
import type { Cursor } from "../cursor";
import { RESERVED } from "../keywords";
import { ADDITIVE, BINARY_OPERATORS, COMPARISON, NOT, NULL_TEST, OR, PREDICATES, UNARY } from "./operators";
import { parsePostfix } from "./postfix";
import { isNullTest, isQuantified, parseNullTest, parsePredicate, parseQuantifiedComparison } from "./predicates";
import { parsePrimary } from "./primary";

/** Operators by precedence climbing: a chain of any length costs one level of the stack. */
export function parseExpression(cursor: Cursor): Expression {
  cursor.enter();
  const expression = parseOperators(cursor, OR);
  cursor.leave();
  return expression;
}

/** What may stand beside a predicate: arithmetic, no predicate and no AND. */
export const parseOperand = (cursor: Cursor): Expression => parseSide(cursor, ADDITIVE);

/** What a comparison or a LIKE compares with: arithmetic, or whether something is NULL. */
export const parseComparand = (cursor: Cursor): Expression => parseSide(cursor, NULL_TEST);

function parseSide(cursor: Cursor, minimum: number): Expression {
  cursor.enter();
  const operand = parseOperators(cursor, minimum);
  cursor.leave();
  return operand;
}

/** An operand of everything that binds tighter than `minimum`. */
function parseOperators(cursor: Cursor, minimum: number): Expression {
  const { start } = cursor;
  let left = parsePrefix(cursor, minimum);
  for (;;) {
    const { keyword } = cursor.token;
    const binary = BINARY_OPERATORS.get(keyword);
    if (binary !== undefined) {
      if (binary.precedence < minimum) return left;
      if (binary.precedence >= closedTo(left)) throw cursor.unexpected();
      cursor.next();
      if (binary.precedence === COMPARISON && isQuantified(cursor))
        left = parseQuantifiedComparison(cursor, left, binary.operator, start);
      else
        left = {
          kind: "Binary",
          operator: binary.operator,
          left,
          right: parseOperators(cursor, binary.precedence + 1),
          span: cursor.span(start),
        } satisfies Binary;
    } else if (PREDICATES.has(keyword) && minimum <= NULL_TEST) {
      const nullTest = isNullTest(cursor);
      if (keyword === "IS" && isClosedToIs(left, nullTest)) {
        if (minimum > COMPARISON) return left;
        throw cursor.unexpected();
      }
      if (minimum > COMPARISON && !nullTest) return left;
      const predicate = nullTest ? parseNullTest(cursor, left, start) : parsePredicate(cursor, left, start);
      if (predicate === undefined) return left;
      left = predicate;
    } else {
      if (minimum <= COMPARISON) cursor.isAnyOf(PREDICATES);
      return left;
    }
  }
}

/** Of what is compared the last operand is asked whether it is NULL; what ends as another predicate needs parentheses around it. */
function isClosedToIs(left: Expression, nullTest: boolean): boolean {
  if (closedTo(left) <= ADDITIVE || left.kind === "IsDistinctFrom") return true;
  const isCompared = left.kind === "Binary" && BINARY_OPERATORS.get(left.operator)?.precedence === COMPARISON;
  return nullTest && (isCompared || ENDS_AS_PREDICATE.has(left.kind));
}

const ENDS_AS_PREDICATE: ReadonlySet<string> = new Set(["Between", "Like", "QuantifiedComparison"]);

/** The precedence from which on no operator follows a predicate that has no parentheses around it. */
function closedTo(left: Expression): number {
  if (left.kind === "Exists") return COMPARISON;
  const isClosed = left.kind === "IsNull" || left.kind === "In" || (left.kind === "Like" && left.escape !== undefined);
  return isClosed ? ADDITIVE : Number.POSITIVE_INFINITY;
}

function parsePrefix(cursor: Cursor, minimum: number): Expression {
  const { start } = cursor;
  const { keyword } = cursor.token;
  // `a + NOT b` is no expression: NOT binds looser than what stands before it.
  if (keyword === "NOT" && minimum <= NOT) return unary(cursor, start, "NOT", NOT);
  if (keyword === "-" || keyword === "+") return unary(cursor, start, keyword, UNARY);
  if (isHierarchyOperator(cursor)) return unary(cursor, start, keyword as UnaryOperator, UNARY);
  return parsePostfix(cursor, parsePrimary(cursor), start);
}

function unary(cursor: Cursor, start: number, operator: UnaryOperator, precedence: number): Expression {
  cursor.next();
  cursor.enter();
  const operand = parseOperators(cursor, precedence);
  cursor.leave();
  return { kind: "Unary", operator, operand, span: cursor.span(start) };
}

/** `PRIOR column` in CONNECT BY and `CONNECT_BY_ROOT column` are operators only in front of a name. */
function isHierarchyOperator(cursor: Cursor): boolean {
  const { keyword } = cursor.token;
  if (keyword !== "CONNECT_BY_ROOT" && !(keyword === "PRIOR" && cursor.inConnectBy)) return false;
  const next = cursor.peek();
  return (
    next.kind === "QuotedIdentifier" ||
    (next.kind === "Word" &&
      !RESERVED.has(next.keyword) &&
      !BINARY_OPERATORS.has(next.keyword) &&
      !PREDICATES.has(next.keyword))
  );
}
