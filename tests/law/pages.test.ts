import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RULES, rulePage } from "../../law/index";

describe("docs/law", () => {
  for (const rule of RULES) {
    it(`has the page that ${rule.code} itself gives (npm run law:pages writes it)`, () => {
      const page = readFileSync(join(__dirname, "..", "..", "docs", "law", `${rule.code}.md`), "utf8");
      assert.equal(page, rulePage(rule));
    });
  }
});
