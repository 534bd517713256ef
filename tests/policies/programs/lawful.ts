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

// Typed resources, with what the provider puts in for all that is not given.
new snowflake.Warehouse("small", { name: "SMALL", warehouseSize: "XSMALL", autoSuspend: 60 });
new snowflake.Schema("managed", { name: "MCP", database: "CLAUDE_BI", withManagedAccess: "true" });
new snowflake.Table("landing", {
  name: "RAW_EVENTS",
  database: "CLAUDE_BI",
  schema: "LANDING",
  changeTracking: true,
  columns: [{ name: "PAYLOAD", type: "VARIANT", nullable: false }],
});
new snowflake.Task("nightly", {
  name: "NIGHTLY",
  database: "CLAUDE_BI",
  schema: "MCP",
  warehouse: "SMALL",
  started: false,
  sqlStatement: "CALL CLAUDE_BI.MCP.REFRESH_NOW()",
});
new snowflake.User("analyst", { name: "ANALYST", defaultWarehouse: "SMALL" });
new snowflake.AccountRole("analysts", { name: "ANALYSTS" });
new snowflake.GrantPrivilegesToAccountRole("usage", {
  accountRoleName: "ANALYSTS",
  privileges: ["USAGE"],
  onAccountObject: { objectType: "DATABASE", objectName: "CLAUDE_BI" },
});
