import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { launchChromium, openPage } from "./chromium";
import { TestConsole } from "./support";

const FOLDER = resolve(__dirname, "..", "..", "docs", "screenshots");

interface Shot {
  name: string;
  path: string;
  options: BrowserContextOptions;
  /** Done before the picture is taken. */
  prepare?: (page: Page) => Promise<void>;
}

const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 } };
const PLAN = {
  actions: ["order.placed"],
  window: "last_24h",
  relate: [{ relationship: "last_before", action: "page.viewed" }],
  group_by: ["attributes.country"],
  measures: ["count", "sum(revenue_impact)"],
  order_by: ["-count"],
};

const SHOTS: Shot[] = [
  { name: "overview-light", path: "/", options: { ...WIDE, colorScheme: "light" } },
  { name: "overview-dark", path: "/", options: { ...WIDE, colorScheme: "dark" } },
  { name: "overview-phone", path: "/", options: { ...PHONE, colorScheme: "light" } },
  {
    name: "event-light",
    path: "/events?action=order.*",
    options: { ...WIDE, colorScheme: "light" },
    prepare: async (page) => {
      await page.locator('[data-index="0"]').click();
      await page.getByRole("dialog").getByText("How its id came about").waitFor();
    },
  },
  {
    name: "ask-dark",
    path: `/ask?plan=${encodeURIComponent(JSON.stringify(PLAN))}`,
    options: { viewport: { width: 1280, height: 1500 }, colorScheme: "dark" },
    prepare: async (page) => {
      await page.getByRole("button", { name: "Run" }).click();
      await page.getByRole("table", { name: "Rows of the answer" }).waitFor();
    },
  },
];

/** Photographs the console on a warehouse with a day's worth of made-up events, into docs/screenshots. */
async function takeScreenshots(): Promise<void> {
  const tested = await TestConsole.start();
  const browser = await launchChromium();
  try {
    await tested.warehouse.ingest(shopEvents());
    await fetch(`${tested.url}/api/permissions`, {
      method: "POST",
      body: JSON.stringify({
        kind: "grant",
        subjectType: "USER",
        subject: "VIEWER",
        pattern: "*",
        reason: "looks at everything",
      }),
      headers: { "Content-Type": "application/json" },
    });
    await tested.warehouse.refresh();
    mkdirSync(FOLDER, { recursive: true });
    for (const { name, path, options, prepare } of SHOTS) {
      const { page, close } = await openPage(browser, { ...options, reducedMotion: "reduce" });
      await page.goto(`${tested.url}${path}`);
      await page.getByText("Live", { exact: true }).waitFor();
      await prepare?.(page);
      await page.waitForFunction(() => document.querySelector(".skeleton") === null);
      await page.screenshot({ path: join(FOLDER, `${name}.png`) });
      await close();
      console.log(`docs/screenshots/${name}.png`);
    }
  } finally {
    await browser.close();
    await tested.close();
  }
}

const COUNTRIES = ["DE", "FR", "PL", "IT", "ES"];

/** A shop's last hour: more and more visits, some orders, a few cancelled, one dead letter. */
function shopEvents(now = Date.now()): Record<string, unknown>[] {
  const events = Array.from({ length: 900 }, (_, index) => {
    const share = Math.sqrt((index + 1) / 900);
    const at = new Date(now - (1 - share) * 3_500_000 - (index % 7) * 1000).toISOString();
    const action =
      index % 37 === 0
        ? "order.cancelled"
        : index % 9 === 0
          ? "order.placed"
          : index % 4 === 0
            ? "cart.filled"
            : "page.viewed";
    const [noun] = action.split(".");
    return {
      action,
      occurred_at: at,
      _recv_at: at,
      actor_id: `customer-${(index * 7) % 83}`,
      object: { type: noun, id: `${noun}-${1000 + index}` },
      attributes: {
        country: COUNTRIES[(index * index) % 5],
        total: ((index * 37) % 200) + 0.5,
        device: index % 3 === 0 ? "phone" : "desktop",
      },
      ...(action === "order.placed" ? { revenue_impact: ((index * 37) % 200) + 0.5 } : {}),
      source: "shop",
      schema_version: "2.1.0",
    };
  });
  return [...events, { action: "Order Placed", occurred_at: new Date(now).toISOString() }];
}

void takeScreenshots();
