import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { PAGES } from "../../console/web/pages";
import { launchChromium, needsChromium, openPage } from "./chromium";
import { sampleEvents, TestConsole } from "./support";

describe("the console by keyboard alone", () => {
  let tested: TestConsole;
  let browser: Browser;
  before(async function () {
    needsChromium(this);
    [tested, browser] = await Promise.all([TestConsole.start(), launchChromium()]);
    await tested.warehouse.ingest(sampleEvents(60));
    await tested.warehouse.ingest([{ action: "Not An Action" }]);
  });
  after(async () => {
    await browser?.close();
    await tested?.close();
  });

  const settled = async (page: Page) => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForFunction(() => document.querySelector(".skeleton") === null);
  };

  /** Who has the focus, whether one sees it, and whether it is in sight. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
      // A name of its own for each element, kept on it.
      const marked = element as HTMLElement & { mark?: string };
      const counter = window as Window & { marks?: number };
      if (marked.mark === undefined) {
        counter.marks = (counter.marks ?? 0) + 1;
        marked.mark = String(counter.marks);
      }
      return {
        mark: marked.mark,
        isBody: element === document.body,
        name: `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent?.slice(0, 40)}`,
        isSeen: (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0) || boxShadow !== "none",
        isInSight: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth && width > 0 && height > 0,
      };
    });

  /** What may be reached by Tab, as the page says. */
  const reachable = (page: Page) =>
    page.evaluate(
      () =>
        [
          ...document.querySelectorAll<HTMLElement>(
            "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])",
          ),
        ].filter(
          (element) =>
            element.tabIndex >= 0 &&
            !(element as HTMLButtonElement).disabled &&
            element.checkVisibility({ visibilityProperty: true }),
        ).length,
    );

  for (const { path, name } of PAGES) {
    it(`${name}: Tab goes through all that can be used, each in sight with its focus seen, and out again`, async () => {
      const { page, close } = await openPage(browser, {
        viewport: { width: 1280, height: 800 },
        reducedMotion: "reduce",
      });
      await page.goto(`${tested.url}${path}`);
      await settled(page);
      const count = await reachable(page);
      const met = new Set<string>();
      let isThrough = false;
      let before = "";
      for (let step = 0; step < count + 40 && !isThrough; step++) {
        await page.keyboard.press("Tab");
        const now = await focused(page);
        // In a field for a time, Tab goes from its day to its hour first.
        if (now.isBody || (met.has(now.mark) && now.mark !== before)) isThrough = true;
        else {
          met.add(now.mark);
          before = now.mark;
          assert.ok(now.isSeen, `${now.name} shows no focus`);
          assert.ok(now.isInSight, `${now.name} is out of sight`);
        }
      }
      assert.ok(isThrough, "the focus does not come out");
      // Of radio buttons that belong together, Tab meets one.
      const radios = await page.evaluate(() => {
        const all = [...document.querySelectorAll<HTMLInputElement>("input[type=radio]")];
        return all.length - new Set(all.map((radio) => radio.name)).size;
      });
      assert.ok(met.size >= count - radios, `${met.size} of ${count} were met`);
      await close();
    });
  }

  it("moves in the list of events by the arrows, opens one by Enter, closes it by Escape and is where it was", async () => {
    const { page, close } = await openPage(browser);
    await page.goto(`${tested.url}/events`);
    await settled(page);
    const index = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.index);
    await page.locator('[data-index="0"]').focus();
    for (const [key, expected] of [
      ["ArrowDown", "1"],
      ["ArrowDown", "2"],
      ["ArrowUp", "1"],
      ["End", "59"],
      ["Home", "0"],
      ["ArrowUp", "0"],
      ["ArrowDown", "1"],
    ] as const) {
      await page.keyboard.press(key);
      await page.waitForFunction((at) => (document.activeElement as HTMLElement).dataset.index === at, expected);
    }
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("How its id came about").waitFor();
    const isInside = () => page.evaluate(() => document.activeElement?.closest("[role=dialog], dialog") !== null);
    assert.ok(await isInside());
    for (let step = 0; step < 25; step++) {
      await page.keyboard.press("Tab");
      // At its ends a dialog hands over to the browser's own bar, never to the page behind it.
      const { isBody } = await focused(page);
      assert.ok(isBody || (await isInside()), "the focus is behind the dialog");
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal(await index(), "1");
    await close();
  });

  it("reads every page in a window of 320 pixels, which is one of 1280 at 400 %, without scrolling sideways", async () => {
    const { page, close } = await openPage(browser, { viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
    for (const { path, name } of PAGES) {
      await page.goto(`${tested.url}${path}`);
      await settled(page);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(beyond <= 0, `${name} is ${beyond} pixels too wide`);
    }
    await close();
  });
});
