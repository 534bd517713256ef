import assert from "node:assert/strict";
import { judge } from "../../../law/index";
import { describeRule } from "./describeRule";

const declarationOf = (query: string) =>
  `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS target_lag = '1 minute' warehouse = DT_XS_WH refresh_mode = INCREMENTAL cluster by (date(occurred_at), action) as ${query}`;

describe("TT02 on one declaration that two resources run", () => {
  const declaration = declarationOf;
  const first = {
    resource: "first",
    property: "execute",
    text: declaration("select payload from CLAUDE_BI.LANDING.RAW_EVENTS"),
  };
  const told = (text: string, revert = "select 1") =>
    judge([
      first,
      { resource: "second", property: "execute", text },
      { resource: "second", property: "revert", text: revert },
    ]).findings.map(({ code, message }) => `${code} ${message}`);

  it("allows the same CREATE OR ALTER, and nothing that differs from it", () => {
    assert.deepEqual(told(first.text), []);
    const twice = ["TT02 The events table is declared a second time; the first is in first."];
    assert.deepEqual(told(declaration("select payload as p from CLAUDE_BI.LANDING.RAW_EVENTS")), twice);
    assert.deepEqual(told(first.text, "drop dynamic table if exists CLAUDE_BI.ACTIVITY.EVENTS"), twice);
  });

  it("asks of the two whether they drop when they go, and of nothing else", () => {
    const second = { resource: "second", property: "execute", text: first.text };
    const beside = (resource: string, property: string, text: string) =>
      judge([first, second, { resource, property, text }]).findings.map(({ message }) => message);
    const drop = "drop view CLAUDE_BI.MCP.V";
    const twice = ["The events table is declared a second time; the first is in first."];
    assert.deepEqual(beside("first", "revert", drop), twice);
    assert.deepEqual(beside("third", "revert", drop), []);
    assert.deepEqual(beside("second", "query", drop), []);
    assert.deepEqual(beside("second", "revert", "alter view CLAUDE_BI.MCP.V set secure"), []);
  });
});

describe("TT02 on all that there is", () => {
  const told = (...texts: string[]) =>
    judge(
      texts.map((text) => ({ text })),
      { whole: true },
    ).findings.map(({ code, message }) => `${code} ${message}`);

  it("asks for the two tables where the governed database is made, and nowhere else", () => {
    assert.deepEqual(told("create database CLAUDE_BI"), [
      "TT02 The landing table CLAUDE_BI.LANDING.RAW_EVENTS is missing.",
      "TT02 The events table CLAUDE_BI.ACTIVITY.EVENTS is missing.",
    ]);
    for (const text of [
      "create database OTHER_DB",
      "create database identifier($D)",
      "create schema OTHER_DB.CLAUDE_BI",
      "create warehouse CLAUDE_BI warehouse_size = xsmall auto_suspend = 60",
      "create view OTHER_DB.PUBLIC.V as select 1 as A",
    ])
      assert.deepEqual(
        told(text).filter((finding) => finding.startsWith("TT02")),
        [],
        text,
      );
  });
  it("misses neither where both are declared", () => {
    const events = declarationOf("select payload from CLAUDE_BI.LANDING.RAW_EVENTS");
    const landing = "create table if not exists CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD variant) change_tracking = true";
    assert.deepEqual(told("create database CLAUDE_BI", landing, events), []);
    assert.deepEqual(told("create database CLAUDE_BI", events), [
      "TT02 The landing table CLAUDE_BI.LANDING.RAW_EVENTS is missing.",
    ]);
  });
  it("tells of a table that is declared in two texts by the first of them", () => {
    const landing = "create table if not exists CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD variant)";
    const resource = (name: string) => ({ text: landing, resource: name });
    const twice = (sources: Parameters<typeof judge>[0]) => judge(sources).findings.map(({ message }) => message);
    const said = (first: string) => [`The landing table is declared a second time; the first is in ${first}.`];
    assert.deepEqual(twice([resource("a"), resource("b")]), said("a"));
    assert.deepEqual(twice([{ text: landing, file: "a.sql" }, resource("b")]), said("a.sql"));
    assert.deepEqual(twice([{ text: `${landing}; ${landing}` }]), said("the same text"));
    assert.deepEqual(twice([resource("a"), { text: "create table OTHER_DB.LANDING.RAW_EVENTS (A int)" }]), []);
  });
});

describe("TT02 says what to do", () => {
  for (const [text, fix] of [
    ["create transient table CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD variant)", "Declare it as a plain table."],
    ["create table CLAUDE_BI.ACTIVITY.EVENTS (A int)", "Declare it as a dynamic table."],
    ["create view CLAUDE_BI.ACTIVITY.EVENTS as select 1 as A", "Give the view another name."],
  ] as const) {
    it(`about ${text}`, () => {
      const { findings } = judge([{ text }]);
      assert.deepEqual(
        findings.filter(({ code }) => code === "TT02").map((finding) => finding.fix),
        [fix],
      );
    });
  }
});

