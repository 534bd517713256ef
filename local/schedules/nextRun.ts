import { type Cron, nextCron, parseCron } from "./cron";

const UNITS: Record<string, number> = { SECOND: 1000, MINUTE: 60_000, HOUR: 3_600_000 };

const crons = new Map<string, Cron | undefined>();

function cronOf(schedule: string): Cron | undefined {
  if (!crons.has(schedule)) {
    const words = schedule.split(" ");
    crons.set(schedule, parseCron(words.slice(2, 7), words[7] ?? "UTC"));
  }
  return crons.get(schedule);
}

/**
 * When a schedule (`10 MINUTE`, `USING CRON … zone`, as stored) comes due next after `after`. Intervals count from `base`,
 * the time of the last RESUME. All times in milliseconds.
 */
export function nextRun(schedule: string, base: number, after: number): number | undefined {
  if (schedule.startsWith("USING CRON ")) {
    const cron = cronOf(schedule);
    return cron && nextCron(cron, Math.max(base, after));
  }
  const [count, unit = ""] = schedule.split(" ");
  const period = Number(count) * (UNITS[unit] ?? 0);
  if (!(period > 0)) return undefined;
  return base + Math.max(1, Math.floor((after - base) / period) + 1) * period;
}
