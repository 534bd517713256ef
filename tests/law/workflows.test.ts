import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const WORKFLOWS = join(ROOT, ".github", "workflows");
const LINTER = "actionlint";
const GO = process.env["GO"] ?? "go";
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.7";

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

  it("judge pull requests: the SQL files as SARIF, the preview with the pack, one comment that is kept up to date", () => {
    const text = readFileSync(join(WORKFLOWS, "law.yml"), "utf8");
    assert.match(text, /npm run --silent law -- sql --format sarif > law\.sarif/);
    assert.match(text, /pulumi preview --stack dev --policy-pack policies/);
    assert.match(text, /--method PATCH "repos\/\$GITHUB_REPOSITORY\/issues\/comments\/\$id"/);
  });
});
