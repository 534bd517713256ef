import type { DataType, ObjectType, Parameter, ReturnedTable } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseDataType } from "../dataTypes";

/** `(name [IN | OUT] type [DEFAULT value], …)` */
export function parseParameters(cursor: Cursor): Parameter[] {
  return cursor.parenthesizedList(() => parseParameter(cursor), true);
}

const MODES = { IN: "IN", INPUT: "IN", OUT: "OUT", OUTPUT: "OUT" } as const;

function parseParameter(cursor: Cursor): Parameter {
  const { start } = cursor;
  // Reserved words are taken as names of arguments: `(values ARRAY)`.
  const isReservedName = cursor.token.kind === "Word" && cursor.peek().kind === "Word";
  const name = isReservedName ? cursor.anyIdentifier() : cursor.identifier();
  const mode = cursor.acceptAnyOf("IN", "INPUT", "OUT", "OUTPUT");
  const type = cursor.isSequence("TABLE", "(") ? parseReturnedTable(cursor) : parseDataType(cursor);
  const parameter: Parameter = { kind: "Parameter", name, type, span: cursor.span(start) };
  if (mode !== undefined) parameter.mode = MODES[mode];
  if (cursor.acceptAnyOf("DEFAULT", ":=") !== undefined) parameter.default = cursor.expression();
  parameter.span = cursor.span(start);
  return parameter;
}

/** Behind RETURNS: a data type or `TABLE (…)`. */
export function parseReturns(cursor: Cursor): DataType | ReturnedTable {
  return cursor.is("TABLE") ? parseReturnedTable(cursor) : parseDataType(cursor);
}

function parseReturnedTable(cursor: Cursor): ReturnedTable {
  const { start } = cursor;
  cursor.expect("TABLE");
  const columns = cursor.parenthesizedList(() => {
    // The argument types of a data metric function have no column names.
    const name = cursor.identifier();
    return { name, type: parseDataType(cursor) };
  }, true);
  return { kind: "ReturnedTable", columns, span: cursor.span(start) };
}

/** `(VARCHAR, NUMBER)`: the argument types that tell overloads apart. */
export function acceptArgumentTypes(cursor: Cursor): DataType[] | undefined {
  return cursor.is("(") ? cursor.parenthesizedList(() => parseArgumentType(cursor), true) : undefined;
}

/** Kinds whose objects are told apart by their arguments: the list has to stand behind the name. */
export function expectArgumentTypes(cursor: Cursor, objectType: ObjectType): DataType[] | undefined {
  if ((objectType.endsWith("FUNCTION") || objectType === "PROCEDURE") && !cursor.is("("))
    throw cursor.unexpected(["("]);
  return acceptArgumentTypes(cursor);
}

function parseArgumentType(cursor: Cursor): DataType {
  if (cursor.isSequence("TABLE", "(")) {
    const { start } = cursor;
    cursor.next();
    const elements = cursor.parenthesizedList(() => parseDataType(cursor), true);
    return { kind: "DataType", name: "TABLE", parameters: [], elements, span: cursor.span(start) };
  }
  cursor.accept("DEFAULT");
  return parseDataType(cursor);
}
