import type {
  AsyncStatement,
  Await,
  BindVariable,
  Break,
  Cancel,
  CloseCursor,
  Continue,
  FetchCursor,
  Identifier,
  NullStatement,
  OpenCursor,
  Raise,
  Return,
  Statement,
  VariableAssignment,
} from "../../ast/index";
import type { Cursor } from "../cursor";
import { beginsQuery } from "../lookahead";
import { parseScriptValue } from "./scriptValue";

/** `x := value`, also `:x := value`. */
export function acceptAssignment(cursor: Cursor): VariableAssignment | undefined {
  const { start } = cursor;
  if (cursor.token.keyword === ":" && cursor.peek(2).keyword === ":=") cursor.next();
  else if (cursor.peek().keyword !== ":=") return undefined;
  else if (cursor.is("LET")) throw cursor.unexpected(["an identifier"], cursor.peek());
  const target = cursor.identifier();
  cursor.expect(":=");
  const value = parseScriptValue(cursor);
  return { kind: "VariableAssignment", target, value, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/break */
function parseBreak(cursor: Cursor): Break {
  const { start } = cursor;
  cursor.next();
  const label = acceptIdentifier(cursor);
  return { kind: "Break", ...(label && { label }), span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/continue */
function parseContinue(cursor: Cursor): Continue {
  const { start } = cursor;
  cursor.next();
  const label = acceptIdentifier(cursor);
  return { kind: "Continue", ...(label && { label }), span: cursor.span(start) };
}

function acceptIdentifier(cursor: Cursor): Identifier | undefined {
  return cursor.isIdentifier() ? cursor.identifier() : undefined;
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/return */
function parseReturn(cursor: Cursor): Return {
  const { start } = cursor;
  cursor.expect("RETURN");
  const node: Return = { kind: "Return", span: cursor.span(start) };
  if (cursor.isSequence("TABLE", "(")) {
    cursor.next();
    node.table = cursor.parenthesized(() => (beginsQuery(cursor) ? cursor.query() : parseReturnedTable(cursor)));
  } else if (!cursor.atStatementEnd) node.value = parseScriptValue(cursor);
  node.span = cursor.span(start);
  return node;
}

/** A RESULTSET by name, a call of a table function, or a statement. */
function parseReturnedTable(cursor: Cursor): NonNullable<Return["table"]> {
  const next = cursor.peek();
  const isStatement = cursor.token.kind === "Word" && (next.kind === "Word" || next.kind === "QuotedIdentifier");
  return isStatement ? cursor.statement() : cursor.expression();
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/raise */
function parseRaise(cursor: Cursor): Raise {
  const { start } = cursor;
  cursor.expect("RAISE");
  const exception = acceptIdentifier(cursor);
  return { kind: "Raise", ...(exception && { exception }), span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/open */
function parseOpen(cursor: Cursor): OpenCursor {
  const { start } = cursor;
  cursor.expect("OPEN");
  const name = cursor.identifier();
  const using = cursor.accept("USING") ? cursor.parenthesizedList(() => cursor.expression()) : [];
  return { kind: "OpenCursor", cursor: name, using, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/fetch */
function parseFetch(cursor: Cursor): FetchCursor {
  const { start } = cursor;
  cursor.expect("FETCH");
  const name = cursor.identifier();
  cursor.expect("INTO");
  const into = cursor.list(() => parseTarget(cursor));
  return { kind: "FetchCursor", cursor: name, into, span: cursor.span(start) };
}

function parseTarget(cursor: Cursor): Identifier | BindVariable {
  const { start } = cursor;
  if (!cursor.accept(":")) return cursor.identifier();
  return { kind: "BindVariable", name: cursor.identifier(), span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/close */
function parseClose(cursor: Cursor): CloseCursor {
  const { start } = cursor;
  cursor.expect("CLOSE");
  return { kind: "CloseCursor", cursor: cursor.identifier(), span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/null */
function parseNull(cursor: Cursor): NullStatement {
  const { start } = cursor;
  cursor.expect("NULL");
  return { kind: "NullStatement", span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/developer-guide/snowflake-scripting/asynchronous-child-jobs */
function parseAsync(cursor: Cursor): AsyncStatement {
  const { start } = cursor;
  cursor.expect("ASYNC");
  const statement = cursor.parenthesized(() => (beginsQuery(cursor) ? cursor.query() : cursor.statement()));
  return { kind: "AsyncStatement", statement, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/await */
function parseAwait(cursor: Cursor): Await {
  const { start } = cursor;
  cursor.expect("AWAIT");
  if (cursor.accept("ALL")) return { kind: "Await", span: cursor.span(start) };
  return { kind: "Await", resultSet: cursor.identifier(), span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/cancel */
function parseCancel(cursor: Cursor): Cancel {
  const { start } = cursor;
  cursor.expect("CANCEL");
  return { kind: "Cancel", resultSet: cursor.identifier(), span: cursor.span(start) };
}

/** Statements without others inside, by their first word. */
export const STEPS: ReadonlyMap<string, (cursor: Cursor) => Statement> = new Map<string, (cursor: Cursor) => Statement>(
  [
    ["BREAK", parseBreak],
    ["EXIT", parseBreak],
    ["CONTINUE", parseContinue],
    ["ITERATE", parseContinue],
    ["RETURN", parseReturn],
    ["RAISE", parseRaise],
    ["OPEN", parseOpen],
    ["FETCH", parseFetch],
    ["CLOSE", parseClose],
    ["NULL", parseNull],
    ["ASYNC", parseAsync],
    ["AWAIT", parseAwait],
    ["CANCEL", parseCancel],
  ],
);
