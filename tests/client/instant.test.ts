import assert from "node:assert/strict";
import fc from "fast-check";
import { isOffset, lacksOffset, parseInstant } from "../../client/instant";

const pad = (n: number, length = 2) => String(n).padStart(length, "0");

describe("an instant", () => {
  it("is read from every spelling of the grammar as the millisecond it names", () => {
    const offset = fc.constantFrom<[string, number]>(
      ["Z", 0],
      ["z", 0],
      ["+05:30", 330],
      ["-0800", -480],
      ["+02", 120],
      ["-23:59", -1439],
    );
    const fraction = fc.option(fc.stringMatching(/^[0-9]{1,9}$/), { nil: undefined });
    const parts = fc.record({
      day: fc.date({
        min: new Date("0002-01-01T00:00:00Z"),
        max: new Date("9998-12-31T00:00:00Z"),
        noInvalidDate: true,
      }),
      separator: fc.constantFrom("T", "t", " "),
      seconds: fc.option(fc.integer({ min: 0, max: 59 }), { nil: undefined }),
      point: fc.constantFrom(".", ","),
      fraction,
      offset,
    });
    fc.assert(
      fc.property(parts, ({ day, separator, seconds, point, fraction, offset: [zone, minutes] }) => {
        const date = day.toISOString().slice(0, 10);
        const [hour, minute] = [day.getUTCHours(), day.getUTCMinutes()];
        const digits = seconds === undefined ? undefined : fraction;
        const second =
          seconds === undefined ? "" : `:${pad(seconds)}${digits === undefined ? "" : `${point}${digits}`}`;
        const wanted =
          Date.parse(`${date}T00:00:00Z`) +
          ((hour * 60 + minute - minutes) * 60 + (seconds ?? 0)) * 1000 +
          Math.floor(Number(`0.${digits ?? "0"}`) * 1000 + 1e-7);
        assert.equal(parseInstant(`${date}${separator}${pad(hour)}:${pad(minute)}${second}${zone}`), wanted);
      }),
    );
  });

  it("before 1970 is cut towards the past as well", () => {
    assert.equal(parseInstant("1969-12-31T23:59:59.9999Z"), -1);
  });

  for (const text of [
    "2026-03-01T10:00:00",
    "2026-03-01",
    "1772359200",
    "2026-02-30T00:00:00Z",
    "2026-03-01T24:00:00Z",
    "2026-03-01T10:00:60Z",
    "2026-03-01T10:00:00+24:00",
    "2026-03-01T10:00:00 Z",
    "2026-03-01T10Z",
    "20260301T100000Z",
    "2026-W09-7T10:00:00Z",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "+2026-03-01T10:00:00Z",
    "2026-03-01T10:00:00Z\n",
    "٢٠٢٦-03-01T10:00:00Z",
    "",
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(parseInstant(text), undefined));
  }

  it("lacks an offset only where nothing else is missing", () => {
    assert.ok(lacksOffset("2026-03-01 10:00"));
    assert.ok(lacksOffset("2026-03-01T10:00:00.123456789"));
    assert.ok(!lacksOffset("2026-03-01"));
    assert.ok(!lacksOffset("2026-03-01T10:00:00Z"));
    assert.ok(isOffset("+0530") && isOffset("Z") && !isOffset("CET") && !isOffset("+24:00"));
  });
});
