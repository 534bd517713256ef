import type { AsyncStatement, Await, Cancel } from "../../../dialect/index";
import { invalidIdentifier } from "../../errors";
import type { Interpreter } from "../interpreter";
import { type Job, startChild } from "../job";
import type { Scope } from "../scope";

/** `ASYNC (statement)`: a child job without a RESULTSET. */
export async function runAsync(interpreter: Interpreter, { statement }: AsyncStatement, scope: Scope): Promise<void> {
  await startChild(interpreter, statement, scope);
}

/** `AWAIT rs`, or `AWAIT ALL` for every child job. */
export async function runAwait(interpreter: Interpreter, { resultSet, span }: Await, scope: Scope): Promise<void> {
  const jobs = resultSet ? [jobNamed(interpreter, resultSet.value, scope, span)] : [...interpreter.jobs];
  await Promise.all(jobs.map((job) => job.done));
  for (const job of jobs) interpreter.jobs.delete(job);
}

/** `CANCEL rs`: a job that has ended stays as it is. */
export async function runCancel(interpreter: Interpreter, { resultSet, span }: Cancel, scope: Scope): Promise<void> {
  jobNamed(interpreter, resultSet.value, scope, span).cancel();
}

function jobNamed(interpreter: Interpreter, name: string, scope: Scope, span: Await["span"]): Job {
  const slot = scope.find(name);
  if (slot?.kind !== "resultSet" || !slot.job) throw invalidIdentifier(name, interpreter.positionOf(span));
  return slot.job;
}
