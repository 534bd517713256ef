import * as snowflake from "@pulumi/snowflake";

new snowflake.Table("raw", {
  name: "EVENTS",
  database: "ANALYTICS",
  schema: "RAW",
  changeTracking: true,
  columns: [{ name: "BODY", type: "VARIANT" }],
});
new snowflake.Table("orders", {
  name: "ORDERS",
  database: "ANALYTICS",
  schema: "CORE",
  columns: [{ name: "ID", type: "NUMBER(38,0)" }],
});
