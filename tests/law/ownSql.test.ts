import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { renderedSource } from "../../cli/law/templates";
import { checkText, DEFAULT_SETTINGS, type Judgement } from "../../law/index";

const ROOT = join(__dirname, "..", "..");

describe("npm run law -- sql", () => {
  it("finds nothing in the warehouse's own SQL, filled in as it is deployed, and lists its documented exceptions", () => {
    const { findings, exceptions }: Judgement = JSON.parse(law("sql", "--format", "json"));
    assert.deepEqual(findings, []);
    assert.deepEqual(
      exceptions.map(({ code, used, where }) => [code, used, where.file]),
      [["TT10", true, "sql/procedures/run_edge_case_tests.sql"]],
    );
  });

  it("tells places in the template, not in the text that it makes", () => {
    const file = join(ROOT, "sql", "views", "x.sql");
    const template = "-- a view\nselect 1;\n\ncreate table {{ database }}.MCP.T as select '{{ entity }}' as E;\n";
    const source = renderedSource("views/x.sql", file, template, { ...DEFAULT_SETTINGS, database: "EVENTS_DB" });
    assert.match(source.text, /create table EVENTS_DB\.MCP\.T as select 'CUSTOMER'/);
    const [finding, ...more] = checkText(source, { settings: { ...DEFAULT_SETTINGS, database: "EVENTS_DB" } });
    assert.deepEqual(more, []);
    assert.deepEqual(
      [finding?.code, finding?.where.line, finding?.where.column, finding?.where.excerpt],
      ["TT01", 4, 14, "create table {{ database }}.MCP.T as select '{{ entity }}' as E;"],
    );
  });

  it("judges a fragment in the template that includes it, at the place of the include", () => {
    const template = "create view V as\nselect {{ include utc_instant of payload }} as T;\ncreate table T (A int);";
    const source = renderedSource("views/x.sql", "sql/views/x.sql", template, DEFAULT_SETTINGS);
    assert.ok(source.text.length > template.length + 100);
    const [finding] = checkText(source);
    assert.deepEqual([finding?.where.line, finding?.where.column], [3, 14]);
  });
});

const law = (...args: string[]): string =>
  execFileSync("npm", ["run", "--silent", "law", "--", ...args], { cwd: ROOT, encoding: "utf8" });
