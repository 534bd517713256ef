import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PackRunner } from "./support";

const ROOT = join(__dirname, "..", "..");

describe("the published policy pack", function () {
  this.timeout(300_000);
  const project = mkdtempSync(join(tmpdir(), "another-team-"));
  const checkout = join(project, "checkout");
  const pack = join(project, "node_modules", "two-table-law");
  let runner: PackRunner;

  before(async () => {
    const modules = join(project, "node_modules");
    mkdirSync(pack, { recursive: true });
    // In a copy: the engine takes JavaScript that lies beside the pack, also while it comes and goes.
    for (const part of ["package.json", "tsconfig.json", "cli/law", "policies", "law", "dialect"])
      cpSync(join(ROOT, part), join(checkout, part), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(checkout, "node_modules"));
    execFileSync("npm", ["pack", "--silent", "--pack-destination", project], { cwd: join(checkout, "policies") });
    const [tarball = ""] = readdirSync(project).filter((file) => file.endsWith(".tgz"));
    execFileSync("tar", ["xzf", join(project, tarball), "--strip-components=1", "-C", pack]);
    // What `npm install` would fetch.
    symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(modules, "@pulumi"));
    runner = await PackRunner.start();
  });

  after(async () => {
    await runner?.close();
    rmSync(project, { recursive: true, force: true });
  });

  it("holds JavaScript, its description and nothing that has to be compiled", () => {
    const files = readdirSync(pack, { recursive: true, encoding: "utf8" });
    assert.deepEqual(
      files.filter((file) => file.endsWith(".ts")),
      [],
    );
    for (const file of ["PulumiPolicy.yaml", "README.md", "LICENSE", "index.js", "lib/law/rules/TT01.js"])
      assert.ok(files.includes(file), `${file} is missing`);
    assert.deepEqual(
      readdirSync(join(checkout, "policies")).filter((file) => file === "lib"),
      [],
    );
  });

  it("judges the program of another team, on its database", async () => {
    const { exitCode, output } = await runner.preview("anotherTeam", {
      pack,
      config: {
        law: {
          database: "ANALYTICS",
          landingTable: "RAW.EVENTS",
          eventsTable: "CORE.EVENTS",
          deployerRole: "DEPLOYER",
        },
      },
    });
    const flat = output.replace(/\s+/g, " ");
    assert.ok(
      flat.includes(
        "[TT01] orders: Creates the table ANALYTICS.CORE.ORDERS: ANALYTICS holds exactly two tables, RAW.EVENTS and CORE.EVENTS.",
      ),
      output,
    );
    assert.ok(!flat.includes("] raw:"), output);
    assert.notEqual(exitCode, 0);
  });
});
