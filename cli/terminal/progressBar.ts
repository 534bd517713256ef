import { Format, SingleBar } from "cli-progress";

export interface Bar {
  /** @param done of the total given at the start @param events loaded so far */
  update(done: number, events: number): void;
  stop(): void;
}

/** How often something is said where there is no terminal. */
const QUIET_MS = 5000;

/**
 * A bar with rate and remaining time on a terminal; elsewhere a line every five seconds.
 * @param total undefined when nobody knows it
 */
export function progressBar(name: string, total: number | undefined): Bar {
  const started = performance.now();
  const rate = (events: number) => Math.round(events / Math.max(0.001, (performance.now() - started) / 1000));
  if (!process.stderr.isTTY) return plainProgress(name, total, rate);
  const bar = new SingleBar({
    stream: process.stderr,
    clearOnComplete: false,
    hideCursor: true,
    format: (options, params, payload) => {
      const known = total !== undefined && total > 0;
      const shape = known ? Format.BarFormat(params.progress, options) : "…".repeat(8);
      const share = known ? `${Math.floor(params.progress * 100)} %` : "";
      const eta =
        known && params.progress > 0 && params.progress < 1 ? `, ${remaining(started, params.progress)} left` : "";
      return `${name} ${shape} ${share} ${counted(payload.events, "event")}, ${count(rate(payload.events))}/s${eta}`;
    },
  });
  bar.start(total ?? 1, 0, { events: 0 });
  return {
    update: (done, events) => bar.update(Math.min(done, total ?? 0), { events }),
    stop: () => bar.stop(),
  };
}

function plainProgress(name: string, total: number | undefined, rate: (events: number) => number): Bar {
  let last = performance.now();
  return {
    update(done, events) {
      if (performance.now() - last < QUIET_MS) return;
      last = performance.now();
      const share = total ? `${Math.floor((100 * done) / total)} %, ` : "";
      process.stderr.write(`${name}: ${share}${counted(events, "event")}, ${count(rate(events))}/s\n`);
    },
    stop: () => undefined,
  };
}

function remaining(started: number, progress: number): string {
  const seconds = Math.round(((performance.now() - started) / 1000) * (1 / progress - 1));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `1 event`, `16 542 events` */
export const counted = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;

/** `16 542` */
export function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, " ");
}
