import assert from "node:assert/strict";
import { durationSeconds } from "../../dialect/index";

describe("lengths of time in properties", () => {
  for (const [text, seconds] of [
    ["1 minute", 60],
    ["5 minutes", 300],
    ["1 min", 60],
    ["90 secs", 90],
    ["2 HRS", 7200],
    ["1d", 86_400],
    ["16 hours, 40 minutes", 60_000],
  ] as const)
    it(`'${text}' is ${seconds} seconds`, () => assert.equal(durationSeconds(text), seconds));

  for (const text of [
    "",
    "DOWNSTREAM",
    "minute",
    "1",
    "1.5 minutes",
    "-1 minute",
    "1 week",
    "1 minute,",
    "1 minute 30 seconds",
  ])
    it(`'${text}' is no length of time`, () => assert.equal(durationSeconds(text), undefined));
});
