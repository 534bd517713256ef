import type {
  ExecuteAlert,
  ExecuteImmediate,
  ExecuteImmediateFrom,
  ExecuteJobService,
  ExecuteTask,
  Expression,
  ObjectType,
  Property,
  Statement,
} from "../../ast/index";
import { DialectError } from "../../errors";
import type { Token } from "../../lexer/token";
import type { Cursor } from "../cursor";
import { parseArguments } from "../expressions/calls";
import { acceptClause, parseProperties, parseProperty } from "../properties";
import { checkProperties } from "../propertyRules/check";
import { parseLocation } from "../stages";
import { parseClauses, SERVICE } from "./object";
import { ObjectTypes } from "./objectTypes";
import { Phrase } from "./phrase";
import { parseStandaloneStatement } from "./scriptStatement";
import { parseUnmodelled, type UnmodelledHead } from "./unmodelled";

/** What EXECUTE runs besides SQL texts, tasks and alerts. */
const EXECUTED_TYPES = new ObjectTypes([
  "APPLICATION SPECIFICATION",
  "CODE BUNDLE",
  "DBT PROJECT",
  "DCM PROJECT",
  "EXPERIMENT",
  "INFERENCE JOB SERVICE",
  "NOTEBOOK PROJECT",
  "STREAMLIT",
  "NOTEBOOK",
  "SERVICE",
]);

const USING = "[USING [CONFIGURATION <name>] [<arguments>]] [ENVIRONMENT <arguments>]";
const FROM = "FROM {DEPLOYMENT [<version>]|<location>}";
const DCM_ACTIONS = [
  `PLAN [DELTA] ${USING} ${FROM} [OUTPUT_PATH <string>]`,
  `DEPLOY [AS <version>] ${USING} ${FROM} [SKIP PLAN]`,
  `ANALYZE ${USING} ${FROM} [OUTPUT_PATH <string>]`,
  "REFRESH ALL",
  "TEST ALL",
  `PREVIEW <name> ${USING} FROM <location> [LIMIT <number>]`,
  "PURGE [AS <version>] [SKIP PLAN]",
];

/** Reads the rest of the statement by a phrase, which begins at the cursor. */
function phrased(text: string): Pick<UnmodelledHead, "rest"> {
  const phrase = Phrase.of(text);
  return {
    rest(cursor) {
      if (!phrase.accept(cursor)) throw cursor.unexpected();
    },
  };
}

/** What may stand behind the name. The page of each is https://docs.snowflake.com/en/sql-reference/sql/execute-… with its name. */
const EXECUTED: Partial<Record<ObjectType, Pick<UnmodelledHead, "rest">>> = {
  "CODE BUNDLE": phrased("<settings:CODE BUNDLE> [WITH SPECIFICATION <string>]"),
  "DCM PROJECT": phrased(`{${DCM_ACTIONS.join("|")}}`),
  EXPERIMENT: phrased(""),
  NOTEBOOK: phrased("[<arguments>]"),
  "NOTEBOOK PROJECT": phrased("<settings:NOTEBOOK PROJECT>"),
};

/** EXECUTE IMMEDIATE, EXECUTE IMMEDIATE FROM, EXECUTE TASK, EXECUTE ALERT and what else can be executed. */
export function parseExecute(cursor: Cursor): Statement {
  const { start } = cursor;
  cursor.expect("EXECUTE");
  if (cursor.acceptSequence("IMMEDIATE", "FROM")) return parseExecuteImmediateFrom(cursor, start);
  if (cursor.accept("IMMEDIATE")) return parseExecuteImmediate(cursor, start);
  if (cursor.accept("TASK")) return parseExecuteTask(cursor, start);
  if (cursor.accept("ALERT"))
    return { kind: "ExecuteAlert", name: cursor.name(), span: cursor.span(start) } satisfies ExecuteAlert;
  if (cursor.acceptSequence("JOB", "SERVICE")) return parseExecuteJobService(cursor, start);
  if (cursor.isSequence("USING", "POLICY_CONTEXT")) return parseWithPolicyContext(cursor, start);
  const objectType = EXECUTED_TYPES.expect(cursor);
  return parseUnmodelled(cursor, { start, verb: "EXECUTE", objectType, ...EXECUTED[objectType] });
}

