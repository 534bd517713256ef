import assert from "node:assert/strict";
import { checkText } from "../../law/index";
import { judgedLines } from "./corpus";

describe("ways to make, keep or grant a third table, or to loosen the two", () => {
  for (const file of [
    "evasions.txt",
    "statements.txt",
    "grants.txt",
    "hiding.txt",
    "further.txt",
    "catalogue.txt",
    "builtIns.txt",
    "kinds.txt",
    "newer.txt",
    "unread.txt",
    "attacks.txt",
    "deeper.txt",
  ]) {
    for (const { codes, line, text } of judgedLines(file)) {
      it(`${codes}: ${line}`, () => {
        assert.deepEqual([...new Set(checkText({ text }).map(({ code }) => code))].sort(), codes);
      });
    }
  }
});