describeRule("TT02", {
  fail: [
    [
      "alter schema CLAUDE_BI.LANDING set DEFAULT_METADATA_WRITE_FORMAT = ICEBERG",
      "1:36 Has new tables of the schema CLAUDE_BI.LANDING written as Iceberg tables; the landing table is a plain one.",
    ],
    ["drop dynamic table CLAUDE_BI.ACTIVITY.EVENTS", "1:1 Drops the events table CLAUDE_BI.ACTIVITY.EVENTS."],
    ["drop table if exists CLAUDE_BI.ACTIVITY.EVENTS", "1:1 Drops the events table CLAUDE_BI.ACTIVITY.EVENTS."],
    [
      "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS rename to OTHER_DB.PUBLIC.E",
      "1:47 Renames CLAUDE_BI.ACTIVITY.EVENTS, one of the two tables.",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS rename to OTHER_DB.PUBLIC.R",
      "1:42 Renames CLAUDE_BI.LANDING.RAW_EVENTS, one of the two tables.",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS swap with OTHER_DB.PUBLIC.R",
      "1:42 Swaps out CLAUDE_BI.LANDING.RAW_EVENTS, one of the two tables.",
    ],
    [
      "alter schema CLAUDE_BI.LANDING rename to OTHER_DB.LANDING",
      "1:32 Renames the schema CLAUDE_BI.LANDING, which holds one of the two tables.",
    ],
    [
      "alter schema CLAUDE_BI.ACTIVITY swap with OTHER_DB.S",
      "1:33 Swaps out the schema CLAUDE_BI.ACTIVITY, which holds one of the two tables.",
    ],
    ["alter database CLAUDE_BI rename to OLD", "1:26 Renames the governed database CLAUDE_BI."],
    [
      "create view CLAUDE_BI.ACTIVITY.EVENTS as select 1 as A",
      "1:13 CLAUDE_BI.ACTIVITY.EVENTS is one of the two tables, and this makes a view of it.",
    ],
    [
      `create or replace view CLAUDE_BI.LANDING.RAW_EVENTS as
select 1 as A`,
      "1:24 CLAUDE_BI.LANDING.RAW_EVENTS is one of the two tables, and this makes a view of it.",
    ],
    [
      `create table CLAUDE_BI.LANDING.RAW_EVENTS (payload variant);
create table if not exists CLAUDE_BI.LANDING.RAW_EVENTS (payload variant)`,
      "2:1 The landing table is declared a second time; the first is in the same text.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS;
create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "7:1 The events table is declared a second time; the first is in the same text.",
    ],
    [
      "create table CLAUDE_BI.ACTIVITY.EVENTS (A int)",
      "1:14 CLAUDE_BI.ACTIVITY.EVENTS is one of the two tables, and this makes a table of it.",
    ],
    [
      "create external table CLAUDE_BI.LANDING.RAW_EVENTS location = @S file_format = (type = csv)",
      "1:23 CLAUDE_BI.LANDING.RAW_EVENTS is one of the two tables, and this makes an external table of it.",
    ],
    [
      "create dynamic table CLAUDE_BI.LANDING.RAW_EVENTS target_lag = '1 minute' warehouse = W as select 1 as A",
      "1:22 CLAUDE_BI.LANDING.RAW_EVENTS is one of the two tables, and this makes a dynamic table of it.",
    ],
    [
      "alter table OTHER_DB.PUBLIC.R swap with CLAUDE_BI.LANDING.RAW_EVENTS",
      "1:31 Swaps out CLAUDE_BI.LANDING.RAW_EVENTS, one of the two tables.",
    ],
    [
      "create semantic view CLAUDE_BI.ACTIVITY.EVENTS tables (t) metrics (t.n as count(*))",
      "1:22 CLAUDE_BI.ACTIVITY.EVENTS is one of the two tables, and this makes a view of it.",
    ],
  ],
  pass: [
    "create table CLAUDE_BI.LANDING.RAW_EVENTS (payload variant)",
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
    "drop dynamic table OTHER_DB.ACTIVITY.EVENTS",
    "drop view CLAUDE_BI.MCP.V",
    "alter view CLAUDE_BI.MCP.V rename to CLAUDE_BI.MCP.W",
    "alter schema CLAUDE_BI.MCP rename to OTHER_DB.MCP",
    "alter database OTHER_DB rename to OLD",
    "create view CLAUDE_BI.MCP.EVENTS as select 1 as A",
    "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS refresh",
  ],
});
