import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Permission } from "../../console/api/permissions";
import { PARITY_PAGE } from "../../console/build/webBuild";
import { actionOfName } from "../../console/server/events/actionName";
import { lagCost } from "../../console/server/queries/lagCost";
import { ruleOf } from "../../console/server/queries/law";
import { parityOf } from "../../console/server/queries/parity";
import { isKnownHost, isSameOrigin } from "../../console/server/security/sameOrigin";
import { AnswerCache } from "../../console/server/warehouse/answerCache";
import { fromDriver } from "../../console/server/warehouse/consoleError";
import { bytes, creditText, decimalsIn, duration, inColumn, mark } from "../../console/web/format/numbers";
import { visible } from "../../console/web/format/visible";
import { lastHour } from "../../console/web/pages/lastHour";
import { effectiveRight } from "../../console/web/pages/permissions/effectiveRight";

describe("text of events", () => {
  for (const [name, text, shown] of [
    ["a mark of direction", "a\u202eb", "a\\u202eb"],
    ["isolates and marks", "\u2066x\u2069\u200f", "\\u2066x\\u2069\\u200f"],
    ["controls", "a\u0000\u001b[31m\r", "a\\u0000\\u001b[31m\\u000d"],
    ["no width", "adm\u200bin\ufeff", "adm\\u200bin\\ufeff"],
  ] as const)
    it(`shows ${name}`, () => assert.equal(visible(text), shown));

  for (const text of ["line\n\tline", "👩‍👩‍👧‍👦 🏳️‍🌈", "שלום مرحبا", "é naïve 日本", "می‌خواهم"])
    it(`leaves ${JSON.stringify(text)} as it is`, () => assert.equal(visible(text), text));
});

describe("the name of an event, as Segment's clients give it,", () => {
  for (const [name, action] of [
    ["Order Completed", "order.completed"],
    ["productListViewed", "product_list.viewed"],
    ["Signup", "signup.tracked"],
    ["order.completed", "order.completed"],
    ["Größe geändert", "grosse.geandert"],
    ["ŁÓDŹ Æble Øl Solgt", "lodz_aeble_ol.solgt"],
    ["🎉", undefined],
    ["注文", undefined],
  ] as const)
    it(`becomes ${action}: ${name}`, () => assert.equal(actionOfName(name), action));
});

describe("the page of parity", () => {
  it("is read by areas and features, bars within a text included", () => {
    const areas = parityOf(
      "# Title\n\n## Objects\n\n| Feature | | Said | Test |\n| --- | --- | --- | --- |\n| A \\| B | ✘ refused | No \\| no. | [x.test.ts](../tests/x.test.ts) |\n| C | ✔ works |  | [y.test.ts](../tests/y.test.ts) |\n",
    );
    assert.deepEqual(areas, [
      {
        title: "Objects",
        features: [
          { name: "A | B", state: "refused", said: "No | no.", test: "tests/x.test.ts" },
          { name: "C", state: "works", said: "", test: "tests/y.test.ts" },
        ],
      },
    ]);
  });

  it("is the whole of what npm run parity wrote", () => {
    const page = readFileSync(PARITY_PAGE, "utf8");
    const features = parityOf(page).flatMap(({ features }) => features);
    assert.equal(features.length, page.split("\n").filter((line) => /\| (✔|◐|✘) /.test(line)).length);
    for (const { test } of features) assert.match(test, /^tests\/.*\.test\.ts$/);
  });
});

describe("what a target lag would cost", () => {
  it("is nothing without arrivals", () => {
    assert.deepEqual(lagCost([], 1, 2), {
      lagMinutes: 1,
      refreshesPerDay: 0,
      billedSecondsPerDay: 0,
      creditsPerDay: 0,
    });
  });

  it("is a whole day awake when something arrives every minute", () => {
    const minutes = Array.from({ length: 1440 }, (_, index) => index);
    const { refreshesPerDay, billedSecondsPerDay, creditsPerDay } = lagCost(minutes, 1, 5);
    assert.equal(refreshesPerDay, 1440);
    assert.equal(billedSecondsPerDay, 86_405);
    assert.ok(Math.abs(creditsPerDay - 24) < 0.01);
  });

  it("is a fifth when the same arrivals are taken every five minutes", () => {
    const minutes = Array.from({ length: 1440 }, (_, index) => index);
    const { refreshesPerDay, billedSecondsPerDay } = lagCost(minutes, 5, 5);
    assert.equal(refreshesPerDay, 288);
    assert.equal(billedSecondsPerDay, 288 * 65);
  });
});

