import { findFunction } from "../../../functions/index";
import { visit } from "../../../visitor";
import type { RefreshRule } from "../reason";

/** Expressions of VALUES must be constant when the statement is compiled. */
export const values: RefreshRule = (report) => ({
  Values(node) {
    for (const expression of node.rows.flat()) {
      visit(expression, {
        ColumnReference(column) {
          report(column, {
            construct: "VALUES",
            message: "VALUES refreshes incrementally with constants only; this is a column.",
            fix: "Select the column from its table instead.",
          });
        },
        FunctionCall(call) {
          const definition = findFunction(call.name.parts.at(-1)?.value ?? "");
          if (definition === undefined)
            report(call, {
              construct: "VALUES",
              message: "VALUES refreshes incrementally with constants only.",
              fix: "Write the constant itself.",
            });
        },
      });
    }
  },
});
