import { DialectError, parseStatements, type Statement } from "../../dialect/index";
import { SnowflakeError, statementCountMismatch } from "../errors";

/** The most texts whose trees are kept, and the most characters of them; longer ones are of many values and seldom come again. */
const TEXTS = 200;
const CHARACTERS = 50_000;
const LONGEST = 5_000;

/** Trees never change: who runs the same text shares them, and the translations that are remembered with them. */
const trees = new Map<string, Statement[]>();
let characters = 0;

function keep(text: string, statements: Statement[]): void {
  trees.set(text, statements);
  characters += text.length;
  for (const oldest of trees.keys()) {
    if (trees.size <= TEXTS && characters <= CHARACTERS) return;
    trees.delete(oldest);
    characters -= oldest.length;
  }
}

/** Parses a whole text; the first error is thrown in Snowflake's words. */
export function parseAll(text: string): Statement[] {
  const known = trees.get(text);
  if (known) {
    trees.delete(text);
    trees.set(text, known);
    return known;
  }
  const statements = parseAnew(text);
  if (text.length <= LONGEST) keep(text, statements);
  return statements;
}

function parseAnew(text: string): Statement[] {
  try {
    const { statements, errors } = parseStatements(text);
    if (errors[0]) throw errors[0];
    return statements;
  } catch (error) {
    if (error instanceof DialectError) throw new SnowflakeError(error.code, error.sqlState, error.message);
    throw error;
  }
}

/** Parses a text that must hold one statement. Errors: 000900 nothing there, 000008 more than one. */
export function parseOne(text: string): Statement {
  const statements = parseAll(text);
  const [only] = statements;
  if (!only) throw emptyStatement();
  if (statements.length > 1) throw statementCountMismatch(statements.length, 1);
  return only;
}

export const emptyStatement = () =>
  new SnowflakeError("000900", "42601", "SQL compilation error:\nEmpty SQL Statement.");
