import * as snowflake from "@pulumi/snowflake";

// Each resource is lawful by itself: the landing table is missing, the events table is there twice and reads a view that
// cannot refresh incrementally.
new snowflake.Database("database", { name: "CLAUDE_BI" });

const execute = `CREATE OR ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS
  TARGET_LAG = '1 minute' WAREHOUSE = DT_XS_WH REFRESH_MODE = INCREMENTAL CLUSTER BY (DATE(OCCURRED_AT), ACTION)
AS SELECT * FROM CLAUDE_BI.ACTIVITY.PREPARED`;
const revert = "DROP DYNAMIC TABLE IF EXISTS CLAUDE_BI.ACTIVITY.EVENTS";
new snowflake.Execute("first", { execute, revert });
new snowflake.Execute("second", { execute, revert });

new snowflake.View("prepared", {
  name: "PREPARED",
  database: "CLAUDE_BI",
  schema: "ACTIVITY",
  statement: "SELECT\n  UUID_STRING() AS EVENT_ID,\n  PAYLOAD\nFROM CLAUDE_BI.LANDING.RAW_EVENTS",
});

// Another database by its name, and the governed one by what the account makes of it.
new snowflake.AccountParameter("ignoresCase", { key: "QUOTED_IDENTIFIERS_IGNORE_CASE", value: "true" });
new snowflake.Table("small", {
  name: "t",
  database: "claude_bi",
  schema: "mcp",
  columns: [{ name: "A", type: "NUMBER" }],
});
