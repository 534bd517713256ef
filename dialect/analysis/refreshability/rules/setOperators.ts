import type { RefreshRule } from "../reason";

export const setOperators: RefreshRule = (report) => ({
  SetOperation(node) {
    if (node.operator === "UNION") return;
    const fix =
      node.operator === "INTERSECT"
        ? "Mark the rows of each side and join them with UNION ALL: SELECT a, b FROM (SELECT a, b, 1 AS side FROM … UNION ALL SELECT a, b, 2 FROM …) GROUP BY a, b HAVING MIN(side) <> MAX(side)."
        : "Mark the rows of each side and join them with UNION ALL: SELECT a, b FROM (SELECT a, b, 1 AS side FROM … UNION ALL SELECT a, b, 2 FROM …) GROUP BY a, b HAVING MAX(side) = 1.";
    report(node.operatorSpan, {
      construct: node.operator,
      message: `${node.operator} does not refresh incrementally.`,
      fix,
    });
  },
});
