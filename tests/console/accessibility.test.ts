import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type axe from "axe-core";
import type { Browser, Page, Route } from "playwright-core";
import { PAGES } from "../../console/web/pages";
import { launchChromium, needsChromium, openPage } from "./chromium";
import { sampleEvents, TestConsole } from "./support";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
/** What depends on colours and on the size of the window; all else is the same page. */
const APPEARANCE = ["color-contrast", "scrollable-region-focusable", "target-size"];

/** What axe finds, one line a finding, contrast (AA) included. */
async function findings(page: Page, rules = EVERYTHING): Promise<string[]> {
  // Through the debugger: the page's own policy would refuse the script.
  await page.evaluate(`${AXE}; undefined`);
  const results = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ["violations"] })`,
  )) as axe.AxeResults;
  const checked = new Set([...results.passes, ...results.violations].map(({ id }) => id));
  assert.ok(checked.has("color-contrast"), "axe did not check color-contrast");
  return results.violations
    .filter(({ impact }) => impact !== "minor")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.slice(0, 200)}`),
    );
}

describe("the console is for everybody", () => {
  let tested: TestConsole;
  let browser: Browser;
  before(async function () {
    needsChromium(this);
    [tested, browser] = await Promise.all([TestConsole.start(), launchChromium()]);
    await tested.warehouse.ingest(sampleEvents(40));
    await tested.warehouse.ingest([{ action: "Not An Action" }]);
    const grant = { kind: "grant", subjectType: "USER", subject: "VIEWER", pattern: "order.*" };
    await fetch(`${tested.url}/api/permissions`, {
      method: "POST",
      body: JSON.stringify(grant),
      headers: { "Content-Type": "application/json" },
    });
  });
  after(async () => {
    await browser?.close();
    await tested?.close();
  });

  const settled = async (page: Page) => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForFunction(() => document.querySelector(".skeleton") === null);
  };

  for (const colorScheme of ["light", "dark"] as const) {
    const rules = colorScheme === "light" ? EVERYTHING : APPEARANCE;
    it(`has no finding of axe that matters on any page, ${colorScheme}`, async () => {
      const { page, close } = await openPage(browser, {
        colorScheme,
        viewport: { width: 1280, height: 900 },
        reducedMotion: "reduce",
      });
      for (const { path, name } of PAGES) {
        await page.goto(`${tested.url}${path}`);
        await settled(page);
        assert.deepEqual(await findings(page, rules), [], name);
      }
      await page.goto(`${tested.url}/events`);
      await page.locator('[data-index="0"]').click();
      await page.getByRole("dialog").getByText("How its id came about").waitFor();
      assert.deepEqual(await findings(page, rules), [], "the drawer of an event");
      await close();
    });
  }

  const STATES = {
    "while it waits for an answer": () => undefined,
    "when the warehouse refuses": (route: Route) =>
      route.fulfill({ status: 403, json: { kind: "no-permission", message: "not authorized", code: "003001" } }),
    "when the server fails": (route: Route) =>
      route.fulfill({ status: 500, json: { kind: "defect", message: "The console made a mistake." } }),
  };
  for (const [when, answer] of Object.entries(STATES)) {
    it(`has no finding of axe that matters on any page ${when}`, async () => {
      const { page, close } = await openPage(browser, { reducedMotion: "reduce" });
      await page.route(/\/api\/(?!session)/, answer);
      for (const { path, name } of PAGES) {
        await page.goto(`${tested.url}${path}`);
        await page.getByRole("heading", { level: 1 }).waitFor();
        assert.deepEqual(await findings(page), [], name);
      }
      await close();
    });
  }

  it("fits a phone: no page scrolls sideways, and axe finds nothing", async () => {
    const { page, close } = await openPage(browser, {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      reducedMotion: "reduce",
    });
    for (const { path, name } of PAGES) {
      await page.goto(`${tested.url}${path}`);
      await settled(page);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0, name);
      assert.deepEqual(await findings(page, APPEARANCE), [], name);
    }
    await close();
  });

  it("can be walked by the keyboard alone: skip link, navigation, page", async () => {
    const { page, close } = await openPage(browser);
    await page.goto(tested.url);
    await settled(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the content");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
    assert.equal(outline, "solid");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
    await page.getByRole("link", { name: "Law" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Law", level: 1 }).waitFor();
    assert.equal(await page.getByRole("link", { name: "Law", exact: true }).getAttribute("aria-current"), "page");
    await close();
  });
});
