import type { FunctionCall, MethodCall } from "../../../ast/index";
import type { RefreshRule } from "../reason";
import { methodName } from "./functions";

/** LATERAL and table functions: FLATTEN alone refreshes incrementally; user-defined table functions force FULL, whatever their volatility. */
export const lateral: RefreshRule = (report) => ({
  SubqueryTable(node) {
    if (!node.lateral) return;
    report(node, {
      construct: "LATERAL join",
      message: "A LATERAL subquery does not refresh incrementally.",
      fix: "Write it as an ordinary join; only LATERAL FLATTEN(…) is supported.",
    });
  },
  TableFunction(node) {
    const name = nameOf(node.call);
    if (name === "FLATTEN") return;
    report(node, {
      construct: "Table function",
      message: `The table function ${name} does not refresh incrementally.`,
      fix: name.endsWith("SPLIT_TO_TABLE")
        ? "Write LATERAL FLATTEN(INPUT => SPLIT(…))."
        : "Only LATERAL FLATTEN(…) is supported: compute the rows before they reach the dynamic table, or in a view over it.",
    });
  },
});

export function nameOf(call: FunctionCall | MethodCall): string {
  if (call.kind === "MethodCall") return methodName(call);
  return call.name.parts.map((part) => part.value).join(".");
}
