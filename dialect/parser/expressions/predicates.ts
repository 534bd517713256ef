import type { BinaryOperator, Expression, Like } from "../../ast/index";
import type { Cursor } from "../cursor";
import { isQueryStart } from "../query/queryStart";
import { parseExpressionOrSpread } from "./collections";
import { parsePrimary } from "./primary";
import { acceptRestOfQuery } from "./restOfQuery";

/** `IS [NOT] NULL`, which binds tighter than every other predicate. */
export function parseNullTest(cursor: Cursor, operand: Expression, start: number): Expression {
  const negated = cursor.peek().keyword === "NOT";
  for (let words = negated ? 3 : 2; words > 0; words--) cursor.next();
  return { kind: "IsNull", negated, operand, span: cursor.span(start) };
}

export const isNullTest = (cursor: Cursor): boolean =>
  cursor.token.keyword === "IS" && cursor.peek(cursor.peek().keyword === "NOT" ? 2 : 1).keyword === "NULL";

/** `[NOT] IN | BETWEEN | LIKE …` and `IS DISTINCT FROM` behind an operand; undefined where a NOT begins something else. */
export function parsePredicate(cursor: Cursor, operand: Expression, start: number): Expression | undefined {
  if (cursor.is("IS")) return parseIs(cursor, operand, start);
  const negated = cursor.token.keyword === "NOT";
  const keyword = negated ? cursor.peek().keyword : cursor.token.keyword;
  switch (keyword) {
    case "IN":
      return parseIn(cursor, operand, negated, start);
    case "BETWEEN": {
      if (negated) cursor.next();
      cursor.next();
      const low = cursor.operand();
      cursor.expect("AND");
      const high = cursor.comparand();
      return { kind: "Between", negated, operand, low, high, span: cursor.span(start) };
    }
    case "LIKE":
    case "ILIKE":
    case "RLIKE":
    case "REGEXP":
      if (negated) cursor.next();
      cursor.next();
      return parseLike(cursor, operand, negated, keyword, start);
    default:
      // `DEFAULT 1 NOT NULL`, `DEFAULT 1 NOT ENFORCED`: the NOT belongs to the column.
      if (negated && keyword !== "NULL" && keyword !== "ENFORCED") {
        cursor.next();
        cursor.isAnyOf(["IN", "BETWEEN", "LIKE", "ILIKE", "RLIKE", "REGEXP"]);
        throw cursor.unexpected();
      }
      return undefined;
  }
}

function parseIs(cursor: Cursor, operand: Expression, start: number): Expression {
  const tested = cursor.peek(cursor.peek().keyword === "NOT" ? 2 : 1).keyword;
  // There is no IS TRUE: https://github.com/snowflakedb/snowflake-sqlalchemy/issues/680
  if (tested === "TRUE" || tested === "FALSE") throw cursor.unexpected();
  cursor.next();
  const negated = cursor.accept("NOT");
  cursor.expect("DISTINCT");
  cursor.expect("FROM");
  return { kind: "IsDistinctFrom", negated, left: operand, right: cursor.operand(), span: cursor.span(start) };
}

function parseIn(cursor: Cursor, operand: Expression, negated: boolean, start: number): Expression {
  const operatorStart = cursor.start;
  if (negated) cursor.next();
  cursor.next();
  const operatorSpan = cursor.span(operatorStart);
  cursor.expect("(");
  if (isQueryStart(cursor)) {
    const query = cursor.query();
    cursor.expect(")");
    return { kind: "In", negated, operand, operatorSpan, query, span: cursor.span(start) };
  }
  const first = parseExpressionOrSpread(cursor);
  const query = acceptRestOfQuery(cursor, first);
  if (query !== undefined) {
    cursor.expect(")");
    return { kind: "In", negated, operand, operatorSpan, query, span: cursor.span(start) };
  }
  const list = [first];
  while (cursor.accept(",")) list.push(parseExpressionOrSpread(cursor));
  cursor.expect(")");
  return { kind: "In", negated, operand, operatorSpan, list, span: cursor.span(start) };
}

function parseLike(
  cursor: Cursor,
  operand: Expression,
  negated: boolean,
  operator: Like["operator"],
  start: number,
): Expression {
  const like: Like = { kind: "Like", operator, negated, operand, patterns: [], span: { start, end: start } };
  if (operator === "LIKE" || operator === "ILIKE") {
    const quantifier = cursor.acceptAnyOf("ANY", "ALL", "SOME");
    if (quantifier !== undefined) like.quantifier = quantifier === "ALL" ? "ALL" : "ANY";
  }
  if (like.quantifier === undefined) like.patterns = [cursor.comparand()];
  else {
    cursor.expect("(");
    if (isQueryStart(cursor)) like.query = cursor.query();
    else {
      const first = cursor.expression();
      like.query = acceptRestOfQuery(cursor, first);
      if (like.query === undefined) {
        like.patterns = [first];
        while (cursor.accept(",")) like.patterns.push(cursor.expression());
      }
    }
    cursor.expect(")");
  }
  if ((operator === "LIKE" || operator === "ILIKE") && cursor.accept("ESCAPE"))
    like.escape = cursor.token.kind === "String" ? parsePrimary(cursor) : cursor.operand();
  like.span = cursor.span(start);
  return like;
}

/** `= ANY (SELECT …)`; the cursor stands behind the operator. */
export function isQuantified(cursor: Cursor): boolean {
  const { keyword } = cursor.token;
  return (keyword === "ANY" || keyword === "ALL" || keyword === "SOME") && cursor.peek().keyword === "(";
}

export function parseQuantifiedComparison(
  cursor: Cursor,
  left: Expression,
  operator: BinaryOperator,
  start: number,
): Expression {
  const quantifier = cursor.next().keyword === "ALL" ? "ALL" : "ANY";
  const query = cursor.parenthesized(() => cursor.query());
  return { kind: "QuantifiedComparison", operator, quantifier, left, query, span: cursor.span(start) };
}
