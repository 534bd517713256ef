import type { Query, Statement } from "../../dialect/index";
import { executionCanceled, SnowflakeError } from "../errors";
import { newQueryId } from "../execution/queryId";
import type { StatementResult } from "../execution/result";
import { ScriptError } from "./exceptions";
import type { Interpreter } from "./interpreter";
import type { Scope } from "./scope";

/** Source: https://docs.snowflake.com/en/sql-reference/functions/system_get_resultset_status */
export type JobStatus = "RUNNING" | "SUCCESS" | "FAILED_WITH_ERROR" | "FAILED_WITH_INCIDENT" | "ABORTED";

/** The statement behind a RESULTSET; with ASYNC it may still be under way. Its error is told where it is awaited. */
export class Job {
  status: JobStatus = "RUNNING";
  readonly done: Promise<StatementResult>;
  private readonly controller = new AbortController();

  constructor(run: (signal: AbortSignal) => Promise<StatementResult>) {
    this.done = run(this.controller.signal).then(
      (result) => {
        this.status = "SUCCESS";
        return result;
      },
      (error) => {
        const isIncident = !(error instanceof SnowflakeError) || error.code === "000603";
        if (this.status === "RUNNING") this.status = isIncident ? "FAILED_WITH_INCIDENT" : "FAILED_WITH_ERROR";
        throw error;
      },
    );
    this.done.catch(() => undefined);
  }

  /** Without effect on a job that has ended. */
  cancel(): void {
    if (this.status !== "RUNNING") return;
    this.status = "ABORTED";
    this.controller.abort(executionCanceled());
  }
}

/**
 * Starts a child job. A query runs beside the statements that follow it, on what is committed when it starts. Whatever may
 * write takes its turn at once, and so does a query that must see changes of the open transaction.
 * Source: https://docs.snowflake.com/en/developer-guide/snowflake-scripting/asynchronous-child-jobs
 */
export async function startChild(interpreter: Interpreter, statement: Statement, scope: Scope): Promise<Job> {
  const { context } = interpreter;
  const runsBeside = statement.kind === "Query" && !context.session.transaction?.unit;
  if (runsBeside) await context.settle();
  const job = runsBeside ? besides(interpreter, statement, scope) : new Job(() => interpreter.sql(statement, scope));
  interpreter.jobs.add(job);
  if (!runsBeside) await job.done.catch(() => undefined);
  return job;
}

function besides(interpreter: Interpreter, statement: Query, scope: Scope): Job {
  const { context } = interpreter;
  const queryId = newQueryId(context.services.clock.nowMicros());
  const frame = { variables: scope.frozen(), queryId, detached: true };
  scope.implicit.started(queryId);
  const job: Job = new Job((signal) =>
    interpreter.statementAt(statement.span, async () => {
      try {
        return await context.execute(statement, interpreter.text, { ...frame, signal });
      } catch (error) {
        // The script lives on when only its child was cancelled.
        if (job.status !== "ABORTED" || context.signal.aborted) throw error;
        throw ScriptError.of("STATEMENT_ERROR", executionCanceled(), interpreter.positionOf(statement.span));
      }
    }),
  );
  return job;
}
