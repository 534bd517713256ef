import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ensureWebBuild, putInPlace, WEB_BUILD } from "../../console/build/webBuild";

const LIMIT_BYTES = 200_000;

describe("the console's web build", () => {
  before(() => ensureWebBuild());

  const built = () =>
    readdirSync(WEB_BUILD, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
      .map((entry) => ({ name: entry.name, body: readFileSync(join(entry.parentPath, entry.name)) }));

  it("is at most 200 kB compressed, every page included", () => {
    const bytes = built().reduce((sum, { body }) => sum + gzipSync(body, { level: 9 }).length, 0);
    assert.ok(bytes <= LIMIT_BYTES, `${bytes} bytes, at most ${LIMIT_BYTES} are allowed`);
  });

  it("needs no other server: fonts, icons and styles come from its own", () => {
    for (const { name, body } of built()) {
      if (!/\.(html|css)$/.test(name)) continue;
      assert.doesNotMatch(body.toString(), /(?:src|href|url)\s*[=(]\s*["']?https?:/, name);
      assert.doesNotMatch(body.toString(), /@import|url\(\s*["']?data:/, name);
    }
  });

  it("runs no script that stands in the page", () => {
    const page = readFileSync(join(WEB_BUILD, "index.html"), "utf8");
    for (const [script] of page.matchAll(/<script[^>]*>/g)) assert.match(script, / src="/);
    assert.doesNotMatch(page, /<style| style=| on\w+=/);
  });

  it("is built once for the same sources", async () => {
    assert.equal(await ensureWebBuild(), false);
  });

  it("stays where it lies when another process has built the same meanwhile, and gives way to a newer one", () => {
    const home = mkdtempSync(join(tmpdir(), "web-build-"));
    const made = (name: string, fingerprint: string) => {
      const folder = join(home, name);
      mkdirSync(folder);
      writeFileSync(join(folder, ".fingerprint"), fingerprint);
      writeFileSync(join(folder, "index.html"), name);
      return folder;
    };
    const page = () => readFileSync(join(home, "console", "index.html"), "utf8");
    try {
      putInPlace(made("first", "1"), join(home, "console"), "1");
      putInPlace(made("second", "1"), join(home, "console"), "1");
      assert.equal(page(), "first");
      putInPlace(made("third", "2"), join(home, "console"), "2");
      assert.equal(page(), "third");
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
