import { describeRule } from "./describeRule";

describeRule("TT04", {
  fail: [
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 hour'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "2:3 The lag of the events table is '1 hour'; it must be 60 seconds.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = downstream
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "2:3 The lag of the events table is 'DOWNSTREAM'; it must be 60 seconds.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = OTHER_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "3:3 WAREHOUSE of the events table is OTHER_WH; it refreshes on DT_XS_WH alone.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = AUTO
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "4:3 REFRESH_MODE of the events table is AUTO.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = FULL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "4:3 REFRESH_MODE of the events table is FULL.",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (action, date(occurred_at))
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "5:15 The clustering key of the events table is not (DATE(occurred_at), action).",
    ],
    [
      `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (occurred_at, action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "5:15 The clustering key of the events table is not (DATE(occurred_at), action).",
    ],
    [
      `create or replace dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "1:33 Replaces the events table and everything granted on it.",
    ],
    [
      `create or replace transient dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
      "1:43 The events table is declared TRANSIENT.",
      "1:43 Replaces the events table and everything granted on it.",
    ],
    [
      "create dynamic table CLAUDE_BI.ACTIVITY.EVENTS as select payload from CLAUDE_BI.LANDING.RAW_EVENTS",
      "1:22 The events table is declared without TARGET_LAG.",
      "1:22 The events table is declared without WAREHOUSE.",
      "1:22 The events table is declared without REFRESH_MODE.",
      "1:22 The events table is declared without a clustering key.",
    ],
    [
      "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS suspend",
      "1:47 Suspends the events table: nothing would be refreshed.",
    ],
    [
      "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS set target_lag = '5 minutes' warehouse = W",
      "1:51 The lag of the events table is '5 minutes'; it must be 60 seconds.",
      "1:76 WAREHOUSE of the events table is W; it refreshes on DT_XS_WH alone.",
    ],
    [
      "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS drop clustering key",
      "1:47 Drops the clustering key of the events table.",
    ],
    [
      "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS cluster by (action)",
      "1:59 The clustering key of the events table is not (DATE(occurred_at), action).",
    ],
    [
      "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS set initialization_warehouse = W",
      "1:51 INITIALIZATION_WAREHOUSE of the events table is W; it refreshes on DT_XS_WH alone.",
    ],
    ["alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS unset warehouse", "1:47 Unsets WAREHOUSE of the events table."],
    [
      "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS set scheduler = disable",
      "1:51 Switches the scheduler of the events table off.",
    ],
    [
      "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS add storage lifecycle policy P on (occurred_at)",
      "1:47 A lifecycle policy would expire rows of the events table.",
    ],
  ],
  pass: [
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  lag = '1 min'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '60 seconds'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (to_date(occurred_at), action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
    `create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS
  target_lag = '1 minute'
  warehouse = DT_XS_WH
  refresh_mode = INCREMENTAL
  cluster by (occurred_at::date, action)
as select payload from CLAUDE_BI.LANDING.RAW_EVENTS`,
    "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS resume",
    "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS refresh",
    "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS set comment = 'suspend'",
    "alter dynamic table OTHER_DB.ACTIVITY.EVENTS suspend",
    "alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS add search optimization",
  ],
});
