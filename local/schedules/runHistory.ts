import type { ExecutionContext } from "../execution/context";
import type { Store } from "../store/store";

/** Milliseconds that histories reach back. Source: …/functions/task_history, …/functions/alert_history */
export const KEPT_MS = 7 * 86_400_000;

export type RunKind = "ALERT_RUN" | "TASK_RUN";

/** What all runs have. Times in milliseconds. */
export interface Run {
  /** Of the task or alert. */
  objectId: number;
  state: string;
  scheduledTime: number;
  completedTime: number | null;
}

const executing = new WeakMap<Store, Set<Run & { kind: RunKind }>>();

function executingIn(store: Store): Set<Run & { kind: RunKind }> {
  const known = executing.get(store) ?? new Set();
  executing.set(store, known);
  return known;
}

/** Shows a run as EXECUTING until the returned function stores what became of it. */
export function beginRun<R extends Run>(store: Store, kind: RunKind, run: R): (result: Partial<R>) => Promise<R> {
  const shown = { ...run, kind };
  executingIn(store).add(shown);
  return async (result) => {
    const finished = { ...run, ...result };
    await storeRun(store, kind, finished);
    executingIn(store).delete(shown);
    return finished;
  };
}

export const storeRun = (store: Store, kind: RunKind, run: Run): Promise<void> =>
  store.note((connection) =>
    connection.run("INSERT INTO meta.history VALUES ($1, $2, $3, $4)", [
      kind,
      BigInt(run.objectId),
      BigInt(Math.trunc(run.scheduledTime)),
      JSON.stringify(run),
    ]),
  );

/** Runs scheduled within a span, those in progress among them. */
export async function runsBetween<R extends Run>(
  context: Pick<ExecutionContext, "query" | "services">,
  kind: RunKind,
  from: number,
  to: number,
): Promise<R[]> {
  const { rows } = await context.query(
    "SELECT entry FROM meta.history WHERE kind = $1 AND time >= $2 AND time <= $3 ORDER BY time",
    [kind, BigInt(Math.trunc(from)), BigInt(Math.ceil(to))],
  );
  const stored = rows.map(([text]) => JSON.parse(text as string) as R);
  const now = [...executingIn(context.services.store)].filter(
    (run) => run.kind === kind && run.scheduledTime >= from && run.scheduledTime <= to,
  );
  return [...stored, ...(now as unknown as R[])];
}

export const forgetRuns = (store: Store, kind: RunKind, now: number): Promise<void> =>
  store.note((connection) =>
    connection.run("DELETE FROM meta.history WHERE kind = $1 AND time < $2", [kind, BigInt(Math.trunc(now - KEPT_MS))]),
  );
