import * as snowflake from "@pulumi/snowflake";

// 500 lawful resources, as a large stack has them: views, procedures and grants.
for (let i = 0; i < 200; i++) {
  new snowflake.View(`view${i}`, {
    name: `V${i}`,
    database: "CLAUDE_BI",
    schema: "MCP",
    statement: `SELECT ACTION, COUNT(*) AS N, MAX(OCCURRED_AT) AS LAST FROM CLAUDE_BI.ACTIVITY.EVENTS WHERE ACTION LIKE 'kind${i}.%' GROUP BY ACTION`,
  });
}
for (let i = 0; i < 100; i++) {
  new snowflake.Execute(`procedure${i}`, {
    execute: `CREATE OR ALTER PROCEDURE CLAUDE_BI.MCP.P${i}(N NUMBER) RETURNS NUMBER LANGUAGE SQL AS $$
DECLARE
  FOUND NUMBER DEFAULT 0;
BEGIN
  FOR R IN (SELECT ACTION FROM CLAUDE_BI.ACTIVITY.EVENTS LIMIT 10) DO
    FOUND := FOUND + 1;
  END FOR;
  RETURN FOUND;
END $$`,
    revert: `DROP PROCEDURE IF EXISTS CLAUDE_BI.MCP.P${i}(NUMBER)`,
  });
}
for (let i = 0; i < 200; i++) {
  new snowflake.GrantPrivilegesToAccountRole(`grant${i}`, {
    accountRoleName: "MCP_USER_ROLE",
    privileges: ["SELECT"],
    onSchemaObject: { objectType: "VIEW", objectName: `"CLAUDE_BI"."MCP"."V${i}"` },
  });
}
