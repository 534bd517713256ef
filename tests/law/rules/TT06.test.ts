import { describeRule } from "./describeRule";

describeRule("TT06", {
  fail: [
    ["alter streamlit CLAUDE_BI.MCP.S pull", "1:33 ALTER STREAMLIT runs code that is not read here."],
    [
      "alter notebook OTHER_DB.PUBLIC.N rename to CLAUDE_BI.MCP.N",
      "1:34 Brings in a notebook of another database, whose code is not read here.",
    ],
    [
      `with P as procedure () returns int language python runtime_version = '3.11' packages = ('snowflake-snowpark-python') handler = 'x' as 'def x(s): return 1' call P()`,
      "1:6 The body of this procedure is PYTHON, which is not read here.",
    ],
    [
      `create procedure CLAUDE_BI.MCP.P(q varchar) returns int language sql as $$
begin execute immediate q; end
$$`,
      "2:7 EXECUTE IMMEDIATE of a text that is only known at run time. (in procedure CLAUDE_BI.MCP.P)",
    ],
    [
      `create procedure CLAUDE_BI.MCP.P() returns int language sql as $$
declare q varchar default 'select 1';
begin
  q := q || ' from t';
  execute immediate :q;
end
$$`,
      "5:3 EXECUTE IMMEDIATE of a text that is only known at run time. (in procedure CLAUDE_BI.MCP.P)",
    ],
    ["execute immediate $Q", "1:1 EXECUTE IMMEDIATE of a text that is only known at run time."],
    ["execute immediate from @S/f.sql", "1:1 EXECUTE IMMEDIATE FROM runs a file that is not read here."],
    ["execute notebook CLAUDE_BI.MCP.N()", "1:1 EXECUTE NOTEBOOK runs code that is not read here."],
    ["execute dbt project CLAUDE_BI.MCP.P", "1:1 EXECUTE DBT PROJECT runs code that is not read here."],
    [
      "execute dcm project CLAUDE_BI.MCP.P deploy from '@s'",
      "1:1 EXECUTE DCM PROJECT runs code that is not read here.",
    ],
    [
      "create procedure CLAUDE_BI.MCP.P() returns int language javascript as 'return 1'",
      "1:18 The body of this procedure is JAVASCRIPT, which is not read here.",
    ],
    [
      "create function CLAUDE_BI.MCP.F() returns int language python runtime_version = '3.11' handler = 'h' as 'x'",
      "1:17 The body of this function is PYTHON, which is not read here.",
    ],
    [
      "create external function CLAUDE_BI.MCP.F() returns variant api_integration = I as 'https://x'",
      "1:26 An external or service function runs code that is not read here.",
    ],
    [
      "create function CLAUDE_BI.MCP.F(a int) returns int service = S endpoint = E as '/x'",
      "1:17 An external or service function runs code that is not read here.",
    ],
    ["create notebook CLAUDE_BI.MCP.N", "1:17 CREATE NOTEBOOK runs code that is not read here."],
    [
      "create streamlit CLAUDE_BI.MCP.S root_location = '@S' main_file = 'm.py'",
      "1:18 CREATE STREAMLIT runs code that is not read here.",
    ],
    [
      "create service CLAUDE_BI.MCP.S in compute pool P from specification 'x'",
      "1:16 CREATE SERVICE runs code that is not read here.",
    ],
    [
      `create procedure CLAUDE_BI.MCP.P(n varchar) returns int language sql as $$
begin drop view identifier(:n); end
$$`,
      "2:17 The name of what this changes is only known at run time. (in procedure CLAUDE_BI.MCP.P)",
    ],
    [
      `create procedure CLAUDE_BI.MCP.P(n varchar) returns int language sql as $$
begin
  insert into identifier(:n) select 1;
end
$$`,
      "3:15 The name of what this changes is only known at run time. (in procedure CLAUDE_BI.MCP.P)",
    ],
    ["grant select on view identifier($V) to role R", "1:22 The name of what this changes is only known at run time."],
    [
      `create mcp server CLAUDE_BI.MCP.M from specification $$tools:
- type: SYSTEM_EXECUTE_SQL$$`,
      "1:19 CREATE MCP SERVER runs code that is not read here.",
    ],
    [
      "execute immediate 'select ' || reverse('1')",
      "1:32 EXECUTE IMMEDIATE of a text that REVERSE hides from its reader.",
    ],
    [
      `begin
  let q := base64_decode_string('U0VMRUNUIDE=');
  execute immediate :q;
end`,
      "2:12 EXECUTE IMMEDIATE of a text that BASE64_DECODE_STRING hides from its reader.",
    ],
    [
      "call OTHER_DB.PUBLIC.RUN('create table CLAUDE_BI.MCP.T (A int); drop table CLAUDE_BI.LANDING.RAW_EVENTS', 'create table CLAUDE_BI.MCP.U (A int)'); call OTHER_DB.PUBLIC.RUN('truncate CLAUDE_BI.LANDING.RAW_EVENTS')",
      "1:1 CALL OTHER_DB.PUBLIC.RUN hands over a text that breaks TT01 where it is run, to code that is not read here: Creates the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
      "1:148 CALL OTHER_DB.PUBLIC.RUN hands over a text that breaks TT03 where it is run, to code that is not read here: Truncates CLAUDE_BI.LANDING.RAW_EVENTS, which is append-only.",
    ],
    [
      "begin return execute_ai_evaluation('START', {'run_name': 'r'}, '@S/x.yaml'); end",
      "1:14 EXECUTE_AI_EVALUATION does what a file says that is not read here.",
    ],
    [
      "create task CLAUDE_BI.MCP.K clone identifier($X)",
      "1:35 Clones a task of another database, whose body is not read here.",
    ],
  ],
  pass: [
    "execute immediate 'select' || chr(10) || '1'",
    "execute immediate replace('select x', 'x', '1')",
    "execute immediate concat_ws(' ', 'select', lower('A'))",
    "select base64_decode_string('U0VMRUNUIDE=')",
    "execute immediate 'select 1'",
    `create procedure CLAUDE_BI.MCP.P() returns int language sql as $$
declare q varchar default 'select ' || '1'; begin execute immediate q; end
$$`,
    "set Q = 'select 1'; execute immediate $Q",
    `create procedure CLAUDE_BI.MCP.P(t varchar) returns int language sql as $$
begin select count(*) from identifier(:t); end
$$`,
    `create procedure CLAUDE_BI.MCP.P(n varchar) returns int language sql as $$
begin alter user identifier(:n) set disabled = true; end
$$`,
    "create procedure OTHER_DB.PUBLIC.P() returns int language javascript as 'return 1'",
    "create function CLAUDE_BI.MCP.F(a int) returns int as 'a + 1'",
    "create streamlit OTHER_DB.PUBLIC.S root_location = '@S' main_file = 'm.py'",
    "drop view identifier('CLAUDE_BI.MCP.V')",
    "create agent CLAUDE_BI.MCP.A from specification 'x'",
  ],
});
