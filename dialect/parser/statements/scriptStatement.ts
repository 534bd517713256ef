import type { Call, ScriptStatement, Statement } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseArguments } from "../expressions/calls";
import { CONTROL_FLOW } from "./controlFlow";
import { parseLet } from "./declarations";
import { acceptAssignment, STEPS } from "./scriptSteps";

/** Statements, each ended by `;`, up to where `atEnd` says that the list ends; at least one. */
export function parseScriptStatements(cursor: Cursor, atEnd: (cursor: Cursor) => boolean): ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  do {
    statements.push(parseScriptStatement(cursor));
    cursor.expect(";");
  } while (!atEnd(cursor));
  return statements;
}

/** One statement inside a block: of Snowflake Scripting, or any other. */
export function parseScriptStatement(cursor: Cursor): Statement {
  const assignment = acceptAssignment(cursor);
  if (assignment !== undefined) return assignment;
  const { keyword } = cursor.token;
  if (keyword === "LET") return parseLet(cursor);
  const step = STEPS.get(keyword);
  if (step !== undefined) return step(cursor);
  const control = CONTROL_FLOW.get(keyword);
  if (control !== undefined) return cursor.nested(() => control(cursor, parseScriptStatements));
  if (keyword.startsWith("SYSTEM$") && cursor.peek().keyword === "(") return parseSystemCall(cursor);
  return cursor.statement();
}

/** `SYSTEM$LOG('info', 'text');` needs no CALL. https://docs.snowflake.com/en/sql-reference/functions/system_log */
function parseSystemCall(cursor: Cursor): Call {
  const { start } = cursor;
  const procedure = cursor.objectName();
  return { kind: "Call", procedure, args: parseArguments(cursor), span: cursor.span(start) };
}

/** The text of EXECUTE IMMEDIATE, a task or an alert: any statement, or a loop or branch without a block around it. */
export function parseStandaloneStatement(cursor: Cursor): Statement {
  if (!CONTROL_FLOW.has(cursor.token.keyword)) return cursor.statement();
  const { inScript } = cursor;
  cursor.inScript = true;
  const statement = parseScriptStatement(cursor);
  cursor.inScript = inScript;
  return statement;
}
