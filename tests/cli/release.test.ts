import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import { releaseChangelog } from "../../cli/release/changelog";
import { TemporaryRepository } from "./temporaryRepository";

const HEAD = "# Changelog\n\n";

describe("A release", () => {
  it("is what npm version does: the version, the changelog, one commit and a tag", function () {
    this.timeout(60_000);
    const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8"));
    const repository = new TemporaryRepository();
    const env = { ...process.env, TS_NODE_PROJECT: join(PROJECT_ROOT, "tsconfig.json") };
    const options = { cwd: repository.path, env, encoding: "utf8", stdio: "pipe" } as const;
    const file = (name: string) => join(repository.path, name);
    try {
      const version = scripts.version.replace("cli/changelog.ts", join(PROJECT_ROOT, "cli/changelog.ts"));
      const loader = join(PROJECT_ROOT, "node_modules", "ts-node", "register", "transpile-only");
      const own = { version: version.replace("ts-node/register/transpile-only", loader) };
      writeFileSync(file("package.json"), JSON.stringify({ name: "a", version: "0.1.0", scripts: own }));
      writeFileSync(file("CHANGELOG.md"), `${HEAD}## Unreleased\n\n### Added\n- A thing.\n`);
      repository.commit("First");
      repository.git("config", "user.email", "ann@example.com");
      repository.git("config", "user.name", "Ann");
      execFileSync("npm", ["version", "minor"], options);
      const day = new Date().toISOString().slice(0, 10);
      assert.equal(
        repository.git("show", "v0.2.0:CHANGELOG.md"),
        `${HEAD}## Unreleased\n\n## 0.2.0 - ${day}\n\n### Added\n- A thing.\n`,
      );
      assert.equal(JSON.parse(repository.git("show", "v0.2.0:package.json")).version, "0.2.0");
      assert.equal(repository.git("status", "--porcelain"), "");
      assert.equal(repository.git("rev-list", "--count", "HEAD").trim(), "2");
      assert.throws(
        () => execFileSync("npm", ["version", "minor"], options),
        /CHANGELOG\.md says nothing under Unreleased: write what users will notice/,
      );
      assert.equal(repository.git("rev-list", "--count", "HEAD").trim(), "2");
    } finally {
      repository.remove();
    }
  });

  it("keeps older sections", () => {
    const older = "## 0.1.0 - 2026-01-01\n\n- Old.\n";
    assert.equal(
      releaseChangelog(`${HEAD}## Unreleased\n\n- New.\n\n${older}`, "0.2.0", "2026-02-02"),
      `${HEAD}## Unreleased\n\n## 0.2.0 - 2026-02-02\n\n- New.\n\n${older}`,
    );
  });

  it("refuses a changelog without the section, and a version that stands there", () => {
    assert.throws(() => releaseChangelog(HEAD, "1.0.0", "d"), {
      message: "CHANGELOG.md has no section Unreleased; expected the line: ## Unreleased",
    });
    assert.throws(() => releaseChangelog(`${HEAD}## Unreleased\n\n- A.\n\n## 1.0.0 - d\n`, "1.0.0", "d"), {
      message: "CHANGELOG.md has a section 1.0.0 already",
    });
  });
});
