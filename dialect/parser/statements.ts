import type { Flow, Statement } from "../ast/index";
import type { Cursor } from "./cursor";

/** Reads one statement; the cursor stands at its first word. */
export type StatementParser = (cursor: Cursor) => Statement;

const parseQueryStatement: StatementParser = (cursor) => cursor.query();

/** The family that reads a statement, by its first word or symbol. */
const FAMILIES = new Map<string, StatementParser>([
  ["SELECT", parseQueryStatement],
  ["(", parseQueryStatement],
  ["VALUES", parseQueryStatement],
  ["WITH", parseQueryStatement],
]);

/** One statement, or several joined by `->>`. https://docs.snowflake.com/en/sql-reference/operators-flow */
export function parseStatement(cursor: Cursor): Statement {
  const { start } = cursor;
  const first = parseSingleStatement(cursor);
  if (!cursor.is("->>")) return first;
  const statements = [first];
  while (cursor.accept("->>")) statements.push(parseSingleStatement(cursor));
  return { kind: "Flow", statements, span: cursor.span(start) } satisfies Flow;
}

function parseSingleStatement(cursor: Cursor): Statement {
  const family = FAMILIES.get(cursor.token.keyword);
  if (family === undefined) throw cursor.unexpected(["a statement"]);
  cursor.enter();
  const statement = family(cursor);
  cursor.leave();
  return statement;
}