describe("answers that are kept for a while", () => {
  it("are asked for once by any number of browsers", async () => {
    const cache = new AnswerCache();
    let asked = 0;
    const ask = async () => ++asked;
    const answers = await Promise.all(Array.from({ length: 50 }, () => cache.get("key", 1000, ask)));
    assert.deepEqual(new Set(answers), new Set([1]));
  });

  it("are asked for again when they are too old or the data has changed", async () => {
    let now = 0;
    const cache = new AnswerCache(10, () => now);
    let asked = 0;
    const get = () => cache.get("key", 1000, async () => ++asked);
    assert.equal(await get(), 1);
    now = 999;
    assert.equal(await get(), 1);
    now = 1000;
    assert.equal(await get(), 2);
    cache.clear();
    assert.equal(await get(), 3);
  });

  it("are not kept when asking failed", async () => {
    const cache = new AnswerCache();
    await assert.rejects(cache.get("key", 1000, () => Promise.reject(new Error("no"))));
    assert.equal(await cache.get("key", 1000, async () => "yes"), "yes");
  });
});

describe("errors of the driver in the console's terms", () => {
  const kindOf = (error: object) => fromDriver(error).kind;

  it("tell a missing permission, a refusal and a lost warehouse apart", () => {
    assert.equal(
      kindOf({ code: 2003, sqlState: "02000", message: "does not exist or not authorized" }),
      "no-permission",
    );
    assert.equal(kindOf({ code: 3001, sqlState: "42501", message: "Insufficient privileges" }), "no-permission");
    assert.equal(kindOf({ code: 100038, sqlState: "22018", message: "not numeric" }), "refused");
    assert.equal(kindOf({ code: 390112, sqlState: "08001", message: "Session expired" }), "gone");
    assert.equal(kindOf({ code: 401001, message: "Network error" }), "gone");
  });
});

describe("where a request comes from", () => {
  it("is the console's own page only when scheme, host and port fit", () => {
    assert.equal(isSameOrigin("http://127.0.0.1:3000", "127.0.0.1:3000"), true);
    assert.equal(isSameOrigin("http://127.0.0.1:3001", "127.0.0.1:3000"), false);
    assert.equal(isSameOrigin("http://127.0.0.1:3001", "127.0.0.1:3000", true), true);
    for (const origin of [undefined, "null", "file://", "http://127.0.0.1.evil.example:3000", "not a url"])
      assert.equal(isSameOrigin(origin, "127.0.0.1:3000", true), false, origin);
  });

  it("is a known host on the loopback address only by its own names", () => {
    for (const host of ["127.0.0.1:3000", "localhost:3000", "LOCALHOST", "[::1]:3000"])
      assert.equal(isKnownHost(host, true), true, host);
    for (const host of [undefined, "evil.example", "localhost.evil.example:3000"])
      assert.equal(isKnownHost(host, true), false, host);
    assert.equal(isKnownHost("console.example", false), true);
  });
});

describe("the last hour of the Overview", () => {
  const minute = (index: number, count = 1) => ({ at: new Date(index * 60_000).toISOString(), count });
  const read = Array.from({ length: 60 }, (_, index) => minute(index));

  it("is as it was read while nothing more is known", () => {
    assert.deepEqual(lastHour(read, null), read);
    assert.deepEqual(lastHour(read, new Date(59.5 * 60_000).toISOString()), read);
  });

  it("moves on with what is known, with minutes in which nothing came", () => {
    const moved = lastHour(read, new Date(61 * 60_000).toISOString());
    assert.deepEqual(moved, [...read.slice(2), minute(60, 0), minute(61, 0)]);
    assert.equal(lastHour(read, new Date(5000 * 60_000).toISOString()).length, 60);
  });
});

