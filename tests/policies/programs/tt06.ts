import * as snowflake from "@pulumi/snowflake";

new snowflake.ProcedureSql("runner", {
  name: "RUNNER",
  database: "CLAUDE_BI",
  schema: "MCP",
  arguments: [{ argName: "Q", argDataType: "VARCHAR" }],
  returnType: "VARCHAR",
  procedureDefinition: "BEGIN\n  EXECUTE IMMEDIATE Q;\n  RETURN 'done';\nEND",
});