/** https://docs.snowflake.com/en/sql-reference/functions/policy_context */
function parseWithPolicyContext(cursor: Cursor, start: number): Statement {
  cursor.acceptSequence("USING", "POLICY_CONTEXT");
  parseArguments(cursor);
  cursor.expect("AS");
  cursor.query();
  const span = cursor.span(start);
  return {
    kind: "Unmodelled",
    verb: "EXECUTE USING POLICY_CONTEXT",
    makesTable: false,
    text: cursor.textOf(span),
    span,
  };
}

/** https://docs.snowflake.com/en/sql-reference/sql/execute-immediate */
function parseExecuteImmediate(cursor: Cursor, start: number): ExecuteImmediate {
  const { token } = cursor;
  const text: Expression = cursor.expression();
  const node: ExecuteImmediate = { kind: "ExecuteImmediate", text, using: [], span: cursor.span(start) };
  if (text.kind === "StringLiteral") readText(cursor, token, node);
  if (cursor.accept("USING")) node.using = cursor.parenthesizedList(() => parseBoundVariable(cursor));
  node.span = cursor.span(start);
  return node;
}

/** Variables alone are bound, with or without a colon. */
function parseBoundVariable(cursor: Cursor): Expression {
  if (cursor.is(":") || cursor.token.kind === "Variable") return cursor.operand();
  const { start } = cursor;
  const parts = [cursor.identifier()];
  return { kind: "ColumnReference", parts, span: cursor.span(start) };
}

/** What a literal text says. That it cannot be read is an error of its execution only. */
function readText(cursor: Cursor, token: Token, node: ExecuteImmediate): void {
  try {
    const inside = cursor.inside(token);
    const statements: Statement[] = [];
    while (!inside.atEnd) {
      if (inside.accept(";")) continue;
      statements.push(parseStandaloneStatement(inside));
      if (!inside.atStatementEnd) throw inside.unexpected();
    }
    node.statements = statements;
  } catch (error) {
    if (!(error instanceof DialectError)) throw error;
    node.error = { message: error.message, span: error.span };
  }
}

/** https://docs.snowflake.com/en/sql-reference/sql/execute-immediate-from */
function parseExecuteImmediateFrom(cursor: Cursor, start: number): ExecuteImmediateFrom {
  const location = parseLocation(cursor);
  const using = cursor.accept("USING") ? parseArguments(cursor) : [];
  const properties = parseProperties(cursor);
  return { kind: "ExecuteImmediateFrom", location, using, properties, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/sql/execute-job-service */
function parseExecuteJobService(cursor: Cursor, start: number): ExecuteJobService {
  const job: ExecuteJobService = { kind: "ExecuteJobService", properties: [], tags: [], span: { start, end: start } };
  parseClauses(cursor, job, SERVICE);
  checkProperties(cursor, "JOB SERVICE", job.properties, "CREATE");
  job.span = cursor.span(start);
  return job;
}

/** https://docs.snowflake.com/en/sql-reference/sql/execute-task */
function parseExecuteTask(cursor: Cursor, start: number): ExecuteTask {
  const name = cursor.name();
  const retryLast = cursor.acceptSequence("RETRY", "LAST");
  const properties: Property[] = [];
  const run = acceptClause(cursor, ["RETRY GRAPH RUN GROUP"]);
  if (run !== undefined) properties.push(run);
  else if (!retryLast && cursor.accept("USING")) {
    if (!cursor.isSequence("CONFIG", "=")) throw noConfig(cursor);
    properties.push(parseProperty(cursor));
  }
  return { kind: "ExecuteTask", name, retryLast, properties, span: cursor.span(start) };
}

/** The error at what stands in place of `CONFIG =`. */
function noConfig(cursor: Cursor): DialectError {
  if (cursor.accept("CONFIG")) return cursor.unexpected(["="]);
  return cursor.unexpected(["CONFIG"]);
}
