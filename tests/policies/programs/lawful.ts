import * as snowflake from "@pulumi/snowflake";

new snowflake.View("daily", {
  name: "DAILY",
  database: "CLAUDE_BI",
  schema: "MCP",
  statement:
    "SELECT DATE(OCCURRED_AT) AS DAY, COUNT(*) AS EVENTS FROM CLAUDE_BI.ACTIVITY.EVENTS GROUP BY 1 -- no CREATE TABLE needed",
});
new snowflake.Table("elsewhere", {
  name: "T",
  database: "OTHER_DB",
  schema: "PUBLIC",
  columns: [{ name: "ID", type: "NUMBER(38,0)" }],
});
