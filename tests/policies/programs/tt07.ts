import * as snowflake from "@pulumi/snowflake";

new snowflake.GrantPrivilegesToAccountRole("builders", {
  accountRoleName: "MCP_ADMIN_ROLE",
  privileges: ["USAGE", "CREATE TABLE"],
  onSchema: { schemaName: '"CLAUDE_BI"."MCP"' },
});
