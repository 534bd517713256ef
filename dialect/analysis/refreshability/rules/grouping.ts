import type { RefreshRule } from "../reason";

export const grouping: RefreshRule = (report) => ({
  GroupingConstruct(node) {
    report(node, {
      construct: `GROUP BY ${node.type}`,
      message: `GROUP BY ${node.type} does not refresh incrementally.`,
      fix: "Write one SELECT … GROUP BY for each set of columns and join them with UNION ALL.",
    });
    return false;
  },
});
