import assert from "node:assert/strict";
import { judge } from "../../../law/index";
import { describeRule } from "./describeRule";

describeRule("TT05", {
  fail: [
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select uuid_string() as id from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "7:8 UUID_STRING is not deterministic and does not refresh incrementally.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload from CLAUDE_BI.LANDING.RAW_EVENTS
where payload:a in (select a from CLAUDE_BI.MCP.V)`,
      "8:17 IN (SELECT …) is a subquery outside FROM, which does not refresh incrementally.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload from CLAUDE_BI.LANDING.RAW_EVENTS r
where not exists (select 1 from CLAUDE_BI.MCP.V v where v.a = r._recv_at)`,
      "8:11 NOT EXISTS (SELECT …) is a subquery outside FROM, which does not refresh incrementally.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select any_value(payload) as p from CLAUDE_BI.LANDING.RAW_EVENTS group by _recv_at`,
      "7:8 ANY_VALUE is not deterministic: dynamic tables support it in no refresh mode.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload from CLAUDE_BI.LANDING.RAW_EVENTS
except
select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "8:1 EXCEPT does not refresh incrementally.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload from CLAUDE_BI.LANDING.RAW_EVENTS limit 10`,
      "7:50 LIMIT does not refresh incrementally.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select top 10 payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "7:12 TOP does not refresh incrementally.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select _source_lane, count(*) n from CLAUDE_BI.LANDING.RAW_EVENTS
group by rollup (_source_lane)`,
      "8:10 GROUP BY ROLLUP does not refresh incrementally.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload, current_timestamp() as t from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "7:17 CURRENT_TIMESTAMP is supported only in WHERE, HAVING and QUALIFY.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload, random() r from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "7:17 RANDOM is not deterministic and does not refresh incrementally.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select f.seq from CLAUDE_BI.LANDING.RAW_EVENTS, lateral flatten(payload) f`,
      "7:8 The SEQ column of FLATTEN does not refresh incrementally.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload from CLAUDE_BI.LANDING.RAW_EVENTS sample (10)`,
      "7:50 SAMPLE does not refresh incrementally.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select (select max(a) from CLAUDE_BI.MCP.V) m from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "7:8 (SELECT …) as a value is a subquery outside FROM, which does not refresh incrementally.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select current_role() r from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "7:8 CURRENT_ROLE depends on who asks and does not refresh incrementally.",
    ],
    [
      `create view CLAUDE_BI.MCP.V as
select payload from CLAUDE_BI.LANDING.RAW_EVENTS limit 5;
create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload from CLAUDE_BI.MCP.V`,
      "2:50 LIMIT does not refresh incrementally. The events table reads this view.",
    ],
  ],
  pass: [
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload from CLAUDE_BI.LANDING.RAW_EVENTS where _recv_at < current_timestamp()`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload from CLAUDE_BI.LANDING.RAW_EVENTS qualify row_number() over (partition by payload:id order by _recv_at) = 1`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload:a::varchar a, count(*) n from CLAUDE_BI.LANDING.RAW_EVENTS group by 1`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select distinct _source_lane from CLAUDE_BI.LANDING.RAW_EVENTS`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select f.value v from CLAUDE_BI.LANDING.RAW_EVENTS, lateral flatten(payload) f`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select payload from CLAUDE_BI.LANDING.RAW_EVENTS union all select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select a.payload from CLAUDE_BI.LANDING.RAW_EVENTS a left join CLAUDE_BI.LANDING.RAW_EVENTS b on a._recv_at = b._recv_at`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as
select min_by(payload, _recv_at) p from CLAUDE_BI.LANDING.RAW_EVENTS group by _source_lane`,
    "create dynamic table OTHER_DB.PUBLIC.D target_lag = '1 minute' warehouse = W as select uuid_string() u",
    "select payload from CLAUDE_BI.LANDING.RAW_EVENTS limit 10",
    "create view CLAUDE_BI.MCP.V as select uuid_string() u limit 5",
  ],
});

describe("TT05 on views below the events table", () => {
  const events = `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS target_lag = '1 minute' warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL cluster by (date(occurred_at), action) as select * from CLAUDE_BI.MCP.A`;
  const view = (name: string, query: string) => `create view CLAUDE_BI.MCP.${name} as ${query}`;
  const told = (...texts: string[]) =>
    judge(texts.map((text, at) => ({ text, file: `${at}.sql` }))).findings.map(
      ({ code, where }) => `${code} ${where.file} ${where.line}:${where.column}`,
    );

  it("looks at each of them once, also where they read each other", () => {
    const a = view("A", "select uuid_string() u from CLAUDE_BI.MCP.B union all select u from CLAUDE_BI.MCP.A");
    const b = view("B", "select random() r from CLAUDE_BI.MCP.A");
    assert.deepEqual(told(events, a, b), ["TT05 1.sql 1:39", "TT05 2.sql 1:39"]);
  });

  it("leaves alone those that it does not read", () => {
    assert.deepEqual(told(events, view("A", "select 1 a"), view("B", "select random() r")), []);
  });
});
