import assert from "node:assert/strict";
import { headerOf, placeholdersOf, renderSql, stripHeader } from "../../components/renderSql";

const values = { database: { identifier: "CLAUDE_BI" }, lag: { literal: "1 minute" }, days: { number: 1 } };
const render = (template: string, more = {}) => renderSql("views/x.sql", template, { ...values, ...more });

describe("renderSql", () => {
  it("fills identifiers, numbers and the inside of literals", () => {
    assert.equal(render("from {{ database }}.A -- '{{lag}}' {{ days }}"), "from CLAUDE_BI.A -- '1 minute' 1");
  });

  it("names file and line of an unknown placeholder and lists the known ones", () => {
    assert.throws(() => render("select 1\nfrom {{ databse }}.A"), {
      message: "sql/views/x.sql:2: unknown placeholder {{ databse }}; known are database, days, lag",
    });
  });

  it("refuses a placeholder that is malformed or never closed", () => {
    assert.throws(() => render("{{ Data Base }}"), {
      message: "sql/views/x.sql:1: malformed placeholder {{ Data Base }}; expected a lower-case name",
    });
    assert.throws(() => render("select '{{ lag'"), {
      message: "sql/views/x.sql: a placeholder is opened and never closed",
    });
  });

  for (const [name, value, message] of [
    [
      "an identifier with a quote",
      { identifier: 'A"B' },
      'sql/views/x.sql:1: {{ v }} must be a plain identifier, found "A\\"B"',
    ],
    [
      "a lower-case identifier",
      { identifier: "a" },
      'sql/views/x.sql:1: {{ v }} must be a plain identifier, found "a"',
    ],
    [
      "a literal that would end early",
      { literal: "it's" },
      'sql/views/x.sql:1: {{ v }} must be text without quotes, backslashes, $$ or control characters, found "it\'s"',
    ],
    [
      "a literal that would end the body",
      { literal: "a$$b" },
      'sql/views/x.sql:1: {{ v }} must be text without quotes, backslashes, $$ or control characters, found "a$$b"',
    ],
    ["half a day", { number: 0.5 }, "sql/views/x.sql:1: {{ v }} must be a whole number, found 0.5"],
  ] as const) {
    it(`refuses ${name}`, () => assert.throws(() => render("{{ v }}", { v: value }), { message }));
  }

  it("puts the expression into an included fragment, through a fragment that hands it on", () => {
    const text = render("select {{ include utc_instant of t.x }}");
    assert.match(text, /^select case\n {2}when regexp_like\(\n {4}t\.x, '/);
    assert.doesNotMatch(text, /\{\{|argument/);
  });

  it("says which fragment is missing and where it was asked for", () => {
    assert.throws(() => render("\n\n{{ include nothing }}"), {
      message: "sql/views/x.sql:3: there is no sql/fragments/nothing.sql",
    });
  });

  it("does not read placeholders in what it has filled in", () => {
    assert.equal(render("{{ v }}", { v: { literal: "{{ database }}" } }), "{{ database }}");
  });

  it("counts the placeholders of included fragments as the file's own", () => {
    assert.deepEqual(
      [...placeholdersOf("x", "{{ database }} {{ include judged_events }} {{ lag }}")],
      ["database", "lag"],
    );
  });

  it("takes the header as the comment and the rest as the statement", () => {
    const file = "-- One row per event,\n-- deduplicated.\nselect 1; -- kept\nselect 2;\n";
    assert.equal(headerOf(file), "One row per event, deduplicated.");
    assert.equal(stripHeader(file), "select 1; -- kept\nselect 2");
  });
});
