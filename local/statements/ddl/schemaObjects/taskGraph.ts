import type { CatalogueSnapshot } from "../../../catalogue/catalogue";
import type { TaskDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { taskError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { fullName } from "../../../names/resolve";
import type { WriteUnit } from "../../../store/writeUnit";

const childrenOf = (catalogue: CatalogueSnapshot, id: number): TaskDoc[] =>
  [...catalogue.all("TASK")].filter(({ predecessors }) => predecessors.includes(id));

const finalizerOf = (catalogue: CatalogueSnapshot, id: number): TaskDoc | undefined =>
  [...catalogue.all("TASK")].find(({ finalizes }) => finalizes === id);

/** Neither follows a task nor is followed by one: it may be replaced and dropped while it is started. */
const standsAlone = (catalogue: CatalogueSnapshot, { id, predecessors, finalizes }: TaskDoc): boolean =>
  predecessors.length === 0 &&
  finalizes === undefined &&
  childrenOf(catalogue, id).length === 0 &&
  !finalizerOf(catalogue, id);

/** Snowflake changes a task only while its root is suspended. Errors: 091089. */
export function refuseStarted(context: ExecutionContext, task: TaskDoc): void {
  const seen = new Set<number>();
  const queue: TaskDoc[] = [task];
  for (let at = queue.pop(); at; at = queue.pop()) {
    if (seen.has(at.id)) continue;
    seen.add(at.id);
    const isRoot = at.predecessors.length === 0 && at.finalizes === undefined;
    if (isRoot && at.state === "started") {
      throw taskError(
        `Unable to update graph with root task ${fullName(context.catalogue, at)} since that root task is not suspended.`,
      );
    }
    for (const id of [...at.predecessors, ...(at.finalizes === undefined ? [] : [at.finalizes])]) {
      const before = context.catalogue.get("TASK", id);
      if (before) queue.push(before);
    }
  }
}

/**
 * A task of a graph is replaced or dropped only while the root is suspended.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/drop-task, …/create-task
 */
export function refuseStartedGraph(context: ExecutionContext, task: TaskDoc): void {
  if (!standsAlone(context.catalogue, task)) refuseStarted(context, task);
}

/** A task that becomes a root stands still until somebody resumes it. Source: https://docs.snowflake.com/en/sql-reference/sql/alter-task */
export const asNewRoot = (context: ExecutionContext, doc: TaskDoc, reason: string): Partial<TaskDoc> =>
  doc.state === "suspended"
    ? {}
    : { state: "suspended", lastSuspendedOn: toMillis(context.now), lastSuspendedReason: reason };

/** What followed a task that is dropped no longer does. Source: https://docs.snowflake.com/en/sql-reference/sql/drop-task */
export function releaseDependents(context: ExecutionContext, unit: WriteUnit, { id }: TaskDoc): void {
  const { snapshot } = unit.catalogue;
  for (const child of childrenOf(snapshot, id)) {
    const predecessors = child.predecessors.filter((before) => before !== id);
    const alone = predecessors.length > 0 ? {} : asNewRoot(context, child, "CHILD_BECAME_ROOT");
    unit.catalogue.update<TaskDoc>(child, { predecessors, ...alone });
  }
  const finalizer = finalizerOf(snapshot, id);
  if (!finalizer) return;
  const alone = asNewRoot(context, finalizer, "FINALIZER_BECAME_ROOT");
  unit.catalogue.update<TaskDoc>(finalizer, { finalizes: undefined, ...alone });
}

/** What followed a task follows the one that takes its place. */
export function passDependents(unit: WriteUnit, from: TaskDoc, to: TaskDoc): void {
  const { snapshot } = unit.catalogue;
  for (const child of childrenOf(snapshot, from.id)) {
    const predecessors = child.predecessors.map((id) => (id === from.id ? to.id : id));
    unit.catalogue.update<TaskDoc>(child, { predecessors });
  }
  const finalizer = finalizerOf(snapshot, from.id);
  if (finalizer) unit.catalogue.update<TaskDoc>(finalizer, { finalizes: to.id });
}

/** What a task that is replaced has behind it, the new one must be able to have. Errors: 091089. */
export function refuseUnfitReplacement(
  context: ExecutionContext,
  old: TaskDoc,
  replacement: Pick<TaskDoc, "predecessors" | "finalizes">,
): void {
  const { catalogue } = context;
  refuseStartedGraph(context, old);
  const name = fullName(catalogue, old);
  if (replacement.finalizes !== undefined && childrenOf(catalogue, old.id).length > 0) {
    throw taskError(`Task ${name} cannot have children as a finalizer task.`);
  }
  if ((replacement.finalizes !== undefined || replacement.predecessors.length > 0) && finalizerOf(catalogue, old.id)) {
    throw taskError(
      `Cannot replace task ${name} with a non-root task because it has a finalizer task. Please remove the finalizer task first.`,
    );
  }
}
