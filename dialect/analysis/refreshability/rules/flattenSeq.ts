import type { Select, TableReference } from "../../../ast/index";
import { visit } from "../../../visitor";
import type { RefreshRule } from "../reason";
import { nameOf } from "./lateral";

/** The SEQ column of FLATTEN, by name or under a star. */
export const flattenSeq: RefreshRule = (report) => ({
  Select(select) {
    const flattens = flattenAliases(select);
    if (flattens.length === 0) return;
    const message = "The SEQ column of FLATTEN does not refresh incrementally.";
    const construct = "FLATTEN's SEQ column";
    for (const { expression } of select.items) {
      if (expression.kind === "Star") {
        const [qualifier] = expression.qualifier ?? [];
        const covers = expression.qualifier === undefined || flattens.includes(qualifier?.value);
        const left =
          expression.exclude?.some((column) => column.value === "SEQ") === true || expression.ilike !== undefined;
        if (covers && !left)
          report(expression, {
            construct,
            message: `This star selects SEQ. ${message}`,
            fix: "Name the columns, or write * EXCLUDE (SEQ).",
          });
        continue;
      }
      visit(expression, {
        Query: () => false,
        ColumnReference(node) {
          const [first, second] = node.parts;
          const qualified = node.parts.length === 2 && second?.value === "SEQ" && flattens.includes(first?.value);
          const bare = node.parts.length === 1 && first?.value === "SEQ";
          if (qualified || bare)
            report(node, { construct, message, fix: "Use INDEX, KEY or PATH to tell the elements apart." });
        },
      });
    }
  },
});

/** The aliases of every FLATTEN in FROM; undefined for one without alias. */
function flattenAliases(select: Select): (string | undefined)[] {
  const aliases: (string | undefined)[] = [];
  const pending: TableReference[] = [...select.from];
  for (let table = pending.pop(); table !== undefined; table = pending.pop()) {
    if (table.kind === "Join") pending.push(table.left, table.right);
    else if (table.kind === "ParenthesizedTable") pending.push(table.table);
    else if (table.kind === "TableFunction" && nameOf(table.call) === "FLATTEN") aliases.push(table.alias?.name.value);
  }
  return aliases;
}
