import * as snowflake from "@pulumi/snowflake";

new snowflake.Warehouse("big", { name: "BIG_WH", warehouseSize: "LARGE", autoSuspend: 600 });
