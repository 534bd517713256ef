import type { Block, ExceptionHandler } from "../../ast/index";
import { locate } from "../../errors";
import type { Cursor } from "../cursor";
import { parseDeclarations } from "./declarations";
import { parseScriptStatements } from "./scriptStatement";

/**
 * `[DECLARE …] BEGIN … [EXCEPTION …] END [label]`.
 * https://docs.snowflake.com/en/sql-reference/snowflake-scripting/begin
 */
export function parseBlock(cursor: Cursor): Block {
  const { start } = cursor;
  const { inScript } = cursor;
  cursor.enter();
  cursor.inScript = true;
  const declarations = cursor.accept("DECLARE") ? parseDeclarations(cursor) : [];
  cursor.expect("BEGIN");
  const statements = parseScriptStatements(cursor, isBlockEnd);
  const handlers = cursor.accept("EXCEPTION") ? parseHandlers(cursor) : [];
  cursor.expect("END");
  const block: Block = { kind: "Block", declarations, statements, handlers, span: cursor.span(start) };
  if (cursor.isIdentifier()) {
    block.label = cursor.identifier();
    block.span = cursor.span(start);
  }
  cursor.inScript = inScript;
  cursor.leave();
  judgeNames(cursor, declarations);
  return block;
}

/** Names of one DECLARE differ, whatever they are names of. */
function judgeNames(cursor: Cursor, declarations: Block["declarations"]): void {
  const declared = new Set<string>();
  for (const declaration of declarations) {
    if (declaration.kind === "ProcedureDeclaration") continue;
    const { value, span } = declaration.name;
    if (declared.has(value)) {
      const { line, column } = locate(cursor.textOf({ start: 0, end: span.start }), span.start);
      const message = `error line ${line} at position ${column - 1}\n Variable with name '${value}' declared twice.`;
      throw cursor.brokenRule({ message, separator: " " }, span);
    }
    declared.add(value);
  }
}

function isBlockEnd(cursor: Cursor): boolean {
  return cursor.is("END") || cursor.isSequence("EXCEPTION", "WHEN");
}

function parseHandlers(cursor: Cursor): ExceptionHandler[] {
  const handlers: ExceptionHandler[] = [];
  if (!cursor.is("WHEN")) throw cursor.unexpected();
  while (cursor.is("WHEN")) handlers.push(parseHandler(cursor));
  return handlers;
}

/** https://docs.snowflake.com/en/sql-reference/snowflake-scripting/exception */
function parseHandler(cursor: Cursor): ExceptionHandler {
  const { start } = cursor;
  cursor.expect("WHEN");
  const handler: ExceptionHandler = {
    kind: "ExceptionHandler",
    exceptions: [],
    other: cursor.accept("OTHER"),
    statements: [],
    span: { start, end: start },
  };
  if (!handler.other) {
    do handler.exceptions.push(cursor.identifier());
    while (cursor.accept("OR"));
  }
  const mode = cursor.acceptAnyOf("EXIT", "CONTINUE");
  if (mode !== undefined) handler.mode = mode;
  cursor.expect("THEN");
  handler.statements = parseScriptStatements(cursor, isHandlerEnd);
  handler.span = cursor.span(start);
  return handler;
}

function isHandlerEnd(cursor: Cursor): boolean {
  return cursor.is("END") || cursor.is("WHEN");
}
