import * as snowflake from "@pulumi/snowflake";

new snowflake.Execute("bob", { execute: "CREATE USER BOB PASSWORD = 'Never.Write.This.1'", revert: "DROP USER BOB" });
