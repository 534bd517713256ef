import * as snowflake from "@pulumi/snowflake";

new snowflake.Execute("purge", {
  execute: "DELETE FROM CLAUDE_BI.LANDING.RAW_EVENTS WHERE _SOURCE_LANE = 'TEST'",
  revert: "SELECT 1",
});
