import { describeRule } from "./describeRule";

describeRule("TT09", {
  fail: [
    [
      "create warehouse W warehouse_type = 'SNOWPARK-OPTIMIZED' auto_suspend = 60",
      "1:18 The warehouse has no WAREHOUSE_SIZE; Snowflake's default for one that is Snowpark-optimized is MEDIUM.",
    ],
    ["create warehouse W warehouse_size = LARGE auto_suspend = 60", "1:20 The warehouse is LARGE; it must be X-Small."],
    [
      "create warehouse W warehouse_size = XSMALL",
      "1:18 The warehouse has no AUTO_SUSPEND; Snowflake's default is 600 seconds.",
    ],
    [
      "create warehouse W auto_suspend = 0",
      "1:20 AUTO_SUSPEND is 0, which means never; at most 60 seconds are allowed.",
    ],
    [
      `create warehouse W auto_suspend = 60
  auto_resume = false`,
      "2:3 AUTO_RESUME is off: the first question of the morning would fail.",
    ],
    [
      "create warehouse W auto_suspend = 60 max_cluster_count = 2",
      "1:38 MAX_CLUSTER_COUNT is 2: several X-Small clusters cost as much as a larger one.",
    ],
    ["alter warehouse W set warehouse_size = 'X-Large'", "1:23 The warehouse is X-LARGE; it must be X-Small."],
    ["alter warehouse W set auto_suspend = 61", "1:23 AUTO_SUSPEND is 61; at most 60 seconds are allowed."],
    ["alter warehouse W set auto_suspend = null", "1:23 AUTO_SUSPEND is NULL; at most 60 seconds are allowed."],
    ["alter warehouse W unset auto_suspend", "1:19 Unsets AUTO_SUSPEND; Snowflake's default is 600 seconds."],
    ["use warehouse DT_XS_WH", "1:15 DT_XS_WH refreshes the events table and nothing else; this session would use it."],
    [
      "create task CLAUDE_BI.MCP.T warehouse = DT_XS_WH schedule = '1 minute' as select 1",
      "1:29 DT_XS_WH refreshes the events table and nothing else.",
    ],
    [
      "create alert CLAUDE_BI.MCP.A warehouse = DT_XS_WH schedule = '1 minute' if (exists (select 1)) then select 1",
      "1:30 DT_XS_WH refreshes the events table and nothing else.",
    ],
    [
      "alter task CLAUDE_BI.MCP.T set warehouse = DT_XS_WH",
      "1:32 DT_XS_WH refreshes the events table and nothing else.",
    ],
    ["create user U default_warehouse = DT_XS_WH", "1:15 DT_XS_WH refreshes the events table and nothing else."],
    ["alter user U set default_warehouse = DT_XS_WH", "1:18 DT_XS_WH refreshes the events table and nothing else."],
    [
      "create dynamic table OTHER_DB.PUBLIC.D target_lag = '1 minute' warehouse = DT_XS_WH as select 1 a",
      "1:64 DT_XS_WH refreshes the events table and nothing else.",
    ],
    [
      "create cortex search service CLAUDE_BI.MCP.S on a warehouse = DT_XS_WH target_lag = '1 day' as select 'x' a",
      "1:51 DT_XS_WH refreshes the events table and nothing else.",
    ],
    [
      "alter warehouse W rename to DT_XS_WH",
      "1:19 Renames a warehouse to or from DT_XS_WH, on which the events table is refreshed.",
    ],
    [
      "alter warehouse DT_XS_WH rename to W",
      "1:26 Renames a warehouse to or from DT_XS_WH, on which the events table is refreshed.",
    ],
    [
      "call SNOWFLAKE.POSTGRES.ALTER_MIRROR(mirror_name => 'm', warehouse => 'DT_XS_WH')",
      "1:58 DT_XS_WH refreshes the events table and nothing else.",
    ],
    [
      "create agent OTHER.P.A from specification $${warehouse: DT_XS_WH}$$",
      "1:24 DT_XS_WH refreshes the events table and nothing else.",
    ],
    ["drop warehouse if exists DT_XS_WH", "1:26 Drops DT_XS_WH, on which the events table is refreshed."],
    [
      "grant operate, usage on warehouse DT_XS_WH to role R",
      "1:7 Grants OPERATE on DT_XS_WH: whoever has it can stop or change what refreshes the events table.",
    ],
    [
      "grant ownership on warehouse DT_XS_WH to role R",
      "1:20 Grants OWNERSHIP on DT_XS_WH: whoever has it can stop or change what refreshes the events table.",
    ],
    [
      "grant manage warehouses on account to role R",
      "1:7 Grants MANAGE WAREHOUSES on the account, and so on DT_XS_WH: whoever has it can stop or change what refreshes the events table.",
    ],
    [
      "alter semantic view OTHER.P.S add materialization M warehouse = DT_XS_WH as dimensions A.B metrics A.C",
      "1:31 DT_XS_WH refreshes the events table and nothing else.",
    ],
    [
      "alter warehouse W set enable_query_acceleration = true",
      "1:23 Query acceleration lends the warehouse more than its size.",
    ],
    [
      "create adaptive warehouse W",
      "1:8 The warehouse is adaptive: it has no size of its own and grows with what it is asked.",
    ],
  ],
  pass: [
    "create warehouse W warehouse_type = 'snowpark-optimized' warehouse_size = xsmall resource_constraint = 'MEMORY_1X' auto_suspend = 60",
    "create warehouse W warehouse_type = standard generation = '2' auto_suspend = 60",
    "drop warehouse W",
    "alter warehouse W rename to V",
    "grant ownership on warehouse DT_XS_WH to role ACCOUNTADMIN",
    "grant monitor on warehouse DT_XS_WH to role R",
    "create warehouse W warehouse_size = XSMALL auto_suspend = 60 enable_query_acceleration = false",
    "create warehouse W warehouse_size = XSMALL auto_suspend = 60",
    "create warehouse W warehouse_size = 'x-small' auto_suspend = 1 auto_resume = true max_cluster_count = 1",
    "alter warehouse W set auto_suspend = 30",
    "alter warehouse W resume",
    "use warehouse CLAUDE_WAREHOUSE",
    "create task CLAUDE_BI.MCP.T warehouse = W schedule = '1 minute' as select 1",
    "create user U default_warehouse = W",
    "alter warehouse W set comment = 'LARGE'",
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
    "grant usage on warehouse DT_XS_WH to role R",
    "alter compute pool P set auto_resume = false",
    "alter warehouse W unset comment",
  ],
});
