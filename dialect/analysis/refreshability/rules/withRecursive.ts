import type { Node } from "../../../ast/index";
import { visit } from "../../../visitor";
import type { RefreshRule } from "../reason";

export const withRecursive: RefreshRule = (report) => ({
  WithClause(node) {
    if (!node.recursive && !node.tables.some((table) => readsItself(table.name.value, table.query))) return;
    report(node, {
      construct: "WITH RECURSIVE",
      message: "WITH RECURSIVE does not refresh incrementally.",
      fix: "Write the levels out as joins, or keep the recursion in a view over the dynamic table.",
    });
  },
});

function readsItself(name: string, query: Node): boolean {
  let found = false;
  visit(query, {
    NamedTable(node) {
      if (node.name.kind === "ObjectName" && node.name.parts.length === 1 && node.name.parts[0]?.value === name)
        found = true;
    },
  });
  return found;
}
