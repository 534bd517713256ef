import type { Store } from "../store/store";
import type { TaskRun } from "./run";

const RECENT = "SELECT entry FROM meta.history WHERE kind = 'TASK_RUN' AND object_id = $1 ORDER BY time DESC LIMIT 50";

async function recent(store: Store, taskId: number): Promise<TaskRun[]> {
  const { rows } = await store.withReader((connection) => connection.run(RECENT, [BigInt(taskId)]));
  return rows.map(([text]) => JSON.parse(text as string) as TaskRun);
}

/** The last finished run of a task. */
export const lastRunOf = async (store: Store, taskId: number): Promise<TaskRun | undefined> =>
  (await recent(store, taskId))[0];

export const lastSuccessOf = async (store: Store, rootId: number): Promise<TaskRun | undefined> =>
  (await recent(store, rootId)).find((run) => run.state === "SUCCEEDED");

/** All runs of the last graph run of a root, all attempts. */
export async function lastGraphRun(store: Store, rootId: number): Promise<TaskRun[]> {
  const last = await lastRunOf(store, rootId);
  return last ? graphRuns(store, rootId, last.groupId) : [];
}

/** All runs of a group of a root's graph, all attempts. */
export async function graphRuns(store: Store, rootId: number, groupId: string): Promise<TaskRun[]> {
  const { rows } = await store.withReader((connection) =>
    connection.run(
      "SELECT entry FROM meta.history WHERE kind = 'TASK_RUN' AND json_extract_string(entry, '$.groupId') = $1 ORDER BY time",
      [groupId],
    ),
  );
  return rows.map(([text]) => JSON.parse(text as string) as TaskRun).filter((run) => run.rootId === rootId);
}
