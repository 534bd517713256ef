import type { Session } from "../session/session";

/** What the statements of a task can ask about the run they belong to. */
export interface TaskRuntime {
  taskName: string;
  rootName: string;
  rootUuid: string;
  groupId: string;
  /** Milliseconds: when the root was scheduled. */
  scheduledTime: number;
  lastSuccess?: { groupId: string; scheduledTime: number };
  /** JSON text; undefined without configuration. */
  config: string | undefined;
  /** By name as stored, of the predecessors that set one. */
  predecessorValues: ReadonlyMap<string, string>;
  /** Set by SYSTEM$SET_RETURN_VALUE. */
  returnValue?: string;
}

const runtimes = new WeakMap<Session, TaskRuntime>();

/** Undefined outside of a task. */
export const taskRuntime = (session: Session): TaskRuntime | undefined => runtimes.get(session);

export const setTaskRuntime = (session: Session, runtime: TaskRuntime): void => {
  runtimes.set(session, runtime);
};

/** The id of a task as SHOW TASKS and TASK_HISTORY print it. */
export const taskUuid = (id: number): string => `01000000-0000-0000-0000-${String(id).padStart(12, "0")}`;
