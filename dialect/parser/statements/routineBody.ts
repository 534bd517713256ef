import type { Block, RoutineBody } from "../../ast/index";
import { DialectError, locate } from "../../errors";
import type { Cursor } from "../cursor";
import { beginsQuery } from "../lookahead";
import { isBlockStart } from "./blockStart";

/** What the body of an SQL routine may be. */
export interface BodyOptions {
  language: string;
  routine: "PROCEDURE" | "FUNCTION";
  /** RETURNS TABLE: the body of a function is a query. */
  returnsTable: boolean;
}

/** The body behind AS: `$$…$$`, `'…'`, or, for SQL procedures, the block itself. Bodies in SQL are parsed, others stay text. */
export function parseRoutineBody(cursor: Cursor, options: BodyOptions): RoutineBody {
  const { start, token } = cursor;
  if (token.kind !== "String") {
    if (options.language !== "SQL") throw cursor.unexpected(["a string"]);
    const body: RoutineBody = { kind: "RoutineBody", quoting: "none", text: "", span: { start, end: start } };
    parseSqlBody(cursor, body, options);
    body.span = cursor.span(start);
    body.text = cursor.textOf(body.span);
    return body;
  }
  const literal = cursor.string();
  const body: RoutineBody = {
    kind: "RoutineBody",
    quoting: literal.quoting,
    text: literal.value,
    span: cursor.span(start),
  };
  if (options.language === "SQL") {
    try {
      const inside = cursor.inside(token);
      parseSqlBody(inside, body, options);
      while (inside.accept(";"));
      if (!inside.atEnd) throw inside.unexpected();
    } catch (error) {
      throw options.routine === "FUNCTION" && error instanceof DialectError ? inFrame(cursor, error, body.text) : error;
    }
  }
  return body;
}

/**
 * What is wrong with the body of a function, in the places of the parentheses it is compiled in: the first word of a query, of
 * an expression what cannot stand there.
 */
function inFrame(cursor: Cursor, error: DialectError, text: string): DialectError {
  const frame = `(${text})`;
  const found = /^\(\s*(?:SELECT|WITH)\b/i.test(frame) ? firstWord(frame) : brokenAt(cursor, frame);
  if (!found) return error;
  const { line, column, expected, span } = error;
  return new DialectError(
    `syntax error line ${found.line} at position ${found.column - 1} unexpected '${found.found}'.`,
    {
      ...{ line, column, expected, span, found: error.found },
      within: "Compilation of SQL UDF failed",
    },
  );
}

function firstWord(frame: string): Found {
  const [word = ""] = /\w+/.exec(frame) ?? [];
  return { ...locate(frame, frame.indexOf(word)), found: word };
}

type Found = Pick<DialectError, "line" | "column" | "found">;

function brokenAt(cursor: Cursor, frame: string): Found | undefined {
  const whole = cursor.over(frame);
  if (!whole) return undefined;
  try {
    whole.expression();
    return whole.atEnd ? undefined : whole.unexpected();
  } catch (error) {
    return error instanceof DialectError ? error : undefined;
  }
}

function parseSqlBody(cursor: Cursor, body: RoutineBody, options: BodyOptions): void {
  if (isBlockStart(cursor)) body.block = cursor.statement() as Block;
  else if (options.routine === "PROCEDURE") {
    // A single statement stands in quotes.
    if (body.quoting === "none") throw cursor.unexpected(["BEGIN", "DECLARE", "a string"]);
    body.statement = parseSingleStatement(cursor);
  } else if (beginsQuery(cursor) && (options.returnsTable || !cursor.is("("))) body.query = cursor.query();
  else body.expression = cursor.expression();
}

/** Arguments of the procedure stand as variables in it. */
function parseSingleStatement(cursor: Cursor): RoutineBody["statement"] {
  const before = cursor.inScript;
  cursor.inScript = true;
  const statement = cursor.statement();
  cursor.inScript = before;
  return statement;
}
