import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";

const wh = new snowflake.Warehouse("extra", { name: "EXTRA_WH", warehouseSize: "XSMALL", autoSuspend: 60 });
new snowflake.Execute("ok", {
  execute: pulumi.interpolate`CREATE OR REPLACE VIEW CLAUDE_BI.MCP.V AS SELECT '${wh.fullyQualifiedName}' AS W`,
  revert: "DROP VIEW IF EXISTS CLAUDE_BI.MCP.V",
});
new snowflake.Execute("bad", {
  execute: wh.fullyQualifiedName.apply((name) => `CREATE TABLE CLAUDE_BI.MCP.T${name.length} (A INT)`),
  revert: "SELECT 1",
});
