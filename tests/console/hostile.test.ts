import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { launchChromium, needsChromium, openPage, type WatchedPage } from "./chromium";
import { TestConsole } from "./support";

/** Whatever runs from an event sets this. */
declare global {
  interface Window {
    pwned?: boolean;
  }
}

const MARKUP = `<img src=x onerror="window.pwned=true"><script>window.pwned=true</script>`;
const END_OF_SCRIPT = `</script><script>window.pwned=true</script>`;
const RIGHT_TO_LEFT = "\u202emoc.live\u202c שלום עולם";
const EMOJI = "👩‍👩‍👧‍👦 🏳️‍🌈 é\u0301\u0301\u0301 𝕏";

const LONG_ACTION = `${"a_noun_that_goes_on_".repeat(9)}thing.sent`;

const at = () => new Date().toISOString();

describe("the console and hostile events", () => {
  let tested: TestConsole;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  before(async function () {
    needsChromium(this);
    [tested, browser] = await Promise.all([TestConsole.start(), launchChromium()]);
    await tested.warehouse.ingest([
      {
        action: "markup.sent",
        occurred_at: at(),
        actor_id: MARKUP,
        object: { type: MARKUP, id: END_OF_SCRIPT },
        attributes: { [MARKUP]: END_OF_SCRIPT },
      },
      {
        action: "text.sent",
        occurred_at: at(),
        actor_id: RIGHT_TO_LEFT,
        object: { type: "emoji", id: EMOJI },
        attributes: { text: EMOJI },
      },
      {
        action: "link.sent",
        occurred_at: at(),
        actor_id: "linker",
        link: "javascript:window.pwned=true",
        attributes: { constructor: 1, __proto__x: 2 },
      },
      {
        action: "much.sent",
        occurred_at: at(),
        actor_id: "m".repeat(1000),
        attributes: { text: "x".repeat(950_000), deep: nested(60) },
      },
      { action: LONG_ACTION, occurred_at: at(), actor_id: "namer" },
      { action: "digits.sent", occurred_at: at(), actor_id: "counter", attributes: JSON.parse('{"n": 1}') },
      { action: MARKUP, occurred_at: END_OF_SCRIPT },
    ]);
    watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    page = watched.page;
  });
  after(async () => {
    await browser?.close();
    await tested?.close();
  });
  afterEach(async () => {
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    assert.deepEqual(watched.problems.splice(0), []);
  });

  const openEvent = async (action: string) => {
    await page.goto(`${tested.url}/events?action=${action}`);
    await page.locator('[data-index="0"]').click();
    const drawer = page.getByRole("dialog", { name: action });
    await drawer.getByText("How its id came about").waitFor();
    return drawer;
  };

  it("shows markup as the text it is, in the list, the drawer, the catalogue and the dead letters", async () => {
    const drawer = await openEvent("markup.sent");
    await drawer.getByRole("link", { name: MARKUP }).waitFor();
    const payload = (await drawer.getByRole("region", { name: "Payload" }).textContent()) ?? "";
    assert.deepEqual(JSON.parse(payload).attributes, { [MARKUP]: END_OF_SCRIPT });
    await page.goto(`${tested.url}/actions`);
    await page.getByRole("button", { name: "markup.sent" }).click();
    await page.getByRole("dialog").getByText(MARKUP, { exact: true }).waitFor();
    await page.goto(`${tested.url}/health`);
    await page.getByRole("table", { name: "The last dead letters" }).getByText(MARKUP).first().waitFor();
  });

  it("finds the events of an actor whose name is long, from its link", async () => {
    const drawer = await openEvent("much.sent");
    await drawer.getByRole("link", { name: "m".repeat(1000) }).click();
    await page.getByText("1 event loaded").waitFor();
  });

  it("finds the events of an actor whose name is markup, from its link", async () => {
    const drawer = await openEvent("markup.sent");
    await drawer.getByRole("link", { name: MARKUP }).click();
    await page.getByText("1 event loaded").waitFor();
    assert.equal(new URL(page.url()).searchParams.get("actor"), MARKUP);
  });

  it("keeps the name of an action inside its cell, however long", async () => {
    await page.goto(`${tested.url}/actions`);
    const name = page.getByRole("button", { name: LONG_ACTION });
    await name.waitFor();
    const beyond = await name.evaluate(
      (button) =>
        button.getBoundingClientRect().right - (button.closest("td") as Element).getBoundingClientRect().right,
    );
    assert.ok(beyond <= 0, `${beyond} pixels stand in the next cell`);
  });

  it("keeps text of the other direction and emoji inside their own cell", async () => {
    const drawer = await openEvent("text.sent");
    await drawer.getByText(`emoji ${EMOJI}`).waitFor();
    const direction = await page.evaluate(
      () => getComputedStyle(document.querySelector(".event-list") as Element).direction,
    );
    assert.equal(direction, "ltr");
    assert.equal(await page.locator('[data-index="0"] .actor').getAttribute("dir"), "auto");
  });

  it("spells out what turns the text around it, in names and in JSON, and finds it all the same", async () => {
    const drawer = await openEvent("text.sent");
    const spelled = "\\u202emoc.live\\u202c שלום עולם";
    await page.locator('[data-index="0"] .actor').getByText(spelled, { exact: true }).waitFor();
    const payload = (await drawer.getByRole("region", { name: "Payload" }).textContent()) ?? "";
    assert.ok(payload.includes(`"actor_id": "${spelled}"`), payload);
    assert.equal(JSON.parse(payload).actor_id, RIGHT_TO_LEFT);
    await drawer.getByRole("link", { name: spelled }).click();
    await page.getByText("1 event loaded").waitFor();
  });

  it("begins names of the other direction where all others begin", async () => {
    const drawer = await openEvent("text.sent");
    const [dd, text] = await drawer
      .getByRole("link", { name: /moc\.live/ })
      .evaluate((link) => [link.closest("dd") as Element, link].map((one) => one.getBoundingClientRect().left));
    assert.ok(Math.abs((text as number) - (dd as number)) < 1, `${text} instead of ${dd}`);
  });

  it("makes no link of what an event calls a link", async () => {
    const drawer = await openEvent("link.sent");
    await drawer.getByText("javascript:window.pwned=true", { exact: true }).waitFor();
    assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
  });

  it("shows the beginning of a megabyte and hands out the whole", async () => {
    const drawer = await openEvent("much.sent");
    await drawer.getByText("Only the beginning is shown.").waitFor();
    const shown = (await drawer.getByRole("region", { name: "Payload" }).textContent()) ?? "";
    assert.equal(shown.length, 20_000);
    const href = await drawer.getByRole("link", { name: "Download the whole payload" }).getAttribute("href");
    const whole = await fetch(`${tested.url}${href}`);
    assert.match(whole.headers.get("content-disposition") ?? "", /^attachment/);
    const payload = (await whole.json()) as { attributes: { text: string } };
    assert.equal(payload.attributes.text.length, 950_000);
    // No text, however long, makes the page wider than the window.
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0);
  });

  it("pushes them live as safely as it reads them", async () => {
    await page.goto(`${tested.url}/events`);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByText("6 events loaded").waitFor();
    await tested.warehouse.ingest([
      { action: "markup.pushed", occurred_at: at(), actor_id: `${MARKUP}${END_OF_SCRIPT}` },
    ]);
    await page
      .getByRole("row", { name: /markup\.pushed/ })
      .getByText(MARKUP)
      .waitFor();
  });

  it("takes nonsense in the address as nonsense", async () => {
    await page.goto(`${tested.url}/ask?plan=${encodeURIComponent(END_OF_SCRIPT)}`);
    await page.getByText("Nothing asked yet").waitFor();
    await page.getByText("The address holds no plan that can be read; it may have been cut.").waitFor();
    await page.goto(
      `${tested.url}/ask?plan=${encodeURIComponent('{"actions":7,"filters":[null,3],"measures":[{}],"window":null}')}`,
    );
    await page.getByText("Nothing asked yet").waitFor();
    await page.getByText("leaves it out: actions, filters, window").waitFor();
    await page.goto(`${tested.url}/events?action=${encodeURIComponent(MARKUP)}`);
    await page.getByText("No event matches").waitFor();
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? "deep" : [nested(depth - 1)];
}
