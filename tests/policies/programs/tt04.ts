import * as snowflake from "@pulumi/snowflake";

new snowflake.Execute("slowEvents", {
  execute: `CREATE OR ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS
  TARGET_LAG = '1 hour'
  WAREHOUSE = DT_XS_WH
  REFRESH_MODE = INCREMENTAL
  CLUSTER BY (DATE(OCCURRED_AT), ACTION)
AS SELECT PAYLOAD FROM CLAUDE_BI.LANDING.RAW_EVENTS`,
  revert: "SELECT 1",
});
