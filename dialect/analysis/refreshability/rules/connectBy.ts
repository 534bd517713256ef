import type { RefreshRule } from "../reason";

export const connectBy: RefreshRule = (report) => ({
  ConnectBy(node) {
    report(node, {
      construct: "CONNECT BY",
      message: "CONNECT BY does not refresh incrementally.",
      fix: "Write the levels out as joins, or keep the hierarchy in a view over the dynamic table.",
    });
  },
});
