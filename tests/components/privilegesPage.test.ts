import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { privilegesPage } from "../../components/privilegesPage";

const PAGE = join(__dirname, "../../docs/privileges.md");

describe("docs/privileges.md", () => {
  it("is the grant matrix (UPDATE_DOCS=1 writes it)", () => {
    if (process.env.UPDATE_DOCS) writeFileSync(PAGE, privilegesPage());
    assert.equal(readFileSync(PAGE, "utf8"), privilegesPage());
  });
});
