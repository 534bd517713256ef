import type { TaskDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import { objectParameter } from "../parameters/effective";
import { nextRun } from "../schedules/nextRun";
import { forgetRuns } from "../schedules/runHistory";
import { Scheduler } from "../schedules/scheduler";
import type { Services } from "../services";
import { type GraphStart, runGraph } from "./graph";

const schedulers = new WeakMap<Services, Scheduler<TaskDoc>>();

/** The next time of a resumed root task by its schedule. */
export const taskDueOn = (services: Services, doc: TaskDoc): number | undefined => schedulers.get(services)?.dueOn(doc);

/** A task that runs when its condition comes true, without a schedule. */
const isTriggered = (doc: TaskDoc): boolean => doc.schedule === undefined && doc.condition !== undefined;

export const isRoot = (doc: TaskDoc): boolean => doc.predecessors.length === 0 && doc.finalizes === undefined;

/** Root tasks on their schedules; triggered tasks are looked at as often as they may run. */
export function startTasks(services: Services): Scheduler<TaskDoc> {
  const { store } = services;
  const scheduleOf = (doc: TaskDoc): string | undefined => {
    if (!isTriggered(doc)) return doc.schedule;
    const seconds = objectParameter(store.catalogue, doc, "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS").value;
    return `${seconds} SECOND`;
  };
  const scheduler = new Scheduler<TaskDoc>(services, {
    active: () => store.catalogue.all("TASK").filter((doc) => doc.state === "started" && isRoot(doc)),
    next(doc, after) {
      const schedule = scheduleOf(doc);
      return schedule === undefined ? undefined : nextRun(schedule, doc.resumedOn ?? doc.createdOn, after);
    },
    run: (doc, scheduledTime) =>
      runGraph(services, doc.id, { scheduledFrom: isTriggered(doc) ? "TRIGGER" : "SCHEDULE", scheduledTime }),
    tidy: (now) => forgetRuns(store, "TASK_RUN", now),
  });
  schedulers.set(services, scheduler);
  return scheduler;
}

/** Runs a graph outside of its schedule: at once, or behind the run in progress. */
export function executeTaskNow(services: Services, id: number, start: Omit<GraphStart, "scheduledTime">): void {
  schedulers
    .get(services)
    ?.runNow(id, () => runGraph(services, id, { ...start, scheduledTime: toMillis(services.clock.nowMicros()) }));
}
