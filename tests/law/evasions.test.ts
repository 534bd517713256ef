import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkText } from "../../law/index";

/** Lines `CODES | statement`. */
function corpus(file: string): { codes: string[]; text: string }[] {
  const unescaped: Record<string, string> = { "\\n": "\n", "\\t": "\t", "\\u00a0": "\u00a0" };
  return readFileSync(join(__dirname, "corpus", file), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [codes = "", text = ""] = line.split(/ \| (.*)/);
      return {
        codes: codes.split(","),
        text: text.replace(/\\n|\\t|\\u00a0/g, (written) => unescaped[written] ?? written),
      };
    });
}

describe("ways to make, keep or grant a third table, or to loosen the two", () => {
  for (const { codes, text } of corpus("evasions.txt")) {
    it(`${codes}: ${text}`, () => {
      assert.deepEqual([...new Set(checkText({ text }).map(({ code }) => code))].sort(), codes.sort());
    });
  }
});
