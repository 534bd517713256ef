import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AREAS, type Outcome, runProbes } from "../../cli/parity/runProbes";

const ROOT = join(__dirname, "..", "..");

describe("docs/parity.md", function () {
  this.timeout(120_000);
  let outcomes: Outcome[];
  let page: string;

  before(async () => {
    outcomes = (await runProbes()).flatMap((result) => result.outcomes);
    page = readFileSync(join(ROOT, "docs", "parity.md"), "utf8");
  });

  it("has no line that answers wrongly or fails without naming what is missing", () => {
    assert.deepEqual(
      outcomes.filter(({ state }) => state === "fault").map(({ said }) => said),
      [],
    );
  });

  it("promises nothing that does not work", () => {
    for (const { probe, state } of outcomes) {
      const line = page.split("\n").find((text) => text.startsWith(`| ${probe.feature.replaceAll("|", "\\|")} | `));
      assert.ok(line, `${probe.feature} is missing: run \`npm run parity\``);
      if (line.includes("✔ works")) assert.equal(state, "works", probe.feature);
    }
  });

  it("names a test for each line, and each once", () => {
    const features = AREAS.flatMap(({ probes }) => probes.map(({ feature }) => feature));
    assert.equal(new Set(features).size, features.length);
    for (const { witness } of outcomes.map(({ probe }) => probe)) assert.ok(existsSync(join(ROOT, witness)), witness);
  });
});
