import assert from "node:assert/strict";
import { checkText } from "../../../law/index";
import { describeRule } from "./describeRule";

const TEMPLATE = "Judge what the template becomes, such as the files below target/compiled after dbt compile.";

describeRule("TT11", {
  fail: [
    ["create tabel X (A int)", "1:8 This SQL cannot be read: syntax error line 1 at position 7 unexpected 'tabel'."],
    ["select 1 from", "1:14 This SQL cannot be read: syntax error line 1 at position 13 unexpected '<EOF>'."],
    [
      `select 1;

select (1;`,
      "3:10 This SQL cannot be read: syntax error line 3 at position 9 unexpected ';'.",
    ],
    ["create view V as", "1:17 This SQL cannot be read: syntax error line 1 at position 16 unexpected '<EOF>'."],
    [
      "execute immediate 'create tabel X'",
      "1:27 This SQL cannot be read: syntax error line 1 at position 26 unexpected 'tabel'.",
    ],
    ["select 'abc", "1:12 This SQL cannot be read: parse error line 1 at position 11 near '<EOF>'."],
    ["/* never closed", "1:16 This SQL cannot be read: parse error line 1 at position 15 near '<EOF>'."],
    [
      `create procedure CLAUDE_BI.MCP.P() returns int language sql as $$
begin
  select 1
end $$`,
      "4:5 This SQL cannot be read: syntax error line 4 at position 4 unexpected '<EOF>'.",
    ],
    ["{{ nobody }}", "1:1 This SQL cannot be read: syntax error line 1 at position 0 unexpected '{'."],
    ["!source x.sql", "1:1 This SQL cannot be read: syntax error line 1 at position 0 unexpected '!'."],
    ["grant create on x", "1:17 This SQL cannot be read: syntax error line 1 at position 16 unexpected 'x'."],
  ],
  pass: [
    "select 1",
    "",
    "-- nothing",
    "select 1;;",
    "/* a */ select 1 /* b */",
    "select $$a'b$$",
    "begin null; end",
    "show tables ->> select * from $1",
    `select "a;b" from t`,
  ],
});

const FILLED_IN = "Judge the text as it is sent, with its variables filled in.";

describe("TT11 says what to do", () => {
  for (const [text, fix] of [
    ["select 1 from", "Correct the statement; if Snowflake does accept it, report it so that the reader learns it."],
    ["{{ config(materialized='view') }} select 1", TEMPLATE],
    ["select 1 {% if x %} from t {% endif %}", TEMPLATE],
    ["{# note #} select 1", TEMPLATE],
    ["create view <% db %>.MCP.V as select 1", FILLED_IN],
    [`create view \${db}.MCP.V as select 1`, FILLED_IN],
    ["create view &{db}.MCP.V as select 1", FILLED_IN],
    ["create view &db.MCP.V as select 1", FILLED_IN],
    ["create view %(db)s.MCP.V as select 1", FILLED_IN],
    ["!source x.sql", "Leave commands of SnowSQL itself out: they are no SQL."],
    ["select \ufffd", "Save the file as UTF-8."],
  ] as [string, string][]) {
    it(`about ${text}`, () => assert.equal(checkText({ text })[0]?.fix, fix));
  }
});
