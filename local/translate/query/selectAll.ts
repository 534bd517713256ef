import type { NamedTable, Query } from "../../../dialect/index";

/** The tree of `SELECT * FROM table`. */
export function selectAll(table: NamedTable): Query {
  const { span } = table;
  const items = [{ kind: "SelectItem" as const, span, expression: { kind: "Star" as const, span } }];
  return { kind: "Query", span, body: { kind: "Select", span, items, from: [table] } };
}
