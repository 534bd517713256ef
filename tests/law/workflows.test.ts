import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

const ROOT = join(__dirname, "..", "..");
const WORKFLOWS = join(ROOT, ".github", "workflows");
const LINTER = "actionlint";
const GO = process.env["GO"] ?? "go";
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.7";

interface Job {
  env?: Record<string, string>;
  steps: { run?: string }[];
}

/** actionlint from PATH, from the cache, or built from its Go module where Go is there. */
function actionlint(): string | undefined {
  if (spawnSync(LINTER, ["-version"]).status === 0) return LINTER;
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const folder = join(cache, "two-table-warehouse", "bin");
  const binary = join(folder, LINTER);
  if (!existsSync(binary)) spawnSync(GO, ["install", ACTIONLINT], { env: { ...process.env, GOBIN: folder } });
  return existsSync(binary) ? binary : undefined;
}

describe("the GitHub workflows", function () {
  this.timeout(300_000);

  it("pass actionlint (skipped where it is neither installed nor to be built with Go)", function () {
    const binary = actionlint();
    if (binary === undefined) return this.skip();
    const files = readdirSync(WORKFLOWS).map((file) => join(WORKFLOWS, file));
    const { status, stdout } = spawnSync(binary, ["-no-color", ...files], { encoding: "utf8" });
    assert.equal(stdout, "");
    assert.equal(status, 0);
  });

  it("give every job that runs Pulumi what its program and its state are reached by, and nothing else a secret", () => {
    const needs = ["PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE"];
    const login = ["SNOWFLAKE_ACCOUNT", "SNOWFLAKE_PRIVATE_KEY", "SNOWFLAKE_USER"];
    const jobs = readdirSync(WORKFLOWS).flatMap((file) => {
      const workflow = parse(readFileSync(join(WORKFLOWS, file), "utf8")) as { jobs: Record<string, Job> };
      return Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${file} ${name}`, job }));
    });
    const running = jobs.filter(({ job }) => job.steps.some(({ run }) => /pulumi (preview|up)/.test(run ?? "")));
    assert.deepEqual(
      running.map(({ name }) => name),
      ["deploy.yml up", "law.yml preview"],
    );
    for (const { name, job } of jobs) {
      const given = Object.keys(job.env ?? {}).filter((key) => /^(PULUMI|SNOWFLAKE)_/.test(key));
      const wanted = running.some((one) => one.name === name) ? [...needs, ...login] : [];
      assert.deepEqual(given.sort(), wanted.sort(), name);
    }
  });

  it("judge pull requests: the SQL files as SARIF, the preview with the pack, one comment that is kept up to date", () => {
    const text = readFileSync(join(WORKFLOWS, "law.yml"), "utf8");
    assert.match(text, /npm run --silent law -- sql Pulumi\.yaml Pulumi\.\*\.yaml --format sarif > law\.sarif/);
    assert.match(text, /pulumi preview --stack dev --policy-pack policies --policy-pack-config law\.json/);
    assert.match(text, /--method PATCH "repos\/\$GITHUB_REPOSITORY\/issues\/comments\/\$id"/);
  });
});
