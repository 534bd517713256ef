import type { Block, RoutineBody } from "../../ast/index";
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
    const inside = cursor.inside(token);
    parseSqlBody(inside, body, options);
    while (inside.accept(";"));
    if (!inside.atEnd) throw inside.unexpected();
  }
  return body;
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
