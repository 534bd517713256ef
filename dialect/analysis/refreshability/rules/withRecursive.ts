import { isRecursive } from "../../recursion";
import type { RefreshRule } from "../reason";

export const withRecursive: RefreshRule = (report) => ({
  WithClause(node) {
    if (!node.recursive && !node.tables.some(isRecursive)) return;
    report(node, {
      construct: "WITH RECURSIVE",
      message: "WITH RECURSIVE does not refresh incrementally.",
      fix: "Write the levels out as joins, or keep the recursion in a view over the dynamic table.",
    });
  },
});
