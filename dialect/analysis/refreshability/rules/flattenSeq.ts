import type { Select, TableFunction, TableReference } from "../../../ast/index";
import { visit } from "../../../visitor";
import type { RefreshRule } from "../reason";
import { nameOf } from "./lateral";

/** One FLATTEN of FROM: its alias, and the name that its first column goes by. */
interface Flatten {
  alias: string | undefined;
  seq: string;
}

/** The SEQ column of FLATTEN, by name wherever the query reads it, or under a star. */
export const flattenSeq: RefreshRule = (report) => ({
  Select(select) {
    const flattens = flattensOf(select);
    if (flattens.length === 0) return;
    const message = "The SEQ column of FLATTEN does not refresh incrementally.";
    const construct = "FLATTEN's SEQ column";
    for (const { expression } of select.items) {
      if (expression.kind !== "Star") continue;
      const [qualifier] = expression.qualifier ?? [];
      const { exclude = [], ilike } = expression;
      const covered = flattens.filter(({ alias }) => expression.qualifier === undefined || alias === qualifier?.value);
      const selected = covered.filter(
        ({ seq }) => !exclude.some(({ value }) => value === seq) && matches(seq, ilike?.value),
      );
      const [first] = selected;
      if (first !== undefined)
        report(expression, {
          construct,
          message: `This star selects SEQ. ${message}`,
          fix: `Name the columns, or write * EXCLUDE (${first.seq}).`,
        });
    }
    const { items, where, groupBy, having, qualify } = select;
    for (const part of [...items, where, groupBy, having, qualify]) {
      if (part === undefined) continue;
      visit(part, {
        Query: () => false,
        ColumnReference({ parts, span }) {
          const name = parts.at(-1)?.value;
          const owner = parts.length === 2 ? parts[0]?.value : undefined;
          if (parts.length > 2) return;
          if (flattens.some(({ alias, seq }) => seq === name && (parts.length === 1 || alias === owner)))
            report(span, { construct, message, fix: "Use INDEX, KEY or PATH to tell the elements apart." });
        },
      });
    }
  },
});

/** ILIKE of a star: `%` any characters, `_` one. */
function matches(name: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return true;
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("%", ".*").replaceAll("_", ".")}$`, "is").test(name);
}

function flattensOf(select: Select): Flatten[] {
  const found: Flatten[] = [];
  const pending: TableReference[] = [...select.from];
  for (let table = pending.pop(); table !== undefined; table = pending.pop()) {
    if (table.kind === "Join") pending.push(table.left, table.right);
    else if (table.kind === "ParenthesizedTable") pending.push(table.table);
    else if (table.kind === "TableFunction" && nameOf(table.call) === "FLATTEN") found.push(flattenOf(table));
  }
  return found;
}

const flattenOf = ({ alias }: TableFunction): Flatten => ({
  alias: alias?.name.value,
  seq: alias?.columns[0]?.value ?? "SEQ",
});
