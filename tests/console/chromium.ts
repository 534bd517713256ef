/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Where the browser lies; CHROMIUM names another place. */
const CHROMIUM = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path)) ?? (PLACES[0] as string);

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @throws Error saying how to get a browser */
export function launchChromium(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error(LACKING);
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

const LACKING = `Chromium is not at ${CHROMIUM}: install it (apt-get install chromium) or set CHROMIUM to its path`;

/** Called first in `before`: where there is no browser, says by name what is not tested, and skips it. */
export function needsChromium(context: Mocha.Context): void {
  if (existsSync(CHROMIUM)) return;
  process.stderr.write(`${LACKING}. Not tested: ${context.test?.parent?.title}
`);
  context.skip();
}

/** What a page said that it should not have said. */
export interface WatchedPage {
  page: Page;
  /** Errors of the console and uncaught ones, except requests that a test made fail. */
  problems: string[];
  close(): Promise<void>;
}

/** A page in a context of its own, whose errors are collected. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  return { page, problems, close: () => context.close() };
}
