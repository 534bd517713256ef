import * as snowflake from "@pulumi/snowflake";

new snowflake.Execute("typo", { execute: "CREATE OR REPLACE TABEL CLAUDE_BI.MCP.T (A INT)", revert: "SELECT 1" });
