import { printName } from "../../names/print";

/** What of a view its query is made of. */
interface ViewParts {
  name: string;
  columns: readonly { name: string }[];
  query: string;
  recursive?: boolean;
}

/**
 * The query that gives a view's rows: a recursive view is what a recursive common table expression of its name and its columns
 * gives.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/create-view, "RECURSIVE"
 */
export function viewQuery({ name, columns, query, recursive }: ViewParts): string {
  if (!recursive) return query;
  const own = printName(name);
  return `WITH RECURSIVE ${own} (${columns.map((c) => printName(c.name)).join(", ")}) AS (${query}) SELECT * FROM ${own}`;
}
