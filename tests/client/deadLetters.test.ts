import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeadLetterFile } from "../../client/deadLetters";

const letter = (n: number) => ({ reason: "too big", event: `{"n":${n}}`, count: 1 });

describe("The file of dead letters", () => {
  let folder: string;
  let letters: DeadLetterFile;
  const kept = () =>
    readFileSync(letters.path, "utf8")
      .split("\n")
      .map((line) => line.replace(/^\{"at":"[^"]+",/, "{"));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dead-letters-"));
    letters = new DeadLetterFile(folder);
  });
  afterEach(async () => {
    await letters.close();
    rmSync(folder, { recursive: true });
  });

  it("keeps them one a line, those that come at once too, for nobody else to read", async () => {
    await Promise.all([1, 2, 3].map((n) => letters.keep([letter(n)])));
    assert.deepEqual(kept(), [1, 2, 3].map((n) => `{"reason":"too big","event":{"n":${n}}}`).concat(""));
    assert.equal(statSync(letters.path).mode & 0o777, 0o600);
  });

  it("is written again once it can be: a failure is no reason to refuse what comes later", async () => {
    mkdirSync(letters.path);
    await assert.rejects(letters.keep([letter(1)]), { code: "EISDIR" });
    rmdirSync(letters.path);
    await letters.keep([letter(2)]);
    assert.deepEqual(kept(), ['{"reason":"too big","event":{"n":2}}', ""]);
  });

  it("begins a line of its own behind one that a crash tore", async () => {
    await letters.keep([letter(1)]);
    await letters.close();
    appendFileSync(letters.path, '{"at":"2026');
    letters = new DeadLetterFile(folder);
    await letters.keep([letter(2)]);
    assert.deepEqual(kept().slice(1), ['{"at":"2026', '{"reason":"too big","event":{"n":2}}', ""]);
  });
});
