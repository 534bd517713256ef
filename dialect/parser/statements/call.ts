import type { Call } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseArguments } from "../expressions/calls";

/**
 * `CALL p(a, b) [INTO :v]`, `CALL p(x => a)`, `CALL object!METHOD(…)`.
 * https://docs.snowflake.com/en/sql-reference/sql/call
 */
export function parseCall(cursor: Cursor): Call {
  const { start } = cursor;
  cursor.expect("CALL");
  const procedure = cursor.name();
  const method = cursor.accept("!") ? cursor.anyIdentifier() : undefined;
  const args = parseArguments(cursor);
  const call: Call = { kind: "Call", procedure, ...(method && { method }), args, span: cursor.span(start) };
  if (cursor.accept("INTO")) {
    cursor.accept(":");
    call.into = cursor.identifier();
    call.span = cursor.span(start);
  }
  return call;
}
