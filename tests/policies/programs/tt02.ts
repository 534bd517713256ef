import * as snowflake from "@pulumi/snowflake";

new snowflake.View("events", { name: "EVENTS", database: "CLAUDE_BI", schema: "ACTIVITY", statement: "SELECT 1 AS A" });
