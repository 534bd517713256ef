import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import v8 from "node:v8";
import vm from "node:vm";
import type { Browser } from "playwright-core";
import type { EventSummary } from "../console/api/events";
import { launchChromium, openPage } from "../tests/console/chromium";
import { sampleEvents, TestConsole } from "../tests/console/support";
import type { Benchmark, Report } from "./benchmark";
import { median } from "./figures";

const LOADS = 7;
const MANY_EVENTS = 100_000;
const BROWSERS = 200;
const EVENTS_PER_SECOND = 1000;
const SECONDS = 10;

/** First paint, interaction with many events, and what many open browsers cost the server; on a warehouse and in a browser that are real. */
export const consoleBenchmark: Benchmark = {
  description: "First contentful paint, interaction with 100 000 events, 200 open browsers",
  run: async (report) => {
    const tested = await TestConsole.start();
    const browser = await launchChromium();
    try {
      await tested.warehouse.ingest(sampleEvents(500));
      await paints(tested, browser, report);
      await interactions(tested, browser, report);
      await manyBrowsers(tested, report);
    } finally {
      await browser.close();
      await tested.close();
    }
  },
};

const ms = (value: number) => `${value.toFixed(0)} ms`;

/** Each load in a context of its own, so that nothing is cached. */
async function paints(tested: TestConsole, browser: Browser, report: Report): Promise<void> {
  for (const path of ["/", "/events"]) {
    const times: number[] = [];
    for (let load = 0; load < LOADS; load++) {
      const { page, close } = await openPage(browser);
      await page.goto(`${tested.url}${path}`);
      await page.getByText("Live", { exact: true }).waitFor();
      times.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1));
      await close();
    }
    report({
      what: `first contentful paint of ${path}, ${LOADS} cold loads`,
      measured: `median ${ms(median(times))}, slowest ${ms(Math.max(...times))}`,
      beside: "goal 1 000 ms",
    });
  }
}

async function interactions(tested: TestConsole, browser: Browser, report: Report): Promise<void> {
  const { page, close } = await openPage(browser);
  await page.goto(`${tested.url}/events`);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByText("events loaded").waitFor();
  for (let sent = 0; sent < MANY_EVENTS; sent += 2500) {
    tested.console.hub.sendEvents(flood(sent, 2500), 0);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  await page.getByText("100,000 events loaded").waitFor();
  // From the input to the frame that shows its effect, as the browser itself measures it.
  await page.evaluate(() => {
    const durations: number[] = [];
    Object.assign(window, { durations });
    new PerformanceObserver((list) => durations.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "event",
      durationThreshold: 16,
    } as PerformanceObserverInit);
  });
  await page.locator('[data-index="0"]').focus();
  for (let press = 0; press < 30; press++) await page.keyboard.press(press % 3 === 2 ? "PageDown" : "ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.mouse.move(600, 600);
  for (let turn = 0; turn < 20; turn++) await page.mouse.wheel(0, 2000);
  await page.waitForTimeout(1000);
  const durations = await page.evaluate(() => (window as unknown as { durations: number[] }).durations);
  const slowest = Math.max(0, ...durations);
  report({
    what: `interaction with ${MANY_EVENTS} events loaded`,
    measured: `median ${ms(median(durations))}, slowest ${ms(slowest)} of ${durations.length}`,
    beside: "goal 100 ms",
  });
  await close();
}

async function manyBrowsers(tested: TestConsole, report: Report): Promise<void> {
  const before = usedBytes();
  const readers = await openReaders(tested.url);
  const opened = usedBytes();
  const cpu = process.cpuUsage();
  for (let second = 0; second < SECONDS; second++) {
    const next = performance.now() + 1000;
    tested.console.hub.sendEvents(flood(1_000_000 + second * EVENTS_PER_SECOND, EVENTS_PER_SECOND), 0);
    await new Promise((resolve) => setTimeout(resolve, next - performance.now()));
  }
  const { user, system } = process.cpuUsage(cpu);
  const percent = (user + system) / 1000 / (SECONDS * 1000);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  report({
    what: `${BROWSERS} open browsers, ${EVENTS_PER_SECOND} events/s`,
    measured: `${(percent * 100).toFixed(0)} % of one core, ${megabytes(usedBytes() - before)} more memory`,
    beside: `${megabytes(opened - before)} more when idle; warehouse and console hold ${megabytes(process.memoryUsage().rss)}`,
  });
  const received = await readBy(readers);
  report({
    what: "events that the slowest of them received",
    measured: String(received),
    beside: `of ${EVENTS_PER_SECOND * SECONDS} sent`,
  });
  readers.kill();
}

/** Bytes in use after a collection: what the process holds of the system grows and shrinks as it likes. */
function usedBytes(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

v8.setFlagsFromString("--expose-gc");
const collectGarbage = vm.runInNewContext("gc") as () => void;

/** The readers live in a process of their own, so that only the server is measured. */
async function openReaders(url: string): Promise<ChildProcess> {
  const readers = fork(join(__dirname, "console", "readers.ts"), [url, String(BROWSERS)], {
    execArgv: ["--require", "ts-node/register/transpile-only"],
  });
  await new Promise((resolve) => readers.once("message", resolve));
  return readers;
}

/** Made-up events as the server sends them, newest first. */
function flood(from: number, count: number): EventSummary[] {
  return Array.from({ length: count }, (_, offset) => {
    const index = from + count - offset;
    const at = new Date(Date.now() + index).toISOString();
    return {
      id: index.toString(16).padStart(64, "0"),
      occurredAt: at,
      receivedAt: at,
      action: `flood.came_${index % 20}`,
      actor: `actor-${index % 1000}`,
      anonymousActor: null,
      objectType: "drop",
      objectId: String(index),
      lane: "DIRECT",
      copies: 1,
    };
  });
}

/** How many events the slowest reader has, once it has all of them or has had ten seconds to read on. */
async function readBy(readers: ChildProcess): Promise<number> {
  for (let wait = 0; ; wait++) {
    const answer = new Promise<number>((resolve) => readers.once("message", resolve));
    readers.send("count");
    const received = await answer;
    if (received >= EVENTS_PER_SECOND * SECONDS || wait === 100) return received;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
