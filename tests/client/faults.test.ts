import assert from "node:assert/strict";
import { faultRun } from "../../cli/faults/faultRun";
import { judge } from "../../cli/faults/verdict";

/** `npm run faults -- --faults 10000` is the long run. */
const FAULTS = 500;

const COMMON = [
  "answer-lost",
  "reset",
  "truncated",
  "half-closed",
  "status",
  "status-after",
  "delay",
  "trickle",
  "logged-out",
  "token-expired",
  "disk-full",
  "clock-set",
  "server-killed",
  "producer-killed",
  "producer-killed-twins-begin",
];

describe("A producer among faults", () => {
  it("the verdict names what was lost and what came twice", () => {
    const events = [
      { eventId: "a", name: "1" },
      { eventId: "b", name: "2" },
      { eventId: "b again, received later", name: "2" },
      { eventId: "not acknowledged", name: "3" },
      { eventId: "not acknowledged", name: "4" },
    ];
    assert.deepEqual(judge({ acknowledged: new Set(["a", "b", "c"]), events }), {
      lost: ["c"],
      duplicated: ["b again, received later", "not acknowledged"],
    });
  });

  it("loses no acknowledged event and doubles none, though the line breaks and both ends are killed", async function () {
    this.timeout(600_000);
    const { lost, duplicated, acknowledged, faults } = await faultRun({ faults: FAULTS, seed: 1 });
    assert.deepEqual({ lost, duplicated }, { lost: [], duplicated: [] });
    assert.ok(acknowledged > 0);
    assert.ok(Object.values(faults).reduce((sum, count) => sum + count, 0) >= FAULTS);
    // Rare ones need not befall a run as short as this.
    for (const kind of COMMON) assert.ok((faults[kind] ?? 0) > 0, `${kind} in ${JSON.stringify(faults)}`);
  });
});
