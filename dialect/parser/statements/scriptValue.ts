import type { ScriptValue, StatementValue } from "../../ast/index";
import type { Cursor } from "../cursor";
import { keywordBehindParentheses } from "../lookahead";

/** Words that begin a statement whose result may be taken, besides queries, which are expressions as well. */
const STATEMENT_WORDS: ReadonlySet<string> = new Set([
  "ALTER",
  "CALL",
  "COPY",
  "CREATE",
  "DELETE",
  "DESC",
  "DESCRIBE",
  "DROP",
  "EXECUTE",
  "EXPLAIN",
  "GRANT",
  "INSERT",
  "LIST",
  "LS",
  "MERGE",
  "REMOVE",
  "REVOKE",
  "SHOW",
  "TRUNCATE",
  "UPDATE",
]);

const QUERY_WORDS: ReadonlySet<string> = new Set(["SELECT", "WITH", "VALUES"]);

/** The right side of `:=`: an expression, or `[ASYNC] (statement)`. */
export function parseScriptValue(cursor: Cursor): ScriptValue {
  if (isStatementValue(cursor)) return parseStatementValue(cursor);
  const expression = cursor.expression();
  // `(SELECT …)` alone is the result of the query, be it for a RESULTSET or for a variable.
  if (expression.kind !== "SubqueryExpression") return expression;
  const { query, span } = expression;
  return { kind: "StatementValue", async: false, parenthesized: true, statement: query, span };
}

function isStatementValue(cursor: Cursor): boolean {
  if (cursor.is("ASYNC") && cursor.peek().keyword === "(") return true;
  if (!cursor.is("(") || cursor.peek(2).keyword === "(") return false;
  const { keyword } = cursor.peek();
  return STATEMENT_WORDS.has(keyword) && cursor.peek(2).keyword !== ")";
}

/** `[ASYNC] (statement)` where nothing else may stand. */
export function parseStatementValue(cursor: Cursor): StatementValue {
  const { start } = cursor;
  const async = cursor.accept("ASYNC");
  const statement = cursor.parenthesized(() => parseInner(cursor));
  return { kind: "StatementValue", async, parenthesized: true, statement, span: cursor.span(start) };
}

function parseInner(cursor: Cursor): StatementValue["statement"] {
  return QUERY_WORDS.has(keywordBehindParentheses(cursor)) && !cursor.is("WITH") ? cursor.query() : cursor.statement();
}
