import type { Node, Select } from "../../ast/index";

export type Clause = "SELECT" | "FROM" | "WHERE" | "HAVING" | "QUALIFY" | "GROUP BY" | "ORDER BY" | "CONNECT BY";

/** The clause of the innermost SELECT that a node stands in; undefined outside of any. */
export function clauseOf(node: Node, ancestors: readonly Node[]): Clause | undefined {
  for (let i = ancestors.length - 1; i >= 0; i--) {
    const ancestor = ancestors[i] as Node;
    if (ancestor.kind === "OrderBy") return "ORDER BY";
    if (ancestor.kind === "Select") return clauseOfChild(ancestor, ancestors[i + 1] ?? node);
  }
  return undefined;
}

function clauseOfChild(select: Select, child: Node): Clause | undefined {
  if (child === select.where) return "WHERE";
  if (child === select.having) return "HAVING";
  if (child === select.qualify) return "QUALIFY";
  if (child === select.groupBy) return "GROUP BY";
  if (child === select.connectBy) return "CONNECT BY";
  if (child === select.top || select.items.some((item) => item === child)) return "SELECT";
  return "FROM";
}