describe("an effective right", () => {
  const permission = (pattern: string, effect: Permission["effect"]): Permission => ({
    user: "U",
    pattern,
    effect,
    source: effect === "INHERIT" ? "GROUP G" : "USER",
    maxRows: null,
    maxRuntimeSeconds: null,
    dailyRuntimeSeconds: null,
    expiresAt: null,
    reason: null,
    decidedBy: "ADMIN",
    decidedAt: "2026-01-01T00:00:00.000Z",
  });
  const right = (permissions: Permission[], action = "order.placed") => {
    const { isAllowed, because } = effectiveRight(permissions, "U", action);
    return [isAllowed, because?.pattern];
  };

  it("is no where nobody granted, and a deny wins over every grant", () => {
    assert.deepEqual(right([]), [false, undefined]);
    assert.deepEqual(right([permission("*", "GRANT")]), [true, "*"]);
    assert.deepEqual(
      right([permission("*", "INHERIT"), permission("order.placed", "GRANT"), permission("order.*", "DENY")]),
      [false, "order.*"],
    );
    assert.deepEqual(right([permission("cart.*", "DENY"), permission("order.*", "INHERIT")]), [true, "order.*"]);
  });

  it("does not reach the reserved namespaces by the star alone", () => {
    assert.deepEqual(right([permission("*", "GRANT")], "system.permission.granted"), [false, undefined]);
    assert.deepEqual(right([permission("system.*", "GRANT")], "system.permission.granted"), [true, "system.*"]);
  });
});

describe("figures for people", () => {
  it("are short and say their unit", () => {
    assert.deepEqual([0.42, 12.3, 200, 3660, 90_000].map(duration), [
      "0.4 s",
      "12 s",
      "3 min 20 s",
      "1 h 1 min",
      "1 d 1 h",
    ]);
    assert.deepEqual([9.96, 59.4, 3599.4, 3599.6, 7199.7].map(duration), ["10 s", "59 s", "59 min 59 s", "1 h", "2 h"]);
    assert.deepEqual([999, 1234, 5_600_000].map(bytes), ["999 B", "1.2 kB", "5.6 MB"]);
    assert.deepEqual([0, 0.001, 1.5, 1_234_567, null].map(creditText), ["0.00", "< 0.01", "1.50", "1.2M", "–"]);
  });
});

describe("the marks of an axis", () => {
  it("have the decimals of their step, so that none reads like its neighbour", () => {
    const marks = (step: number, least?: number) => [0, 1, 2, 3].map((times) => mark(times * step, step, least));
    assert.deepEqual(marks(0.005, 2), ["0.000", "0.005", "0.010", "0.015"]);
    assert.deepEqual(marks(0.25), ["0.00", "0.25", "0.50", "0.75"]);
    assert.deepEqual(marks(1, 2), ["0.00", "1.00", "2.00", "3.00"]);
    assert.deepEqual(marks(2500), ["0", "2,500", "5,000", "7,500"]);
    assert.deepEqual(marks(1_250_000), ["0", "1.25M", "2.5M", "3.75M"]);
    assert.deepEqual(marks(1e-9), ["0.000000000", "0.000000001", "0.000000002", "0.000000003"]);
  });
});

describe("the numbers of a column", () => {
  it("have their points below each other and all their digits", () => {
    const column = [-14_087_210.34, 0.2, 130, 1e21, 0.1 + 0.2];
    const shown = (values: number[]) => values.map((value) => inColumn(value, decimalsIn(values)));
    assert.deepEqual(shown(column.slice(0, 3)), ["-14,087,210.34", "0.20", "130.00"]);
    assert.deepEqual(shown(column.slice(2, 4)), ["130", "1e+21"]);
    assert.deepEqual(shown(column.slice(4)), ["0.30000000000000004"]);
  });
});

describe("a page of the law", () => {
  it("gives code, title, reason and examples", () => {
    const page =
      "# TT99: A title.\n\nBecause.\n\n## Breaks it\n\n```sql\nDROP TABLE T;\n```\n\n## Keeps it\n\n```sql\nSELECT 1;\n```\n";
    assert.deepEqual(ruleOf(page), {
      code: "TT99",
      title: "A title.",
      why: "Because.",
      breaks: ["DROP TABLE T;"],
      keeps: ["SELECT 1;"],
    });
  });
});
