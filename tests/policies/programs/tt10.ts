import * as snowflake from "@pulumi/snowflake";

new snowflake.Execute("grantMyself", {
  execute:
    "CALL CLAUDE_BI.MCP.SAFE_INSERT_EVENT(OBJECT_CONSTRUCT('action', 'system.permission.granted', 'actor_id', 'me'))",
  revert: "SELECT 1",
});
