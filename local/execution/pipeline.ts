import type { Statement } from "../../dialect/index";
import { bindVariableNotSet, SnowflakeError, statementCountMismatch } from "../errors";
import type { Answer, StartedRequest } from "../history/requestLog";
import { checkParameter } from "../parameters/check";
import type { ParameterValue } from "../parameters/definitions";
import { sessionParameter } from "../parameters/effective";
import { errorAnswer, finalNames, MULTI_STATEMENT_RESULT, multiStatementAnswer } from "../results/answer";
import { respond } from "../results/respond";
import type { Services } from "../services";
import type { Session } from "../session/session";
import { readBinds, type WireBindings } from "./binds";
import { describe } from "./describe";
import { StatementContext } from "./executionContext";
import { failedPart } from "./failedPart";
import { emptyStatement, parseAll } from "./parse";
import { newQueryId } from "./queryId";
import type { RequestScope } from "./request";
import type { StatementResult } from "./result";
import { sessionRights } from "./rights";
import { armTimeout, asSnowflakeError, runStatement } from "./runStatement";
import { resume, stepAside } from "./setAside";
import { stagedBinds } from "./stagedBinds";
import { inTurn } from "./turns";

/** The body of POST /queries/v1/query-request, as far as it is used. */
export interface QueryRequest {
  sqlText: string;
  bindings?: WireBindings | null;
  /** `@stage/path` of files with the values, instead of `bindings`. */
  bindStage?: string | null;
  describeOnly?: boolean;
  parameters?: Record<string, ParameterValue> | null;
  requestId?: string | undefined;
  /** By what a repetition is known; absent: its session and requestId. */
  key?: string | undefined;
  asyncExec?: boolean;
}

/** Takes on a request; its query id is known at once, its answer never rejects. One with a requestId that its session has used before is not run again: it gets the answer of the first. */
export function startRequest(
  services: Services,
  session: Session,
  request: QueryRequest,
  baseUrl: string,
): StartedRequest {
  const key = request.key ?? (request.requestId ? `${session.id}:${request.requestId}` : undefined);
  if (key) {
    const earlier = services.requests.earlier(key);
    if (earlier) return earlier;
    const stored = services.requests.fromFile(key);
    if (stored?.state === "answered") return { queryId: stored.queryId, answer: Promise.resolve(stored.answer) };
    if (stored)
      return {
        queryId: stored.queryId,
        answer: Promise.resolve(errorAnswer(interrupted(stored.queryId), stored.queryId)),
      };
  }
  const queryId = newQueryId(services.clock.nowMicros());
  const keepsTransaction = String(request.parameters?.SNOWPARK_SKIP_TXN_COMMIT_IN_DDL).toLowerCase() === "true";
  const scope: RequestScope = { ...(key ? { key } : {}), queryId, partlyCommitted: false, keepsTransaction };
  const controller = services.running.start(queryId, {
    sessionId: session.id,
    userId: session.userId,
    requestId: request.requestId,
  });
  const answer = inTurn(session, () => run(services, session, request, scope, controller, baseUrl)).finally(() => {
    services.running.end(queryId);
    services.sessions.keep(session);
    stepAside(services);
  });
  const started = { queryId, answer, isAsync: request.asyncExec === true };
  services.requests.remember(queryId, key, started);
  return started;
}

const interrupted = (queryId: string) =>
  new SnowflakeError(
    "000604",
    "57014",
    `SQL execution canceled: statement ${queryId} was interrupted by the end of the server after a part of it had been committed. It is not repeated.`,
  );

