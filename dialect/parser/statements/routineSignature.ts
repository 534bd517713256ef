import type { DataType, Parameter, ReturnedTable } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseDataType } from "../dataTypes";

/** `([mode] name type [DEFAULT value], …)` */
export function parseParameters(cursor: Cursor): Parameter[] {
  return cursor.parenthesizedList(() => parseParameter(cursor), true);
}

function parseParameter(cursor: Cursor): Parameter {
  const { start } = cursor;
  const mode = parseMode(cursor);
  const name = cursor.identifier();
  const type = cursor.isSequence("TABLE", "(") ? parseReturnedTable(cursor) : parseDataType(cursor);
  const parameter: Parameter = { kind: "Parameter", name, type, span: cursor.span(start) };
  if (mode !== undefined) parameter.mode = mode;
  if (cursor.acceptAnyOf("DEFAULT", ":=") !== undefined) parameter.default = cursor.expression();
  parameter.span = cursor.span(start);
  return parameter;
}

/** IN, OUT and INOUT, also written IN OUT; OUT and INOUT may be names of arguments too. */
function parseMode(cursor: Cursor): Parameter["mode"] {
  if (cursor.accept("IN")) return cursor.accept("OUT") ? "INOUT" : "IN";
  const next = cursor.peek().kind;
  if (next !== "Word" && next !== "QuotedIdentifier") return undefined;
  const third = cursor.peek(2);
  // `out VARCHAR` is an argument called OUT; `OUT a VARCHAR` has one word more.
  if (third.kind !== "Word") return undefined;
  return cursor.acceptAnyOf("OUT", "INOUT");
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

/** `(VARCHAR, NUMBER)`: the argument types that tell overloads apart; a parameter's name before its type is allowed too. */
export function acceptArgumentTypes(cursor: Cursor): DataType[] | undefined {
  return cursor.is("(") ? cursor.parenthesizedList(() => parseArgumentType(cursor), true) : undefined;
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
