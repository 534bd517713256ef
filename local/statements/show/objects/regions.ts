import { type ShowTable, text } from "../table";

/** SHOW REGIONS: accounts can be made where this one is. Source: https://docs.snowflake.com/en/sql-reference/sql/show-regions */
export const REGIONS: ShowTable<{ name: string }> = {
  columns: [
    text("snowflake_region", ({ name }) => name),
    text("cloud", () => "aws"),
    text("region", () => "us-west-2"),
    text("display_name", () => "US West (Oregon)"),
  ],
  items: (context) => [{ name: context.services.account.region }],
  name: ({ name }) => name,
};