async function run(
  services: Services,
  session: Session,
  request: QueryRequest,
  scope: RequestScope,
  controller: AbortController,
  baseUrl: string,
): Promise<Answer> {
  const text = request.sqlText;
  const base = {
    services,
    session,
    request: scope,
    rights: sessionRights(session),
    queryId: scope.queryId,
    now: services.clock.nowMicros(),
    signal: controller.signal,
    text,
  };
  let context = new StatementContext(base);
  const restore = applyStatementParameters(session, request.parameters ?? {});
  let answer: Answer;
  let disarm = () => {};
  try {
    await resume(context);
    const statements = parseAll(text);
    if (statements.length === 0) throw emptyStatement();
    const wanted = Number(
      request.parameters?.MULTI_STATEMENT_COUNT ??
        sessionParameter(context.catalogue, session, "MULTI_STATEMENT_COUNT").value,
    );
    if (wanted !== 0 && statements.length !== wanted) throw statementCountMismatch(statements.length, wanted);
    const binds = request.bindStage ? await stagedBinds(context, request.bindStage) : readBinds(request.bindings);
    context = new StatementContext({
      ...base,
      binds: request.describeOnly ? { ...binds, optional: true } : binds,
    });
    disarm = armTimeout(context, controller);
    if (request.describeOnly) answer = await describe(context, statements, baseUrl);
    else if (statements.length > 1) answer = await runMany(context, statements, baseUrl);
    else
      answer = await respond(
        context,
        await runStatement(context, statements[0] as Statement, { recorded: true }),
        baseUrl,
      );
  } catch (error) {
    answer = errorAnswer(asSnowflakeError(error, context), scope.queryId);
  } finally {
    disarm();
    restore();
  }
  return finish(context, scope, answer).finally(() => {
    // One that a later statement of the request began stays.
    session.transaction ??= scope.keptTransaction ?? null;
  });
}

/** Commits what the request wrote, together with its answer. */
async function finish(context: StatementContext, scope: RequestScope, answer: Answer): Promise<Answer> {
  const { unit } = scope;
  const { requests, history } = context.services;
  scope.unit = undefined;
  try {
    if (unit && !unit.hasWritten && !scope.partlyCommitted) {
      await unit.rollback();
    } else if (unit) {
      if (scope.key) await requests.noteAnswered(unit, scope.key, scope.queryId, answer);
      await unit.commit();
      // Hooks of the commit may have changed the session's current objects.
      if (answer.success) Object.assign(answer.data as object, finalNames(context.catalogue, context.session));
    } else if (scope.partlyCommitted && scope.key) {
      await requests.noteLate(scope.key, scope.queryId, answer);
    }
    return answer;
  } catch (error) {
    const said = asSnowflakeError(error, context);
    const entry = history.get(scope.queryId);
    if (entry)
      Object.assign(entry, {
        status: "FAIL",
        errorCode: said.code,
        errorMessage: said.message,
        sqlState: said.sqlState,
      });
    return errorAnswer(said, scope.queryId);
  }
}

async function runMany(context: StatementContext, statements: Statement[], baseUrl: string): Promise<Answer> {
  // What divides the text on an account takes a bound NULL for a value that is missing, as all drivers' suites expect.
  if (context.binds.values.some(({ value }) => value === null)) throw bindVariableNotSet("?");
  const children: { queryId: string; result: StatementResult }[] = [];
  for (const statement of statements) {
    context.signal.throwIfAborted();
    const child = context.child();
    const result = await runStatement(child, statement, { recorded: true, parentQueryId: context.queryId }).catch(
      (error: SnowflakeError) => {
        throw failedPart(context.text, statement, error);
      },
    );
    children.push({ queryId: child.queryId, result });
  }
  // Python's connector looks at it by RESULT_SCAN before it asks for the results of an asynchronous request.
  context.services.results.put(context.queryId, context.session.userId, MULTI_STATEMENT_RESULT);
  return multiStatementAnswer(context, children, baseUrl);
}

/** Parameters sent with one statement hold for that statement only. Returns what puts the session's own back. */
function applyStatementParameters(session: Session, given: Record<string, ParameterValue>): () => void {
  const saved = new Map<string, ParameterValue | undefined>();
  for (const [name, value] of Object.entries(given)) {
    const key = name.toUpperCase();
    if (key === "MULTI_STATEMENT_COUNT") continue;
    let checked: ParameterValue;
    try {
      checked = checkParameter(key, value, "SESSION");
    } catch {
      // Drivers send parameters of their own that the server need not know.
      continue;
    }
    saved.set(key, session.parameters.get(key));
    session.parameters.set(key, checked);
  }
  return () => {
    for (const [name, value] of saved) {
      if (value === undefined) session.parameters.delete(name);
      else session.parameters.set(name, value);
    }
  };
}
