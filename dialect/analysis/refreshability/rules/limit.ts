import type { RefreshRule } from "../reason";

const FIX =
  "Leave the dynamic table unlimited and put the limit into the query or view that reads it; for the first rows of each group use QUALIFY ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) <= n.";

export const limit: RefreshRule = (report) => ({
  Limit(node) {
    const construct = node.syntax === "OFFSET" ? "OFFSET" : node.syntax;
    report(node, { construct, message: `${construct} does not refresh incrementally.`, fix: FIX });
  },
  Select(node) {
    if (node.top !== undefined)
      report(node.top, { construct: "TOP", message: "TOP does not refresh incrementally.", fix: FIX });
  },
});
