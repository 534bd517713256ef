import assert from "node:assert/strict";
import type { AddressInfo, Socket } from "node:net";
import { connect as connectTcp, createServer, type Server } from "node:net";
import type { Browser, Page } from "playwright-core";
import type { EventSummary } from "../../console/api/events";
import { NAMES } from "../sql/warehouse";
import { launchChromium, needsChromium, openPage, type WatchedPage } from "./chromium";
import { sampleEvents, TestConsole } from "./support";

/** A wire that can be cut: what a broken network is to both sides. */
class Wire {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  port = 0;

  constructor(private readonly target: number) {}

  async join(): Promise<void> {
    const server = createServer((near) => {
      const far = connectTcp(this.target, "127.0.0.1");
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on("error", () => undefined);
        socket.on("close", () => {
          this.sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

describe("the console live", () => {
  let tested: TestConsole;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  before(async function () {
    needsChromium(this);
    [tested, browser] = await Promise.all([TestConsole.start(), launchChromium()]);
    await tested.warehouse.ingest(sampleEvents(30));
    watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    page = watched.page;
  });
  after(async () => {
    await browser?.close();
    await tested?.close();
  });

  const openEvents = async (query = "") => {
    await page.goto(`${tested.url}/events${query}`);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByText(/\d+ events? loaded/).waitFor();
  };

  const live = (action: string, actor = "live") => ({ action, actor_id: actor, occurred_at: new Date().toISOString() });

  it("shows new events by itself once the events table was refreshed", async () => {
    await openEvents();
    await tested.warehouse.ingest([live("signal.given")]);
    await page.getByRole("row", { name: /signal\.given/ }).waitFor();
    await page.getByText("31 events loaded").waitFor();
    assert.deepEqual(watched.problems.splice(0), []);
  });

  it("shows a late event, whose client kept it for a while", async () => {
    await openEvents();
    const sentAt = new Date(Date.now() - 120_000).toISOString();
    await tested.warehouse.ingest([{ ...live("signal.kept"), _recv_at: sentAt }]);
    await page.getByRole("row", { name: /signal\.kept/ }).waitFor();
  });

  it("shows of new events those that match the filter", async () => {
    await openEvents("?action=wanted.*");
    await tested.warehouse.ingest([live("wanted.seen"), live("unwanted.seen")]);
    await page.getByRole("row", { name: /wanted\.seen/ }).waitFor();
    await page.getByText("1 event loaded").waitFor();
  });

  it("holds events back while paused, counts them, and shows them afterwards", async () => {
    await openEvents("?actor=pause");
    await page.getByRole("button", { name: "Pause" }).click();
    await tested.warehouse.ingest([live("pause.one", "pause"), live("pause.two", "pause")]);
    await page.getByRole("button", { name: "Resume (2 new)" }).click();
    await page.getByText("2 events loaded").waitFor();
    await page.getByRole("button", { name: "Pause" }).waitFor();
  });

  /** Lets answers to the list of events wait until something has happened. */
  const holdLists = async (isHeld: (url: URL) => boolean, until: Promise<unknown>) => {
    await page.route(/\/api\/events\?/, async (route) => {
      const answer = await route.fetch();
      if (isHeld(new URL(route.request().url()))) await until;
      await route.fulfill({ response: answer }).catch(() => undefined);
    });
  };

  it("keeps what is pushed while the list is still on its way", async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await holdLists(() => true, released);
    await page.goto(`${tested.url}/events?actor=meanwhile`);
    await page.getByText("Live", { exact: true }).waitFor();
    await tested.warehouse.ingest([live("meanwhile.sent", "meanwhile")]);
    await page.getByRole("row", { name: /meanwhile\.sent/ }).waitFor();
    release();
    await page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null);
    await page.getByRole("row", { name: /meanwhile\.sent/ }).waitFor();
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  it("shows the list of the last filter, whichever answer comes last", async () => {
    await openEvents();
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await holdLists(({ searchParams }) => searchParams.get("actor") === "person-1", released);
    await page.getByLabel("Actor").fill("person-1");
    await page.keyboard.press("Enter");
    await page.getByLabel("Actor").fill("person-2");
    await page.keyboard.press("Enter");
    await page.getByText(/^\d events loaded/).waitFor();
    const late = page.waitForResponse(/actor=person-1/);
    release();
    await (await late).finished();
    await page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null);
    assert.equal(await page.getByRole("gridcell", { name: "person-1" }).count(), 0);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  it("renews the Overview after a refresh", async () => {
    await page.goto(tested.url);
    const total = page.getByRole("region", { name: "Received in 24 hours" }).locator(".figure-value");
    await page.getByText("Live", { exact: true }).waitFor();
    const before = Number((await total.textContent())?.split(" ")[0]);
    await tested.warehouse.ingest([live("overview.renewed")]);
    await page.waitForFunction(
      (expected) =>
        document.querySelector("[aria-labelledby] .figure-value, .figure-value") !== null &&
        [...document.querySelectorAll(".figure-value")].some(({ textContent }) => textContent === expected),
      `${before + 1} events`,
    );
    assert.deepEqual(watched.problems.splice(0), []);
  });

  it("says that it is not connected, keeps what it knows, comes back by itself and catches up", async () => {
    const wire = new Wire(tested.console.port);
    await wire.join();
    const own = await openPage(browser);
    await own.page.goto(`http://127.0.0.1:${wire.port}/events?actor=wire`);
    await own.page.getByText("Live", { exact: true }).waitFor();
    await wire.cut();
    await own.page.getByText("Not connected").waitFor();
    await own.page.getByText(/^No connection to the console’s server since .* it reconnects by itself\.$/).waitFor();
    await tested.warehouse.ingest([live("wire.missed", "wire")]);
    await wire.join();
    await own.page.getByText("Live", { exact: true }).waitFor();
    await own.page.getByRole("row", { name: /wire\.missed/ }).waitFor();
    await wire.cut();
    await own.close();
  });

  it("has a designed state when the server is gone before anything was known", async () => {
    const wire = new Wire(tested.console.port);
    await wire.join();
    const own = await openPage(browser);
    await own.page.goto(`http://127.0.0.1:${wire.port}/law`);
    await own.page.getByRole("table").first().waitFor();
    await wire.cut();
    await own.page.getByRole("link", { name: "Events" }).click();
    await own.page.getByText("The console’s server is gone").waitFor();
    await wire.join();
    await own.page.getByRole("grid", { name: "Events" }).waitFor();
    await wire.cut();
    await own.close();
  });

  it("tells a warehouse that is gone from a server that is gone", async () => {
    const { account } = tested.outputs;
    const wire = new Wire(account.port);
    await wire.join();
    const outputs = { ...tested.outputs, account: { ...account, port: wire.port } };
    const other = await tested.startAnother("admin", { outputs });
    const own = await openPage(browser);
    await own.page.goto(`${other.url}/events?actor=person-1`);
    await own.page.getByText("Live", { exact: true }).waitFor();
    await own.page.getByRole("grid", { name: "Events" }).waitFor();
    await wire.cut();
    await own.page.getByText("Warehouse gone").waitFor();
    await own.page.getByText(/^The warehouse is not reachable\. What you see is from before/).waitFor();
    const health = (await (await fetch(`${other.url}/healthz`)).json()) as { warehouse: string };
    assert.equal(health.warehouse, "unreachable");
    await wire.join();
    await own.page.getByText("Live", { exact: true }).waitFor();
    await own.close();
    await wire.cut();
  });

  /** Statements the console has sent, by the warehouse's own history. */
  const sent = async (condition: string) => {
    const rows = await tested.warehouse.query(
      `SELECT COUNT(*) AS N FROM TABLE(${NAMES.database}.INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER(USER_NAME => 'VIEWER', RESULT_LIMIT => 10000)) WHERE QUERY_TEXT ${condition}`,
    );
    return Number(rows[0]?.N);
  };
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  it("reads nothing while nothing new comes, and only looks: an open page wakes no warehouse", async () => {
    await page.goto(tested.url);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.waitForFunction(() => document.querySelector(".skeleton") === null);
    await pause(1000);
    const read = await sent("NOT LIKE 'SHOW DYNAMIC TABLES%'");
    const looked = await sent("LIKE 'SHOW DYNAMIC TABLES%'");
    await pause(2000);
    assert.equal(await sent("NOT LIKE 'SHOW DYNAMIC TABLES%'"), read);
    assert.ok((await sent("LIKE 'SHOW DYNAMIC TABLES%'")) > looked);
  });

  it("looks at the events table only while somebody watches", async () => {
    await page.goto("about:blank");
    await pause(1500);
    const before = await sent("LIKE 'SHOW DYNAMIC TABLES%'");
    await pause(1000);
    assert.equal(await sent("LIKE 'SHOW DYNAMIC TABLES%'"), before);
    assert.notEqual(before, 0);
  });

  it("stays usable under 10 000 events a second", async () => {
    await openEvents();
    const second = 10_000;
    const seconds = 4;
    const started = performance.now();
    for (let sent = 0; sent < second * seconds; sent += 1000) {
      tested.console.hub.sendEvents(flood(sent, 1000), 0);
      const ahead = (sent / second) * 1000 - (performance.now() - started);
      if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
    }
    // The page answers while they come in and has all of them afterwards.
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: /^Resume/ }).click();
    await page.getByText(/^40,0\d\d events loaded/).waitFor();
    const rows = await page.locator(".event-row").count();
    assert.ok(rows < 100, `${rows} rows are in the page`);
    assert.deepEqual(watched.problems.splice(0), []);
  });

  it("keeps the place of a reader who has scrolled while events come in on top", async () => {
    await page.locator(".event-list").evaluate((list) => {
      list.scrollTop = 3600;
    });
    await page.locator('[data-index="105"]').waitFor();
    const at = () =>
      page.locator(".event-list").evaluate((list) => {
        const top = list.getBoundingClientRect().top;
        const row = [...list.querySelectorAll("[data-index]")].find(
          (candidate) => candidate.getBoundingClientRect().top >= top + 36,
        );
        return row?.querySelector(".object")?.textContent;
      });
    const before = await at();
    tested.console.hub.sendEvents(flood(100_000, 10), 0);
    await page.getByText(/^40,0\d\d events loaded/).waitFor();
    await page.waitForFunction(() => Number(document.querySelector(".event-list")?.scrollTop) > 3600);
    assert.equal(await at(), before);
  });
});

/** Made-up events as the server sends them, newest first. */
function flood(from: number, count: number): EventSummary[] {
  return Array.from({ length: count }, (_, offset) => {
    const index = from + count - offset;
    const at = new Date(Date.now() + index).toISOString();
    return {
      id: index.toString(16).padStart(64, "0"),
      occurredAt: at,
      receivedAt: at,
      action: "flood.came",
      actor: `actor-${index % 100}`,
      anonymousActor: null,
      objectType: "drop",
      objectId: String(index),
      lane: "DIRECT",
      copies: 1,
    };
  });
}
