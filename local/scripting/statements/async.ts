import type { AsyncStatement, Await, Cancel } from "../../../dialect/index";
import { invalidIdentifier } from "../../errors";
import type { Interpreter } from "../interpreter";
import type { Job, Scope } from "../scope";

/** Child jobs that the routine started and has not awaited. */
const openJobs = new WeakMap<Interpreter, Set<Job>>();

/** `ASYNC (statement)`: a child job; its error is told by AWAIT. */
export async function runAsync(interpreter: Interpreter, { statement }: AsyncStatement, scope: Scope): Promise<void> {
  const job: Job = { done: interpreter.sql(statement, scope) };
  job.done.catch(() => undefined);
  const jobs = openJobs.get(interpreter) ?? new Set();
  openJobs.set(interpreter, jobs.add(job));
}

/** `AWAIT rs`, or `AWAIT ALL` for every child job. */
export async function runAwait(interpreter: Interpreter, { resultSet, span }: Await, scope: Scope): Promise<void> {
  if (resultSet) {
    const slot = scope.find(resultSet.value);
    if (slot?.kind !== "resultSet" || !slot.job) throw invalidIdentifier(resultSet.value, interpreter.positionOf(span));
    await slot.job.done;
    return;
  }
  const jobs = [...(openJobs.get(interpreter) ?? [])];
  openJobs.delete(interpreter);
  await Promise.all(jobs.map((job) => job.done));
}

/** `CANCEL rs`: a job that has ended stays as it is. */
export async function runCancel(interpreter: Interpreter, { resultSet, span }: Cancel, scope: Scope): Promise<void> {
  const slot = scope.find(resultSet.value);
  if (slot?.kind !== "resultSet") throw invalidIdentifier(resultSet.value, interpreter.positionOf(span));
  slot.job = undefined;
}
