import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStackFile, updateStackFile } from "../../cli/project/stackFile";

describe("a stack's configuration file", () => {
  const folder = mkdtempSync(join(tmpdir(), "stack-file-"));
  const path = join(folder, "Pulumi.dev.yaml");
  after(() => rmSync(folder, { recursive: true }));
  const updated = (text: string) => {
    writeFileSync(path, text);
    updateStackFile(path, { account: "ORG-DEV" });
    return readFileSync(path, "utf8");
  };

  for (const [name, before, after] of [
    ["nothing", "", "config:\n  two-table-warehouse:account: ORG-DEV\n"],
    ["no value of config", "config:\n", "config:\n  two-table-warehouse:account: ORG-DEV\n"],
    ["an empty config", "config: {}\n", "config:\n  two-table-warehouse:account: ORG-DEV\n"],
    [
      "a salt alone",
      "encryptionsalt: v1:a\n",
      "encryptionsalt: v1:a\nconfig:\n  two-table-warehouse:account: ORG-DEV\n",
    ],
    [
      "comments and keys",
      "config:\n  # Ours\n  a:b: 1 # one\n",
      "config:\n  # Ours\n  a:b: 1 # one\n  two-table-warehouse:account: ORG-DEV\n",
    ],
  ] as const) {
    it(`with ${name} takes a key and keeps the rest`, () => assert.equal(updated(before), after));
  }

  for (const text of ["config: []\n", "- config\n"]) {
    it(`is left as it is when it is ${JSON.stringify(text)}, which is none`, () => {
      assert.throws(() => updated(text), {
        message: `${path}: expected "config:" with keys below it, as pulumi config set writes it`,
      });
      assert.equal(readFileSync(path, "utf8"), text);
    });
  }

  it("gives its own keys that are not encrypted", () => {
    writeFileSync(
      path,
      "config:\n  two-table-warehouse:port: 443\n  two-table-warehouse:password:\n    secure: x\n  a:b: 1\n",
    );
    assert.deepEqual(readStackFile(path), { port: "443" });
  });
});
