import assert from "node:assert/strict";
import { faultRun } from "../../cli/faults/faultRun";
import { judge } from "../../cli/faults/verdict";

/** `npm run faults -- --faults 10000` is the long run. */
const FAULTS = 200;

describe("A producer among faults", () => {
  it("the verdict names what was lost and what came twice", () => {
    const events = new Map([
      ["a", 1],
      ["b", 2],
      ["not acknowledged", 1],
    ]);
    assert.deepEqual(judge({ acknowledged: new Set(["a", "b", "c"]), events }), { lost: ["c"], duplicated: ["b"] });
  });

  it("loses no acknowledged event and doubles none, though the line breaks and both ends are killed", async function () {
    this.timeout(600_000);
    const { lost, duplicated, acknowledged, faults } = await faultRun({ faults: FAULTS, seed: 1 });
    assert.deepEqual({ lost, duplicated }, { lost: [], duplicated: [] });
    assert.ok(acknowledged > 0);
    assert.ok(faults.line + faults.server + faults.producer >= FAULTS);
    assert.ok(faults.server > 0 && faults.producer > 0);
  });
});
