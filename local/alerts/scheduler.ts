import type { AlertDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import { nextRun } from "../schedules/nextRun";
import { forgetRuns } from "../schedules/runHistory";
import { type Agenda, Scheduler } from "../schedules/scheduler";
import type { Services } from "../services";
import { runAlert } from "./run";

const schedulers = new WeakMap<Services, Scheduler<AlertDoc>>();

/** The next time of a resumed alert by its schedule. */
export const alertDueOn = (services: Services, doc: AlertDoc): number | undefined =>
  schedulers.get(services)?.dueOn(doc);

/** Alerts on their schedules. */
export function startAlerts(services: Services): Scheduler<AlertDoc> {
  const agenda: Agenda<AlertDoc> = {
    active: () => services.store.catalogue.all("ALERT").filter((doc) => doc.state === "started"),
    next: (doc, after) => doc.schedule && nextRun(doc.schedule, doc.resumedOn ?? doc.createdOn, after),
    run: (doc, scheduledTime) => runAlert(services, doc, scheduledTime, "SCHEDULE"),
    tidy: (now) => forgetRuns(services.store, "ALERT_RUN", now),
  } as Agenda<AlertDoc>;
  const scheduler = new Scheduler(services, agenda);
  schedulers.set(services, scheduler);
  return scheduler;
}

/** Runs an alert outside of its schedule: at once, or behind the run in progress. */
export function executeAlertNow(services: Services, id: number): void {
  schedulers.get(services)?.runNow(id, async () => {
    const doc = services.store.catalogue.get("ALERT", id);
    if (doc && doc.droppedOn === undefined)
      await runAlert(services, doc, toMillis(services.clock.nowMicros()), "EXECUTE ALERT");
  });
}
