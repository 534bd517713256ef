import type { RefreshRule } from "../reason";

export const setOperators: RefreshRule = (report) => ({
  SetOperation(node) {
    if (node.operator === "UNION") return;
    const fix =
      node.operator === "INTERSECT"
        ? "Write an INNER JOIN on all columns with SELECT DISTINCT."
        : "Write a LEFT JOIN on all columns and keep the rows WHERE the right side IS NULL.";
    report(node.operatorSpan, {
      construct: node.operator,
      message: `${node.operator} does not refresh incrementally.`,
      fix,
    });
  },
});
