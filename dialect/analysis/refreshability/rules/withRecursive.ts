import type { QueryBody } from "../../../ast/index";
import { visit } from "../../../visitor";
import type { RefreshRule } from "../reason";

export const withRecursive: RefreshRule = (report) => ({
  WithClause(node) {
    if (!node.recursive && !node.tables.some(({ name, query }) => isRecursive(name.value, query.body))) return;
    report(node, {
      construct: "WITH RECURSIVE",
      message: "WITH RECURSIVE does not refresh incrementally.",
      fix: "Write the levels out as joins, or keep the recursion in a view over the dynamic table.",
    });
  },
});

/** The word RECURSIVE is optional: what makes a recursion is that the second half of UNION ALL reads the table it defines. */
function isRecursive(name: string, body: QueryBody): boolean {
  return body.kind === "SetOperation" && body.all && reads(name, body.right);
}

function reads(name: string, query: QueryBody): boolean {
  let found = false;
  visit(query, {
    NamedTable(node) {
      if (node.name.kind === "ObjectName" && node.name.parts.length === 1 && node.name.parts[0]?.value === name)
        found = true;
    },
  });
  return found;
}
