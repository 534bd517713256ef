import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import { LocalStack } from "../../cli/stack/localStack";

describe("A stack with mistakes in its configuration", () => {
  const folder = mkdtempSync(join(tmpdir(), "two-table-stack-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("is refused with all of them at once, before anything is deployed", async function () {
    this.timeout(300_000);
    const stack = new LocalStack({
      folder,
      passphrase: "only-for-this-test",
      port: 1,
      password: "unused",
      settings: { targetLag: "soon", retentionDays: "-1", entity: "a b" },
    });
    const failure = await stack.up().then(
      () => assert.fail("the update went through"),
      (error: Error) => error.message,
    );
    const told = failure.split("\n").map((line) => line.trim());
    const start = told.findIndex((line) => line.includes("The stack's configuration has"));
    assert.deepEqual(told.slice(start, start + 5), [
      "error: The stack's configuration has 3 problems:",
      '- entity: "a b" is not a plain identifier; expected a letter or underscore, then letters, digits, _ or $, at most 255 in all',
      '- retentionDays: expected a whole number from 1 to 90, found "-1"',
      '- targetLag: expected a number and seconds, minutes, hours or days, such as "1 minute", found "soon"',
      "Set a value with: pulumi config set two-table-warehouse:<key> <value>   (add --secret for passwords and keys)",
    ]);
    assert.doesNotMatch(failure, /\n\s+at /);
  });
});

describe("The stack files of this project", () => {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: PROJECT_ROOT, encoding: "utf8" });

  // Pulumi writes it into the file at `pulumi stack init`, and refuses every other passphrase from then on.
  it("hold the salt of nobody's passphrase", () => {
    const files = git("ls-files", "Pulumi.*.yaml").trim().split("\n");
    assert.deepEqual(files, ["Pulumi.dev.yaml", "Pulumi.local.yaml", "Pulumi.prod.yaml"]);
    for (const file of files) assert.doesNotMatch(git("show", `:${file}`), /encryptionsalt|secretsprovider/, file);
  });
});
