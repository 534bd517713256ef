import { DialectError, parseStatements, type Statement } from "../../dialect/index";
import { SnowflakeError, statementCountMismatch } from "../errors";

/** Parses a whole text; the first error is thrown in Snowflake's words. */
export function parseAll(text: string): Statement[] {
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
