import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { launchChromium, needsChromium, openPage, type WatchedPage } from "./chromium";
import { sampleEvents, TestConsole } from "./support";

describe("the console's pages", () => {
  let tested: TestConsole;
  let browser: Browser;
  let watched: WatchedPage;
  before(async function () {
    needsChromium(this);
    [tested, browser] = await Promise.all([TestConsole.start(), launchChromium()]);
    const events = sampleEvents(60);
    await tested.warehouse.ingest(events);
    await tested.warehouse.ingest([
      { action: "Not An Action" },
      { action: "order.shipped", actor_id: "person-1", depends_on_event_id: "f".repeat(64) },
    ]);
    watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  });
  after(async () => {
    await browser?.close();
    await tested?.close();
  });
  afterEach(() => assert.deepEqual(watched.problems.splice(0), []));

  const open = async (path: string) => {
    await watched.page.goto(`${tested.url}${path}`);
    return watched.page;
  };

  it("Overview: lag, events, credits, law, top actions", async () => {
    const page = await open("/");
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.getByRole("region", { name: "Received in 24 hours" }).getByText("60 events", { exact: true }).waitFor();
    await page.getByRole("region", { name: "Two-Table Law" }).getByText("Kept").waitFor();
    await page.getByRole("region", { name: "Lag", exact: true }).getByText("of 1 min allowed").waitFor();
    await page.getByRole("img", { name: /^Events received per minute in the last hour: 6\d in all/ }).waitFor();
    await page.getByRole("img", { name: /^Lag after the last \d+ refreshes: .* target 1 min, 0 failed/ }).waitFor();
    await page
      .getByRole("region", { name: "Most frequent actions" })
      .getByRole("link", { name: "page.viewed" })
      .waitFor();
    await page.getByText("1 dead letter kept out of the events.").waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    assert.equal(await page.title(), "Overview · Two-Table Warehouse");
  });

  it("Events: filters live in the address, one event opens in a drawer and closes with Escape", async () => {
    const page = await open("/events");
    await page.getByText("60 events loaded").waitFor();
    await page.getByLabel("Action, or prefix.*").fill("order.*");
    await page.keyboard.press("Enter");
    await page.getByText("24 events loaded").waitFor();
    assert.equal(new URL(page.url()).search, "?action=order.*");
    await page
      .getByRole("row", { name: /order\.placed/ })
      .first()
      .click();
    const drawer = page.getByRole("dialog", { name: "order.placed" });
    await drawer.getByText("computed anew: the same").waitFor();
    await drawer.getByRole("region", { name: "Payload" }).getByText('"currency"').waitFor();
    await drawer.getByRole("table", { name: "Fields of the event id" }).getByText("_source_lane").waitFor();
    await drawer.getByText("It was received once.").waitFor();
    await drawer.getByText("It depends on no other event.").waitFor();
    await drawer.getByText("As it was received").click();
    await drawer.getByText("counts", { exact: true }).waitFor();
    await drawer.getByRole("region", { name: "Received payload 1" }).getByText('"currency"').waitFor();
    assert.match(page.url(), /event=[0-9a-f]{64}/);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await page.waitForURL(({ search }) => search === "?action=order.*");
  });

  it("Events: the keyboard alone walks the list and opens an event", async () => {
    const page = await open("/events");
    await page.getByText("60 events loaded").waitFor();
    await page.locator('[data-index="0"]').focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-index") === "2");
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-index") === "59");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("How its id came about").waitFor();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-index") === "59");
  });

  it("Events: says so when nothing matches", async () => {
    const page = await open("/events?actor=nobody");
    await page.getByText("No event matches").waitFor();
  });

  it("Actions: catalogue with types, and examples of one action", async () => {
    const page = await open("/actions");
    const table = page.getByRole("table", { name: "Actions" });
    await table
      .getByRole("img", { name: /^12 in 30 days/ })
      .first()
      .waitFor();
    await table.getByRole("button", { name: "order.placed" }).click();
    const drawer = page.getByRole("dialog", { name: "order.placed" });
    await drawer.getByRole("table", { name: "Attributes and their types" }).getByText("varchar 12").waitFor();
    await drawer
      .getByRole("region", { name: /^Attributes of event/ })
      .first()
      .waitFor();
    assert.equal(new URL(page.url()).search, "?action=order.placed");
    await page.goBack();
    await drawer.waitFor({ state: "hidden" });
    await page.getByLabel("Find an action").fill("order.pl");
    await page.reload();
    await table.getByRole("button", { name: "order.placed" }).waitFor();
    assert.equal(await table.getByRole("row").count(), 2);
    await open("/actions?action=never.seen");
    await page.getByRole("dialog").getByText("No event with the action never.seen has been seen.").waitFor();
  });

  it("Ask: a refused plan says why and leads to where it is granted; granted, it runs, and its address asks it again", async () => {
    const page = await open("/ask");
    const run = page.getByRole("button", { name: "Run" });
    assert.equal(await run.isDisabled(), true);
    const reason = page.locator(`#${await run.getAttribute("aria-describedby")}`);
    assert.equal(await reason.textContent(), "Run needs at least one action.");
    await page.getByLabel("actions, line 1", { exact: true }).fill("order.placed");
    assert.equal(await reason.count(), 0);
    await page.getByRole("button", { name: "Add a group" }).click();
    await page.getByLabel("Field of grouped by, line 1").fill("attributes.currency");
    await page.getByRole("button", { name: "Add a relationship" }).click();
    await page.getByLabel("Action of with each, what else was done, line 1").fill("page.viewed");
    await page.getByLabel("Match of with each, what else was done, line 1").selectOption("on the same object");
    await page.getByRole("button", { name: "Add a measure" }).click();
    await page.getByLabel("Function of measured as, line 1").selectOption("median");
    await page.getByLabel("Field of measured as, line 1").fill("first_after_page_viewed.seconds");
    await page.getByText('"median(first_after_page_viewed.seconds)"').waitFor();
    assert.equal(await page.locator('#plan-fields option[value="first_after_page_viewed.seconds"]').count(), 1);
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText("The warehouse refused this plan").waitFor();
    await page.getByText('you have no permission for "order.placed"').waitFor();
    await page.getByRole("link", { name: "grant it to VIEWER" }).click();
    assert.equal(await page.getByLabel("Name, as Snowflake keeps it").inputValue(), "VIEWER");
    await page.getByRole("button", { name: "Grant …" }).click();
    await page.getByRole("dialog").getByText("VIEWER may then query order.placed.").waitFor();
    await page.getByRole("button", { name: "Grant", exact: true }).click();
    await page.getByRole("table", { name: "Permissions that hold now" }).getByText("order.placed").waitFor();

    const plan = { actions: ["order.placed"], window: "last_7d", group_by: ["attributes.currency"] };
    await open(`/ask?plan=${encodeURIComponent(JSON.stringify(plan))}`);
    assert.equal(await page.getByLabel("actions, line 1", { exact: true }).inputValue(), "order.placed");
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByRole("region", { name: "The plan as it would run" }).getByText('"max_rows": 1000').waitFor();
    await page.getByRole("button", { name: "Run" }).click();
    const rows = page.getByRole("table", { name: "Rows of the answer" });
    await rows.getByRole("row", { name: "EUR 6" }).waitFor();
    await page.getByRole("img", { name: "count by attributes.currency, 2 values" }).waitFor();
    await page.getByText("The statement that ran").click();
    await page.getByText("CALL CLAUDE_BI.MCP.EXECUTE_QUERY_PLAN(PARSE_JSON(?))").waitFor();
  });

  it("Health: lag, refreshes, dead letters with their reason, events that wait", async () => {
    const page = await open("/health");
    await page.getByRole("table", { name: "The last refreshes" }).getByText("incremental").first().waitFor();
    await page
      .getByRole("table", { name: "Reasons" })
      .getByText("action … is malformed; expected noun.verb_past of a-z, 0-9, _ and dots")
      .waitFor();
    await page
      .getByRole("table", { name: /prerequisite has not arrived/ })
      .getByRole("link", { name: "order.shipped" })
      .click();
    const drawer = page.getByRole("dialog", { name: "order.shipped" });
    await drawer.getByText("which has not arrived").waitFor();
  });

  it("Permissions: what holds and why; revoking asks first", async () => {
    const page = await open("/permissions");
    await page.getByRole("button", { name: "Revoke order.placed of VIEWER" }).click();
    const dialog = page.getByRole("dialog", { name: "Revoke this permission?" });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByLabel("Action", { exact: true }).fill("order.placed");
    await page.getByText("order.placed is granted to the user by VIEWER.").waitFor();
    await page.getByLabel("Action", { exact: true }).fill("page.viewed");
    await page.getByText("No permission matches, and what nobody granted is refused.").waitFor();
    await page.getByRole("button", { name: "Revoke order.placed of VIEWER" }).click();
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await page.getByText("Nobody may query anything yet").waitFor();
  });

  it("Law: the two tables and every rule with its reason", async () => {
    const page = await open("/law");
    const table = page.getByRole("table", { name: "Every table-like object of the database" });
    await table.getByRole("row", { name: /ACTIVITY\.EVENTS dynamic table allowed/ }).waitFor();
    await table.getByRole("row", { name: /LANDING\.RAW_EVENTS base table allowed/ }).waitFor();
    assert.equal(await page.locator("summary").count(), 12);
    await page.getByText("TT01").click();
    await page.getByText("A view answers the same question").waitFor();
  });

  it("Costs: credits by day, and what another lag would cost", async () => {
    const page = await open("/costs");
    await page.getByRole("table", { name: "Credits per day" }).getByRole("row").nth(1).waitFor();
    await page
      .getByRole("table", { name: "Estimated credits by target lag" })
      .getByRole("row", { name: /^5 min/ })
      .waitFor();
  });

  it("Parity: what the embedded server does and refuses, by words and state of the address", async () => {
    const page = await open("/parity");
    await page.getByRole("table", { name: "Features: Access control" }).waitFor();
    await page.getByLabel("Feature or message").fill("iceberg");
    await page.getByText("1 feature: 0 works, 0 partly, 1 refused").waitFor();
    await page
      .getByRole("row", { name: "Iceberg tables refused Unsupported feature 'CREATE ICEBERG TABLE'." })
      .waitFor();
    await page.getByLabel("State").selectOption("works");
    await page.getByText("No feature matches").waitFor();
    assert.equal(new URL(page.url()).search, "?words=iceberg&state=works");
    await page.getByLabel("Feature or message").fill("");
    await page
      .getByRole("status")
      .getByText(/^\d+ features: (\d+) works, 0 partly, 0 refused$/)
      .waitFor();
  });

  it("shows times in the reader's zone and in UTC on hover", async () => {
    const page = await open("/law");
    await page.goto(`${tested.url}/health`);
    const time = page.getByRole("table", { name: "The last refreshes" }).locator("time").first();
    const iso = (await time.getAttribute("datetime")) as string;
    const local = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "Europe/Berlin" }).format(
      new Date(iso),
    );
    assert.equal(await time.textContent(), local);
    assert.equal(await time.getAttribute("title"), `${iso.replace("T", " ").replace("Z", "")} UTC`);
  });

  it("remembers the chosen theme before the first paint", async () => {
    const page = await open("/law");
    await page.getByLabel("Theme").selectOption("dark");
    await page.reload({ waitUntil: "commit" });
    await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
    await page.getByLabel("Theme").selectOption("auto");
  });

  it("knows a page that does not exist from one that does", async () => {
    const page = await open("/tables");
    await page.getByText("There is no such page").waitFor();
    assert.equal(await page.title(), "No such page · Two-Table Warehouse");
  });

  it("says that its server is gone when a proxy answers for it, and takes no page for unknown before it knows them", async () => {
    const cut = await openPage(browser);
    await cut.page.route("**/api/**", (route) => route.fulfill({ status: 503, body: "upstream is down" }));
    for (const path of ["/parity", "/costs"]) {
      await cut.page.goto(`${tested.url}${path}`);
      await cut.page
        .getByText("The console’s own server does not answer. It may have been stopped. (HTTP 503)")
        .first()
        .waitFor();
      await cut.page.getByText("No connection to the console’s server").waitFor();
    }
    await cut.page.unroute("**/api/**");
    await cut.page.getByRole("table", { name: "Credits per day" }).waitFor();
    await cut.close();
  });

  describe("for a role without permission", () => {
    // The browser itself reports every answer that is not 2xx.
    afterEach(() => {
      for (const problem of watched.problems.splice(0)) assert.match(problem, /status of 403 \(Forbidden\)/);
    });

    it("names the role and who may, on every page it may not read", async () => {
      const { url } = await tested.startAnother("user");
      const { page } = watched;
      for (const path of ["/health", "/events", "/law", "/costs"]) {
        await page.goto(`${url}${path}`);
        await page.getByText("No permission").first().waitFor();
        await page.getByText("MCP_USER_ROLE", { exact: true }).first().waitFor();
      }
      await page.getByText("Not live", { exact: true }).waitFor();
      await page.goto(url);
      await page.getByRole("region", { name: "Lag after each refresh" }).getByText("No permission").waitFor();
      await page.goto(`${url}/actions`);
      await page.getByRole("table", { name: "Actions" }).waitFor();
      await page.goto(`${url}/permissions`);
      await page.getByText("Nobody may query anything yet").waitFor();
      assert.equal(await page.getByRole("button", { name: "Grant …" }).count(), 0);
    });
  });
});
