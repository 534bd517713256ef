import * as snowflake from "@pulumi/snowflake";

new snowflake.Table("users", {
  name: "USERS",
  database: "CLAUDE_BI",
  schema: "MCP",
  columns: [{ name: "ID", type: "NUMBER(38,0)" }],
});
new snowflake.Execute("hidden", {
  execute: `-- a helper
CREATE OR REPLACE PROCEDURE CLAUDE_BI.MCP.HELPER() RETURNS INT LANGUAGE SQL AS
$$
BEGIN
  CREATE TABLE CLAUDE_BI.MCP.SCRATCH (A INT);
  RETURN 1;
END
$$`,
  revert: "DROP PROCEDURE IF EXISTS CLAUDE_BI.MCP.HELPER()",
});
