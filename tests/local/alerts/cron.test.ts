import assert from "node:assert/strict";
import { nextCron, parseCron } from "../../../local/schedules/cron";
import { nextRun } from "../../../local/schedules/nextRun";

/** The next `count` times after a moment, as ISO texts. */
function times(fields: string, zone: string, after: string, count: number): string[] {
  const cron = parseCron(fields.split(" "), zone);
  assert.ok(cron, `malformed: ${fields}`);
  const found: string[] = [];
  for (let at = Date.parse(after); found.length < count; ) {
    const next = nextCron(cron, at);
    if (next === undefined) break;
    found.push(new Date(next).toISOString().replace(":00.000Z", "Z"));
    at = next;
  }
  return found;
}

describe("Schedules", () => {
  it("lists, ranges, steps and names", () => {
    assert.deepEqual(times("0,30 9-17/4 * * MON-FRI", "UTC", "2026-02-27T16:00:00Z", 5), [
      "2026-02-27T17:00Z",
      "2026-02-27T17:30Z",
      "2026-03-02T09:00Z",
      "2026-03-02T09:30Z",
      "2026-03-02T13:00Z",
    ]);
    assert.deepEqual(times("*/20 0 1 JAN,JUL *", "UTC", "2026-01-01T00:20:00Z", 3), [
      "2026-01-01T00:40Z",
      "2026-07-01T00:00Z",
      "2026-07-01T00:20Z",
    ]);
  });

  it("the last day of the month, the last Friday, the third Monday", () => {
    assert.deepEqual(times("0 0 L * *", "UTC", "2028-01-31T12:00:00Z", 2), ["2028-02-29T00:00Z", "2028-03-31T00:00Z"]);
    assert.deepEqual(times("0 0 * * 5L", "UTC", "2026-03-01T00:00:00Z", 2), ["2026-03-27T00:00Z", "2026-04-24T00:00Z"]);
    assert.deepEqual(times("0 0 * * MON#3", "UTC", "2026-03-01T00:00:00Z", 2), [
      "2026-03-16T00:00Z",
      "2026-04-20T00:00Z",
    ]);
  });

  it("a day of the month or a day of the week suffices when both are restricted", () => {
    assert.deepEqual(times("0 0 10-11 * TUE", "UTC", "2026-03-08T12:00:00Z", 4), [
      "2026-03-10T00:00Z",
      "2026-03-11T00:00Z",
      "2026-03-17T00:00Z",
      "2026-03-24T00:00Z",
    ]);
  });

  it("hours that the change of the clock skips have no run, hours that it repeats have two", () => {
    assert.deepEqual(times("30 2 * * *", "America/Los_Angeles", "2026-03-07T00:00:00Z", 3), [
      "2026-03-07T10:30Z",
      "2026-03-09T09:30Z",
      "2026-03-10T09:30Z",
    ]);
    assert.deepEqual(times("30 1 * * SUN", "America/Los_Angeles", "2026-10-31T00:00:00Z", 3), [
      "2026-11-01T08:30Z",
      "2026-11-01T09:30Z",
      "2026-11-08T09:30Z",
    ]);
    assert.deepEqual(times("15 0 * * *", "America/Los_Angeles", "2026-03-07T12:00:00Z", 3), [
      "2026-03-08T08:15Z",
      "2026-03-09T07:15Z",
      "2026-03-10T07:15Z",
    ]);
  });

  it("what can never be has no next time, a leap day is waited for", () => {
    assert.deepEqual(times("0 0 30 2 *", "UTC", "2026-01-01T00:00:00Z", 1), []);
    assert.deepEqual(times("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", 1), ["2028-02-29T00:00Z"]);
  });

  it("malformed fields are refused", () => {
    for (const fields of [
      "60 * * * *",
      "* 24 * * *",
      "* * 0 * *",
      "* * * 13 *",
      "* * * * 8",
      "5-1 * * * *",
      "*/0 * * * *",
      "a * * * *",
      "* * * *",
    ])
      assert.equal(parseCron(fields.split(" "), "UTC"), undefined, fields);
  });

  it("intervals count from the time of the resume", () => {
    assert.equal(nextRun("10 MINUTE", 60_000, 60_000), 660_000);
    assert.equal(nextRun("10 MINUTE", 60_000, 659_999), 660_000);
    assert.equal(nextRun("10 MINUTE", 60_000, 660_000), 1_260_000);
    assert.equal(nextRun("30 SECOND", 0, 31_000), 60_000);
    assert.equal(nextRun("1 HOUR", 0, 0), 3_600_000);
  });
});
