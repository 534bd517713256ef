import { describeRule } from "./describeRule";

describeRule("TT01", {
  fail: [
    [
      "create table CLAUDE_BI.MCP.T (A int)",
      "1:14 Creates the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      `select 1;

create or replace transient table CLAUDE_BI.MCP.T as
select 1 as A`,
      "3:35 Creates the transient table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "create temporary table mcp.scratch like landing.raw_events",
      "1:24 Creates the temporary table CLAUDE_BI.MCP.SCRATCH: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "create external table CLAUDE_BI.MCP.T location = @S file_format = (type = csv)",
      "1:23 Creates the external table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "create dynamic iceberg table CLAUDE_BI.MCP.T target_lag = '1 minute' warehouse = W as select 1 as A",
      "1:30 Creates the dynamic Iceberg table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "create materialized view CLAUDE_BI.MCP.M as select 1 as A",
      "1:26 Creates the materialized view CLAUDE_BI.MCP.M: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "create schema CLAUDE_BI.COPY clone OTHER_DB.PUBLIC with managed access",
      "1:15 Brings in the tables of another schema as CLAUDE_BI.COPY: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "create database CLAUDE_BI from share A.B",
      "1:17 Brings in the tables of another database as CLAUDE_BI: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "undrop table CLAUDE_BI.MCP.T",
      "1:14 Restores the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "undrop schema CLAUDE_BI.OLD",
      "1:15 Restores the tables of the schema CLAUDE_BI.OLD: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "undrop database CLAUDE_BI",
      "1:17 Restores the database CLAUDE_BI: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "alter table OTHER_DB.PUBLIC.T rename to CLAUDE_BI.MCP.T",
      "1:31 Renames in the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "alter table OTHER_DB.PUBLIC.T swap with CLAUDE_BI.MCP.T",
      "1:31 Swaps in the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "alter schema OTHER_DB.S swap with CLAUDE_BI.S",
      "1:25 Swaps in the tables of the schema CLAUDE_BI.S: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "alter database OTHER_DB rename to CLAUDE_BI",
      "1:35 Renames in the database CLAUDE_BI: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "alter table CLAUDE_BI.LANDING.RAW_EVENTS set error_logging = true",
      "1:46 Keeps an error table beside CLAUDE_BI.LANDING.RAW_EVENTS: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "alter semantic view CLAUDE_BI.MCP.S add materialization M as select 1",
      "1:37 Materialises the semantic view CLAUDE_BI.MCP.S: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "define table CLAUDE_BI.MCP.T (A int)",
      "1:14 Creates the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "create dataset CLAUDE_BI.MCP.D",
      "1:16 Creates the dataset CLAUDE_BI.MCP.D: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "create application CLAUDE_BI from application package P",
      "1:20 Installs an application with tables of its own as CLAUDE_BI: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "create failover group G as replica of O.A.G",
      "1:23 Brings in the databases of another account by a failover group, and with them tables in CLAUDE_BI: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "alter failover group G refresh",
      "1:24 Brings in the databases of another account by a failover group, and with them tables in CLAUDE_BI: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "alter database CLAUDE_BI refresh",
      "1:16 Takes over the tables of another account into CLAUDE_BI: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "call SNOWFLAKE.DATA_PRIVACY.GENERATE_SYNTHETIC_DATA({'datasets': []})",
      "1:6 Calls SNOWFLAKE.DATA_PRIVACY.GENERATE_SYNTHETIC_DATA, which writes tables of its own, in CLAUDE_BI: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "create dynamic table CLAUDE_BI.ACTIVITY.EVENTS clone OTHER_DB.PUBLIC.D",
      "1:22 Creates the dynamic table CLAUDE_BI.ACTIVITY.EVENTS: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      `create procedure CLAUDE_BI.MCP.P() returns int language sql as $$
begin
  execute immediate 'create table T (A int)';
end $$`,
      "3:35 Creates the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS. (in procedure CLAUDE_BI.MCP.P)",
    ],
    [
      `create task CLAUDE_BI.MCP.T schedule = '1 minute' as
begin
  create table X (A int);
end`,
      "3:16 Creates the table CLAUDE_BI.MCP.X: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS. (in task CLAUDE_BI.MCP.T)",
    ],
    [
      `create procedure CLAUDE_BI.MCP.P() returns int language sql as $$
begin
  create task CLAUDE_BI.MCP.T as create table X (A int);
end $$`,
      "3:47 Creates the table CLAUDE_BI.MCP.X: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS. (in procedure CLAUDE_BI.MCP.P, task CLAUDE_BI.MCP.T)",
    ],
    [
      "alter task CLAUDE_BI.MCP.T modify as create table X (A int)",
      "1:51 Creates the table CLAUDE_BI.MCP.X: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS. (in task CLAUDE_BI.MCP.T)",
    ],
    [
      "create alert CLAUDE_BI.MCP.A schedule = '1 minute' if (exists (select 1)) then create table X (A int)",
      "1:93 Creates the table CLAUDE_BI.MCP.X: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS. (in alert CLAUDE_BI.MCP.A)",
    ],
    [
      "create view CLAUDE_BI.MCP.V as select system$schedule_async_replication_group_refresh('fg')",
      "1:39 Brings in the databases of another account by a replication group, and with them tables in CLAUDE_BI: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS. (in view CLAUDE_BI.MCP.V)",
    ],
    [
      "select 1;\nexecute immediate 'begin execute immediate ''create '' || ''table CLAUDE_BI.MCP.T (A int)''; ' || 'end'",
      "2:1 Creates the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
    [
      "create table identifier($N) (A int) -- law:allow TT06 because it is known to be fine",
      "1:14 Creates the table of a name that is only known at run time: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    ],
  ],
  pass: [
    "create table OTHER_DB.PUBLIC.T (A int)",
    "create view CLAUDE_BI.MCP.V as select 1 as A",
    "create table if not exists CLAUDE_BI.LANDING.RAW_EVENTS (payload variant)",
    "undrop table CLAUDE_BI.LANDING.RAW_EVENTS",
    "alter table OTHER_DB.PUBLIC.T rename to OTHER_DB.PUBLIC.U",
    "select 'create table CLAUDE_BI.MCP.T (A int)'",
    "use database OTHER_DB; create table T (A int)",
    "create schema CLAUDE_BI.S with managed access",
    "create database CLAUDE_BI",
    "drop table CLAUDE_BI.MCP.T",
    "create stream CLAUDE_BI.MCP.S on table CLAUDE_BI.LANDING.RAW_EVENTS",
    "create database COPY clone CLAUDE_BI",
  ],
});
