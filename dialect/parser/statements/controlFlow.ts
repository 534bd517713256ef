import type {
  CaseStatement,
  Expression,
  ForCounter,
  ForCursor,
  If,
  Loop,
  Repeat,
  ScriptStatement,
  Statement,
  While,
} from "../../ast/index";
import type { Cursor } from "../cursor";
import { unwrapped } from "../unwrapped";
import { parseScriptValue } from "./scriptValue";

/** Reads the statements inside, up to where the second argument says; handed in to keep the files free of a cycle. */
export type ParseStatements = (cursor: Cursor, atEnd: (cursor: Cursor) => boolean) => ScriptStatement[];

type ControlFlowParser = (cursor: Cursor, statements: ParseStatements) => Statement;

const atEnd = (cursor: Cursor): boolean => cursor.is("END");

/** Behind IF, ELSEIF, WHILE and UNTIL the condition stands in parentheses. */
function parseCondition(cursor: Cursor): Expression {
  if (!cursor.is("(")) throw cursor.unexpected();
  return cursor.expression();
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/if */
function parseIf(cursor: Cursor, statements: ParseStatements): If {
  const { start } = cursor;
  cursor.expect("IF");
  const node: If = { kind: "If", branches: [], span: { start, end: start } };
  const atBranchEnd = (c: Cursor): boolean => c.is("ELSEIF") || c.is("ELSE") || c.is("END");
  do {
    const condition = parseCondition(cursor);
    cursor.expect("THEN");
    node.branches.push({ condition, statements: statements(cursor, atBranchEnd) });
  } while (cursor.accept("ELSEIF"));
  if (cursor.accept("ELSE")) node.otherwise = statements(cursor, atEnd);
  cursor.expectSequence("END", "IF");
  node.span = cursor.span(start);
  return node;
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/case */
function parseCase(cursor: Cursor, statements: ParseStatements): CaseStatement {
  const { start } = cursor;
  cursor.expect("CASE");
  const node: CaseStatement = { kind: "CaseStatement", branches: [], span: { start, end: start } };
  if (!cursor.is("WHEN")) node.operand = unwrapped(cursor.expression());
  const atBranchEnd = (c: Cursor): boolean => c.is("WHEN") || c.is("ELSE") || c.is("END");
  do {
    cursor.expect("WHEN");
    const condition = cursor.expression();
    cursor.expect("THEN");
    node.branches.push({ condition, statements: statements(cursor, atBranchEnd) });
  } while (cursor.is("WHEN"));
  if (cursor.accept("ELSE")) node.otherwise = statements(cursor, atEnd);
  cursor.expect("END");
  cursor.accept("CASE");
  node.span = cursor.span(start);
  return node;
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/for */
function parseFor(cursor: Cursor, statements: ParseStatements): ForCursor | ForCounter {
  const { start } = cursor;
  cursor.expect("FOR");
  const variable = cursor.identifier();
  cursor.expect("IN");
  const reverse = cursor.accept("REVERSE");
  const first = parseScriptValue(cursor);
  if (reverse || (first.kind !== "StatementValue" && cursor.is("TO"))) {
    cursor.expect("TO");
    const to = cursor.expression();
    const body = parseLoopBody(cursor, "FOR", statements);
    const from = first as Expression;
    return { kind: "ForCounter", variable, reverse, from, to, ...body, span: cursor.span(start) };
  }
  if (NO_CURSORS.has(first.kind)) throw cursor.unexpected(["TO"]);
  const body = parseLoopBody(cursor, "FOR", statements);
  return { kind: "ForCursor", variable, in: first, ...body, span: cursor.span(start) };
}

/** What no cursor or result set can be is where a counter begins. */
const NO_CURSORS: ReadonlySet<string> = new Set([
  "NumberLiteral",
  "StringLiteral",
  "BooleanLiteral",
  "Unary",
  "Binary",
]);

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/while */
function parseWhile(cursor: Cursor, statements: ParseStatements): While {
  const { start } = cursor;
  cursor.expect("WHILE");
  const condition = parseCondition(cursor);
  const body = parseLoopBody(cursor, "WHILE", statements);
  return { kind: "While", condition, ...body, span: cursor.span(start) };
}

/** `DO … END FOR [label]`, or `LOOP … END LOOP [label]`. */
function parseLoopBody(cursor: Cursor, word: string, statements: ParseStatements): Pick<While, "statements" | "label"> {
  const opening = cursor.expectAnyOf("DO", "LOOP");
  const body = statements(cursor, atEnd);
  cursor.expectSequence("END", opening === "DO" ? word : "LOOP");
  return { statements: body, ...acceptLabel(cursor) };
}

function acceptLabel(cursor: Cursor): Pick<While, "label"> {
  return cursor.isIdentifier() && !cursor.is("END") ? { label: cursor.identifier() } : {};
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/repeat */
function parseRepeat(cursor: Cursor, statements: ParseStatements): Repeat {
  const { start } = cursor;
  cursor.expect("REPEAT");
  const body = statements(cursor, (c) => c.is("UNTIL"));
  cursor.expect("UNTIL");
  const until = parseCondition(cursor);
  cursor.expectSequence("END", "REPEAT");
  return { kind: "Repeat", statements: body, until, ...acceptLabel(cursor), span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/loop */
function parseLoop(cursor: Cursor, statements: ParseStatements): Loop {
  const { start } = cursor;
  cursor.expect("LOOP");
  const body = statements(cursor, atEnd);
  cursor.expectSequence("END", "LOOP");
  return { kind: "Loop", statements: body, ...acceptLabel(cursor), span: cursor.span(start) };
}

/** Statements that hold others, by their first word. */
export const CONTROL_FLOW: ReadonlyMap<string, ControlFlowParser> = new Map<string, ControlFlowParser>([
  ["IF", parseIf],
  ["CASE", parseCase],
  ["FOR", parseFor],
  ["WHILE", parseWhile],
  ["REPEAT", parseRepeat],
  ["LOOP", parseLoop],
]);
