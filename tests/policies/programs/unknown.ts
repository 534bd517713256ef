import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";

const wh = new snowflake.Warehouse("extra", { name: "EXTRA_WH", warehouseSize: "XSMALL", autoSuspend: 60 });
const ok = new snowflake.Execute("ok", {
  execute: pulumi.interpolate`CREATE OR REPLACE VIEW CLAUDE_BI.MCP.V AS SELECT '${wh.fullyQualifiedName}' AS W`,
  revert: "DROP VIEW IF EXISTS CLAUDE_BI.MCP.V",
});
// After `ok`: a refusal ends the update, and what runs beside it may or may not have begun.
new snowflake.Execute(
  "bad",
  {
    execute: wh.fullyQualifiedName.apply((name) => `CREATE TABLE CLAUDE_BI.MCP.T${name.length} (A INT)`),
    revert: "SELECT 1",
  },
  { dependsOn: ok },
);
