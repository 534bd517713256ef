import * as snowflake from "@pulumi/snowflake";

new snowflake.GrantPrivilegesToAccountRole("producers", {
  accountRoleName: "MCP_INGEST_ROLE",
  privileges: ["INSERT"],
  onSchemaObject: { objectType: "TABLE", objectName: '"CLAUDE_BI"."LANDING"."RAW_EVENTS"' },
});
