import type {
  CommonTableExpression,
  ExpressionAlias,
  ForUpdate,
  ModelAlias,
  OrderBy,
  Query,
  QueryBody,
  SetOperation,
  WithClause,
} from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseDirection, parseOrderItem } from "../expressions/windows";
import { parseLimit } from "./limit";
import { isClauseWord, isQueryStart } from "./queryStart";
import { parseSelect } from "./select";
import { parseValues } from "./values";

/** A whole query; `left` is its first operand when that has been read already. */
export function parseQuery(cursor: Cursor, left?: QueryBody): Query {
  cursor.enter();
  const start = left?.span.start ?? cursor.start;
  const query: Query = { kind: "Query", body: undefined as unknown as QueryBody, span: { start, end: start } };
  if (left === undefined && cursor.is("WITH")) query.with = parseWith(cursor);
  query.body = parseSetOperations(cursor, left);
  if (cursor.is("ORDER")) query.orderBy = parseOrderBy(cursor);
  const limit = parseLimit(cursor);
  if (limit !== undefined) query.limit = limit;
  if (cursor.isSequence("FOR", "UPDATE")) query.forUpdate = parseForUpdate(cursor);
  query.span = cursor.span(start);
  cursor.leave();
  return query;
}

/** https://docs.snowflake.com/en/sql-reference/constructs/with */
function parseWith(cursor: Cursor): WithClause {
  const { start } = cursor;
  cursor.expect("WITH");
  const recursive = cursor.is("RECURSIVE") && cursor.peek().keyword !== "AS" && cursor.peek().keyword !== "(";
  if (recursive) cursor.next();
  const tables: CommonTableExpression[] = [];
  const models: ModelAlias[] = [];
  const expressions: ExpressionAlias[] = [];
  do {
    if (cursor.peek().keyword === "AS" && cursor.peek(2).keyword === "MODEL") models.push(parseModelAlias(cursor));
    else if (isExpressionAlias(cursor)) expressions.push(parseExpressionAlias(cursor));
    else tables.push(parseCommonTableExpression(cursor));
  } while (cursor.accept(","));
  return {
    kind: "WithClause",
    recursive,
    tables,
    ...(models.length > 0 && { models }),
    ...(expressions.length > 0 && { expressions }),
    span: cursor.span(start),
  };
}

/** `name AS (` and, behind further parentheses, what begins no query. */
function isExpressionAlias(cursor: Cursor): boolean {
  if (cursor.peek().keyword !== "AS" || cursor.peek(2).keyword !== "(") return false;
  let first = 3;
  while (cursor.peek(first).keyword === "(") first++;
  const { keyword, kind } = cursor.peek(first);
  return keyword !== ")" && kind !== "End" && !/^(SELECT|WITH|VALUES)$/.test(keyword);
}

/** https://docs.snowflake.com/en/sql-reference/functions/decrypt_raw, …/st_hausdorffdistance: their examples. */
function parseExpressionAlias(cursor: Cursor): ExpressionAlias {
  const { start } = cursor;
  const name = cursor.identifier();
  cursor.expect("AS");
  const expression = cursor.parenthesized(() => cursor.expression());
  return { kind: "ExpressionAlias", name, expression, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/commands-model */
function parseModelAlias(cursor: Cursor): ModelAlias {
  const { start } = cursor;
  const name = cursor.identifier();
  cursor.expectSequence("AS", "MODEL");
  const alias: ModelAlias = { kind: "ModelAlias", name, model: cursor.name(), span: { start, end: start } };
  if (cursor.accept("VERSION")) alias.version = cursor.identifier();
  alias.span = cursor.span(start);
  return alias;
}

export function parseCommonTableExpression(cursor: Cursor): CommonTableExpression {
  const { start } = cursor;
  const name = cursor.identifier();
  const columns = cursor.is("(") ? cursor.parenthesizedList(() => cursor.identifier()) : [];
  cursor.expect("AS");
  const query = cursor.parenthesized(() => {
    // VALUES stands in FROM and in INSERT alone.
    if (cursor.is("VALUES")) throw cursor.unexpected();
    return cursor.query();
  });
  return { kind: "CommonTableExpression", name, columns, query, span: cursor.span(start) };
}

/** UNION and EXCEPT from left to right; INTERSECT binds tighter. https://docs.snowflake.com/en/sql-reference/operators-query */
function parseSetOperations(cursor: Cursor, first?: QueryBody): QueryBody {
  const start = first?.span.start ?? cursor.start;
  let left = parseIntersections(cursor, first);
  for (;;) {
    const operatorStart = cursor.start;
    const operator = acceptSetOperator(cursor);
    if (operator === undefined) return left;
    const operatorSpan = cursor.span(operatorStart);
    const right = parseIntersections(cursor);
    left = { kind: "SetOperation", ...operator, operatorSpan, left, right, span: cursor.span(start) };
  }
}

function acceptSetOperator(cursor: Cursor): Pick<SetOperation, "operator" | "all" | "byName"> | undefined {
  if (cursor.accept("UNION")) {
    const all = cursor.acceptAnyOf("ALL", "DISTINCT") === "ALL";
    return { operator: "UNION", all, byName: cursor.acceptSequence("BY", "NAME") };
  }
  if (!cursor.is("MINUS") && !(cursor.is("EXCEPT") && isClauseWord(cursor))) return undefined;
  return { operator: cursor.next().keyword as "MINUS" | "EXCEPT", all: false, byName: false };
}

function parseIntersections(cursor: Cursor, first?: QueryBody): QueryBody {
  const start = first?.span.start ?? cursor.start;
  let left = first ?? parseQueryOperand(cursor);
  while (cursor.is("INTERSECT")) {
    const operatorSpan = cursor.spanOf(cursor.next());
    const right = parseQueryOperand(cursor);
    left = {
      kind: "SetOperation",
      operator: "INTERSECT",
      all: false,
      byName: false,
      operatorSpan,
      left,
      right,
      span: cursor.span(start),
    };
  }
  return left;
}

function parseQueryOperand(cursor: Cursor): QueryBody {
  const { start } = cursor;
  if (cursor.is("SELECT")) return parseSelect(cursor);
  if (cursor.is("VALUES")) return parseValues(cursor);
  if (!cursor.accept("(")) throw cursor.unexpected();
  if (!isQueryStart(cursor)) {
    cursor.is("SELECT");
    if (!cursor.is("(") && !cursor.is("VALUES")) throw cursor.unexpected();
  }
  const query = cursor.query();
  cursor.expect(")");
  return { kind: "ParenthesizedQuery", query, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/constructs/order-by */
export function parseOrderBy(cursor: Cursor): OrderBy {
  const { start } = cursor;
  cursor.expectSequence("ORDER", "BY");
  if (cursor.accept("ALL")) {
    const all = parseDirection(cursor);
    return { kind: "OrderBy", all, items: [], span: cursor.span(start) };
  }
  const items = cursor.list(() => parseOrderItem(cursor));
  return { kind: "OrderBy", items, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/constructs/for-update */
function parseForUpdate(cursor: Cursor): ForUpdate {
  const { start } = cursor;
  cursor.expectSequence("FOR", "UPDATE");
  const nowait = cursor.accept("NOWAIT");
  const wait = !nowait && cursor.accept("WAIT") ? cursor.operand() : undefined;
  return { kind: "ForUpdate", nowait, ...(wait && { wait }), span: cursor.span(start) };
}
