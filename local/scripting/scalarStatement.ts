import type { ScriptValue, Statement } from "../../dialect/index";
import { compilationError } from "../errors";
import { statementName } from "../statements/statementName";
import { DML_KINDS } from "../warehouses/need";

/**
 * A variable that is no RESULTSET takes the value of a query or of a CALL, and of no other statement. What changes rows or
 * makes objects is refused when the assignment would run, as the query is that the account makes of it; any other statement
 * while the block is compiled.
 * Source: https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables names queries and calls alone; what
 * becomes of others is the account's observed behaviour.
 */
export function checkScalarStatement(value: ScriptValue): void {
  const statement = otherStatement(value);
  if (!statement || REFUSED_WHEN_RUN.has(statement.kind)) return;
  throw compilationError("001044", "42P13", `Invalid expression value (${said(statement)}) for assignment.`);
}

const REFUSED_WHEN_RUN: ReadonlySet<string> = new Set([...DML_KINDS, "CreateTable", "CreateView"]);

const said = (statement: Statement) =>
  statement.kind === "ExecuteImmediate" ? "?SqlExecuteImmediateDynamic?" : statementName(statement);

/** Nothing of the statement runs: `text` holds it, and its first word is what `SELECT * FROM (…)` would trip over. */
export function refuseScalarStatement(value: ScriptValue, text: string): void {
  const statement = otherStatement(value);
  if (!statement) return;
  const [first = "", second = ""] = text.slice(statement.span.start, statement.span.end).split(/\s+/, 2);
  // These words may be names of functions and of tables, so it is the next one that cannot stand there.
  const isName = /^(INSERT|MERGE|COPY)$/i.test(first);
  const at = QUERY_AROUND.length + (isName ? first.length + 1 : 0);
  throw compilationError(
    "001003",
    "42000",
    `syntax error line 1 at position ${at} unexpected '${isName ? second : first}'.`,
  );
}

const QUERY_AROUND = "SELECT * FROM (";

function otherStatement(value: ScriptValue): Statement | undefined {
  if (value.kind !== "StatementValue") return undefined;
  const { statement } = value;
  return statement.kind === "Query" || statement.kind === "Call" ? undefined : statement;
}
