import { describeRule } from "./describeRule";

describeRule("TT03", {
  fail: [
    [
      "create or replace schema CLAUDE_BI.ACTIVITY with managed access",
      "1:26 Replaces the schema CLAUDE_BI.ACTIVITY and with it the events table.",
    ],
    [
      "alter tag GOV.T.PII set masking policy GOV.P.HIDE; alter table CLAUDE_BI.LANDING.RAW_EVENTS set tag GOV.T.PII = 'x'",
      "1:101 The tag GOV.T.PII on CLAUDE_BI.LANDING.RAW_EVENTS carries a masking policy, which would hide from the refresh what was received.",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS modify column payload set tag t = 'x';\nalter tag GOV.T.T set row access policy p",
      "1:72 The tag T on CLAUDE_BI.LANDING.RAW_EVENTS carries a row access policy, which would hide from the refresh what was received.",
    ],
    [
      "alter tag A.B.OLD set aggregation policy p; alter tag A.B.OLD rename to A.B.PII; create schema CLAUDE_BI.LANDING with managed access with tag (A.B.PII = 'x')",
      "1:144 The tag A.B.PII on the schema CLAUDE_BI.LANDING carries an aggregation policy, which would hide from the refresh what was received.",
    ],
    [
      "create procedure CLAUDE_BI.MCP.P() returns int language sql as $$ begin alter tag A.B.PII set projection policy p; execute immediate 'alter database claude_bi set tag a.b.pii = ''x'''; end $$",
      "1:168 The tag A.B.PII on the database CLAUDE_BI carries a projection policy, which would hide from the refresh what was received. (in procedure CLAUDE_BI.MCP.P)",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS add column c text with tag (A.B.PII = 'x'); alter tag if exists identifier('a.b.pii') set masking policy p, masking policy q force",
      "1:70 The tag A.B.PII on CLAUDE_BI.LANDING.RAW_EVENTS carries a masking policy, which would hide from the refresh what was received.",
    ],
    [
      "create table CLAUDE_BI.LANDING.RAW_EVENTS (payload variant with tag (A.B.PII = 'x'), r timestamp_tz with tag (A.B.COST = 'y')); alter tag A.B.PII set masking policy p",
      "1:70 The tag A.B.PII on CLAUDE_BI.LANDING.RAW_EVENTS carries a masking policy, which would hide from the refresh what was received.",
    ],
    [
      "create table CLAUDE_BI.LANDING.RAW_EVENTS (payload variant) with tag (A.B.PII = 'x'); alter tag A.B.PII set masking policy p",
      "1:71 The tag A.B.PII on CLAUDE_BI.LANDING.RAW_EVENTS carries a masking policy, which would hide from the refresh what was received.",
    ],
    [
      "alter tag PII set masking policy p; alter table CLAUDE_BI.LANDING.RAW_EVENTS set tag GOV.T.PII = 'x'",
      "1:86 The tag GOV.T.PII on CLAUDE_BI.LANDING.RAW_EVENTS carries a masking policy, which would hide from the refresh what was received.",
    ],
    [
      "create database CLAUDE_BI tag (PII = 'x'); alter tag CLAUDE_BI.PUBLIC.PII set masking policy p",
      "1:32 The tag PII on the database CLAUDE_BI carries a masking policy, which would hide from the refresh what was received.",
    ],
    [
      "alter account set tag A.B.PII = 'x'; alter tag A.B.PII set join policy p",
      "1:23 The tag A.B.PII on the account carries a join policy, which would hide from the refresh what was received.",
    ],
    [
      "delete from CLAUDE_BI.LANDING.RAW_EVENTS where true",
      "1:13 Deletes rows of CLAUDE_BI.LANDING.RAW_EVENTS, which is append-only.",
    ],
    [
      "update CLAUDE_BI.LANDING.RAW_EVENTS set payload = null",
      "1:8 Changes rows of CLAUDE_BI.LANDING.RAW_EVENTS, which is append-only.",
    ],
    [
      "truncate table CLAUDE_BI.LANDING.RAW_EVENTS",
      "1:16 Truncates CLAUDE_BI.LANDING.RAW_EVENTS, which is append-only.",
    ],
    [
      "merge into CLAUDE_BI.LANDING.RAW_EVENTS using OTHER_DB.PUBLIC.T on false when not matched then insert (payload) values (1)",
      "1:12 Merges into CLAUDE_BI.LANDING.RAW_EVENTS, which is append-only.",
    ],
    [
      "insert overwrite into CLAUDE_BI.LANDING.RAW_EVENTS select 1",
      "1:23 Overwrites CLAUDE_BI.LANDING.RAW_EVENTS, which is append-only.",
    ],
    ["drop table CLAUDE_BI.LANDING.RAW_EVENTS", "1:12 Drops the landing table CLAUDE_BI.LANDING.RAW_EVENTS."],
    ["drop schema CLAUDE_BI.LANDING", "1:13 Drops the schema CLAUDE_BI.LANDING with one of the two tables."],
    ["drop database CLAUDE_BI", "1:15 Drops the governed database CLAUDE_BI."],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS drop column payload",
      "1:42 Drops columns of CLAUDE_BI.LANDING.RAW_EVENTS.",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS set data_retention_time_in_days = $days",
      "1:46 Sets the retention of CLAUDE_BI.LANDING.RAW_EVENTS to what is only known at run time; 0 days are no time travel, and no incremental refresh.",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS rename column payload to p",
      "1:42 Renames a column of CLAUDE_BI.LANDING.RAW_EVENTS.",
    ],
    [
      "create or replace table CLAUDE_BI.LANDING.RAW_EVENTS (payload variant)",
      "1:25 Replaces CLAUDE_BI.LANDING.RAW_EVENTS and loses every row.",
    ],
    [
      "create or alter table CLAUDE_BI.LANDING.RAW_EVENTS (payload variant)",
      "1:23 CREATE OR ALTER of CLAUDE_BI.LANDING.RAW_EVENTS without _SOURCE_LANE, _RECV_AT drops what is left out.",
    ],
    [
      "create table CLAUDE_BI.LANDING.RAW_EVENTS (payload variant) data_retention_time_in_days = 0",
      "1:61 Sets the retention of CLAUDE_BI.LANDING.RAW_EVENTS to 0 days: no time travel, and no incremental refresh.",
    ],
    [
      `alter table CLAUDE_BI.LANDING.RAW_EVENTS set
  change_tracking = false`,
      "2:3 Switches change tracking of CLAUDE_BI.LANDING.RAW_EVENTS off; the events table is refreshed from it.",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS unset change_tracking",
      "1:42 Unsets CHANGE_TRACKING of CLAUDE_BI.LANDING.RAW_EVENTS; the events table is refreshed from it.",
    ],
    [
      "alter schema CLAUDE_BI.LANDING set data_retention_time_in_days = 0",
      "1:36 Sets the retention of the schema CLAUDE_BI.LANDING to 0 days: no time travel, and no incremental refresh.",
    ],
    [
      "alter account set data_retention_time_in_days = 0",
      "1:19 Sets the retention of the account to 0 days: no time travel, and no incremental refresh.",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS add storage lifecycle policy P on (_recv_at)",
      "1:42 A lifecycle policy would expire rows of CLAUDE_BI.LANDING.RAW_EVENTS.",
    ],
    [
      "create or replace schema CLAUDE_BI.LANDING with managed access",
      "1:26 Replaces the schema CLAUDE_BI.LANDING and with it the landing table.",
    ],
    ["create or replace database CLAUDE_BI", "1:28 Replaces the database CLAUDE_BI and with it the landing table."],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS modify column PAYLOAD set masking policy M",
      "1:64 A masking policy on CLAUDE_BI.LANDING.RAW_EVENTS would hide from the refresh what was received.",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS add row access policy R on (PAYLOAD)",
      "1:42 A row access policy on CLAUDE_BI.LANDING.RAW_EVENTS would hide from the refresh what was received.",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS set aggregation policy A",
      "1:42 An aggregation policy on CLAUDE_BI.LANDING.RAW_EVENTS would hide from the refresh what was received.",
    ],
    [
      "create table CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD variant masking policy M) enable_schema_evolution = true",
      "1:60 A masking policy on CLAUDE_BI.LANDING.RAW_EVENTS would hide from the refresh what was received.",
      "1:78 Lets loads change the columns of CLAUDE_BI.LANDING.RAW_EVENTS: what they bring would lie beside PAYLOAD, where the events table does not look.",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS add column X int projection policy P",
      "1:59 A projection policy on CLAUDE_BI.LANDING.RAW_EVENTS would hide from the refresh what was received.",
    ],
  ],
  pass: [
    "alter tag GOV.T.PII set storage lifecycle policy GOV.P.KEEP; alter table CLAUDE_BI.LANDING.RAW_EVENTS set tag GOV.T.PII = 'x'",
    "alter view GOV.T.PII set aggregation policy GOV.P.HIDE; alter table CLAUDE_BI.LANDING.RAW_EVENTS set tag GOV.T.PII = 'x'",
    "alter tag GOV.T.PII unset masking policy GOV.P.HIDE; alter table CLAUDE_BI.LANDING.RAW_EVENTS set tag GOV.T.PII = 'x'",
    "alter tag GOV.T.PII set masking policy GOV.P.HIDE; alter table CLAUDE_BI.LANDING.RAW_EVENTS unset tag GOV.T.PII",
    "alter tag GOV.T.PII set masking policy GOV.P.HIDE; alter table CLAUDE_BI.LANDING.RAW_EVENTS set tag GOV.T.COST = 'x'",
    "alter tag A.T.PII set masking policy P; alter schema CLAUDE_BI.LANDING set tag B.T.PII = 'x'",
    "alter tag GOV.A.PII set masking policy P; alter schema CLAUDE_BI.LANDING set tag GOV.B.PII = 'x'",
    "alter tag GOV.T.PII set masking policy GOV.P.HIDE; alter schema CLAUDE_BI.MCP set tag GOV.T.PII = 'x'",
    "alter tag GOV.T.PII set masking policy GOV.P.HIDE; alter view CLAUDE_BI.MCP.V set tag GOV.T.PII = 'x'",
    "alter tag GOV.T.PII set masking policy P; create database OTHER_DB tag (GOV.T.PII = 'x')",
    "alter tag GOV.T.PII set comment = 'x'; alter database CLAUDE_BI set tag GOV.T.PII = 'a'",
    "alter table CLAUDE_BI.LANDING.RAW_EVENTS set enable_schema_evolution = false",
    "alter table CLAUDE_BI.LANDING.RAW_EVENTS modify column PAYLOAD unset masking policy",
    "alter table CLAUDE_BI.LANDING.RAW_EVENTS drop row access policy R",
    "alter table OTHER_DB.PUBLIC.T modify column A set masking policy M",
    "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS set data_retention_time_in_days = 0",
    "select * from CLAUDE_BI.LANDING.RAW_EVENTS",
    "create table if not exists CLAUDE_BI.LANDING.RAW_EVENTS (payload variant) data_retention_time_in_days = 1",
    "alter table CLAUDE_BI.LANDING.RAW_EVENTS set data_retention_time_in_days = 90",
    "alter table CLAUDE_BI.LANDING.RAW_EVENTS add column note varchar",
    "delete from OTHER_DB.LANDING.RAW_EVENTS",
    "drop schema CLAUDE_BI.PUBLIC",
    "truncate table OTHER_DB.PUBLIC.T",
    "alter table CLAUDE_BI.LANDING.RAW_EVENTS cluster by (to_date(_recv_at))",
    "alter table CLAUDE_BI.LANDING.RAW_EVENTS drop storage lifecycle policy",
    "create or alter table CLAUDE_BI.LANDING.RAW_EVENTS (payload variant, _source_lane varchar, _recv_at timestamp_tz)",
  ],
});
