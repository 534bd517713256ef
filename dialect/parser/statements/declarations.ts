import type {
  CursorDeclaration,
  Declaration,
  ExceptionDeclaration,
  Identifier,
  ResultSetDeclaration,
  VariableDeclaration,
} from "../../ast/index";
import type { Cursor } from "../cursor";
import { isDataType, parseDataType } from "../dataTypes";
import { beginsQuery } from "../lookahead";
import { parseNestedProcedure } from "./procedure";
import { parseScriptValue } from "./scriptValue";

type LetDeclaration = VariableDeclaration | CursorDeclaration | ResultSetDeclaration;

/** Everything between DECLARE and BEGIN. https://docs.snowflake.com/en/sql-reference/snowflake-scripting/declare */
export function parseDeclarations(cursor: Cursor): Declaration[] {
  const declarations: Declaration[] = [];
  while (!isEndOfDeclarations(cursor)) {
    declarations.push(parseDeclaration(cursor));
    cursor.expect(";");
  }
  if (declarations.length === 0) throw cursor.unexpected(["a declaration"]);
  return declarations;
}

/** `begin INT;` declares a variable of that name. */
function isEndOfDeclarations(cursor: Cursor): boolean {
  return cursor.is("BEGIN") || cursor.atEnd;
}

function parseDeclaration(cursor: Cursor): Declaration {
  const { start } = cursor;
  if (cursor.peek().keyword === "PROCEDURE") {
    const procedure = parseNestedProcedure(cursor);
    return { kind: "ProcedureDeclaration", procedure, span: cursor.span(start) };
  }
  if (cursor.peek().keyword === "EXCEPTION") return parseException(cursor);
  return parseVariable(cursor, start, false);
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/let */
export function parseLet(cursor: Cursor): LetDeclaration {
  const { start } = cursor;
  cursor.expect("LET");
  return parseVariable(cursor, start, true);
}

function parseVariable(cursor: Cursor, start: number, isLet: boolean): LetDeclaration {
  const name = cursor.identifier();
  if (cursor.is("CURSOR")) return parseCursor(cursor, start, isLet, name);
  if (cursor.accept("RESULTSET")) {
    const declaration: ResultSetDeclaration = {
      kind: "ResultSetDeclaration",
      let: isLet,
      name,
      span: cursor.span(start),
    };
    if (acceptAssign(cursor)) {
      if (cursor.token.kind === "Number" || cursor.token.kind === "String") throw cursor.unexpected(["a statement"]);
      declaration.value = parseScriptValue(cursor);
    }
    declaration.span = cursor.span(start);
    return declaration;
  }
  const declaration: VariableDeclaration = { kind: "VariableDeclaration", let: isLet, name, span: cursor.span(start) };
  if (!cursor.is("DEFAULT") && isDataType(cursor)) declaration.type = parseDataType(cursor);
  if (acceptAssign(cursor)) declaration.value = parseScriptValue(cursor);
  else if (isLet && !declaration.type) throw cursor.unexpected();
  declaration.span = cursor.span(start);
  return declaration;
}

function acceptAssign(cursor: Cursor): boolean {
  return cursor.acceptAnyOf("DEFAULT", ":=") !== undefined;
}

/** `c CURSOR FOR query | resultset` */
function parseCursor(cursor: Cursor, start: number, isLet: boolean, name: Identifier): CursorDeclaration {
  cursor.expectSequence("CURSOR", "FOR");
  const source = parseCursorSource(cursor);
  return { kind: "CursorDeclaration", let: isLet, name, for: source, span: cursor.span(start) };
}

function parseCursorSource(cursor: Cursor): CursorDeclaration["for"] {
  if (beginsQuery(cursor)) return cursor.query();
  const next = cursor.peek();
  const isName = cursor.isIdentifier() && (next.keyword === ";" || next.kind === "End");
  return isName || !cursor.isIdentifier() ? cursor.expression() : cursor.statement();
}

/** `e EXCEPTION [(-20002, 'message')]` */
function parseException(cursor: Cursor): ExceptionDeclaration {
  const { start } = cursor;
  const name = cursor.identifier();
  cursor.expect("EXCEPTION");
  const declaration: ExceptionDeclaration = { kind: "ExceptionDeclaration", name, span: cursor.span(start) };
  if (cursor.is("("))
    cursor.parenthesized(() => {
      const sign = cursor.accept("-") ? -1 : 1;
      declaration.number = sign * cursor.integer();
      if (cursor.accept(",")) declaration.message = cursor.expression();
    });
  declaration.span = cursor.span(start);
  return declaration;
}
