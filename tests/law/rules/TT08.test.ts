import { describeRule } from "./describeRule";

describeRule("TT08", {
  fail: [
    [
      "grant insert on table CLAUDE_BI.LANDING.RAW_EVENTS to role identifier($r)",
      "1:7 Grants INSERT on the landing table to a role known at run time.",
    ],
    ["grant insert on table CLAUDE_BI.LANDING.RAW_EVENTS to role R", "1:7 Grants INSERT on the landing table to R."],
    [
      "grant select, insert on future tables in schema CLAUDE_BI.LANDING to role R",
      "1:15 Grants INSERT on the landing table to R.",
    ],
    ["grant insert on all tables in database CLAUDE_BI to role R", "1:7 Grants INSERT on the landing table to R."],
    [
      "grant update on table CLAUDE_BI.LANDING.RAW_EVENTS to role MCP_SERVICE_ROLE",
      "1:7 Grants UPDATE on the landing table to MCP_SERVICE_ROLE.",
    ],
    [
      "insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select 1",
      "1:13 Writes to CLAUDE_BI.LANDING.RAW_EVENTS outside the procedures of CLAUDE_BI.MCP.",
    ],
    [
      "copy into CLAUDE_BI.LANDING.RAW_EVENTS from @S",
      "1:11 Writes to CLAUDE_BI.LANDING.RAW_EVENTS outside the procedures of CLAUDE_BI.MCP.",
    ],
    [
      `create pipe CLAUDE_BI.MCP.P as
copy into CLAUDE_BI.LANDING.RAW_EVENTS from @S`,
      "2:11 Writes to CLAUDE_BI.LANDING.RAW_EVENTS outside the procedures of CLAUDE_BI.MCP.",
    ],
    [
      "insert all into CLAUDE_BI.LANDING.RAW_EVENTS (payload) values (a) select 1 a",
      "1:17 Writes to CLAUDE_BI.LANDING.RAW_EVENTS outside the procedures of CLAUDE_BI.MCP.",
    ],
    [
      `create task CLAUDE_BI.MCP.T schedule = '1 minute' as
insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select 1`,
      "2:13 Writes to CLAUDE_BI.LANDING.RAW_EVENTS outside the procedures of CLAUDE_BI.MCP. (in task CLAUDE_BI.MCP.T)",
    ],
    [
      `create procedure CLAUDE_BI.MCP.P() returns int language sql execute as caller as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select 1;
end $$`,
      "3:15 Writes to CLAUDE_BI.LANDING.RAW_EVENTS outside the procedures of CLAUDE_BI.MCP. (in procedure CLAUDE_BI.MCP.P)",
    ],
    [
      `create procedure OTHER_DB.MCP.P() returns int language sql as $$
begin
  insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select 1;
end $$`,
      "3:15 Writes to CLAUDE_BI.LANDING.RAW_EVENTS outside the procedures of CLAUDE_BI.MCP. (in procedure OTHER_DB.MCP.P)",
    ],
    [
      "grant role MCP_SERVICE_ROLE to role MCP_USER_ROLE",
      "1:32 Grants the service role MCP_SERVICE_ROLE to MCP_USER_ROLE.",
    ],
    [
      "create table CLAUDE_BI.LANDING.RAW_EVENTS clone OTHER_DB.PUBLIC.T",
      "1:14 Writes to CLAUDE_BI.LANDING.RAW_EVENTS outside the procedures of CLAUDE_BI.MCP.",
    ],
  ],
  pass: [
    "grant insert on table CLAUDE_BI.LANDING.RAW_EVENTS to role MCP_SERVICE_ROLE",
    "grant select on table CLAUDE_BI.LANDING.RAW_EVENTS to role R",
    `create procedure CLAUDE_BI.MCP.P(e variant) returns int language sql as $$
begin insert into CLAUDE_BI.LANDING.RAW_EVENTS (payload) select :e; end
$$`,
    "insert into OTHER_DB.PUBLIC.T select 1",
    "copy into OTHER_DB.PUBLIC.T from @S",
    "copy into @S from CLAUDE_BI.LANDING.RAW_EVENTS",
    "grant insert on table OTHER_DB.PUBLIC.T to role R",
    "grant role MCP_SERVICE_ROLE to role TWO_TABLE_DEPLOYER",
    "grant insert on table CLAUDE_BI.LANDING.RAW_EVENTS to role TWO_TABLE_DEPLOYER",
    "revoke insert on table CLAUDE_BI.LANDING.RAW_EVENTS from role R",
  ],
});
