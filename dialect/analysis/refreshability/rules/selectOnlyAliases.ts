import type { Expression, FunctionCall, MethodCall, Node, Select, SelectItem, Star } from "../../../ast/index";
import { findFunction } from "../../../functions/index";
import { BREAK, visit } from "../../../visitor";
import type { Clause } from "../clause";
import type { RefreshRule, Report } from "../reason";
import { selectOnlyName } from "./functions";

/** A column of the SELECT list that a function makes which may stand in no other clause. */
interface Made {
  function: string;
  item: SelectItem;
}

/** Functions of the SELECT list only that another clause takes up by the alias, the position or GROUP BY ALL. */
export const selectOnlyAliases: RefreshRule = (report) => ({
  Select(select) {
    const made = madeBySelectOnly(select);
    if (made.length === 0) return;
    const byAlias = new Map(made.map((column) => [column.item.alias?.value, column] as const));
    const look = (clause: Clause, node: Node | undefined): void => {
      if (node !== undefined)
        references(node, (reference, name) => {
          const column = byAlias.get(name);
          if (column !== undefined) refuse(report, reference, column, clause);
        });
    };
    look("WHERE", select.where);
    look("GROUP BY", select.groupBy);
    look("HAVING", select.having);
    look("QUALIFY", select.qualify);
    const { groupBy } = select;
    for (const key of groupBy?.items ?? []) {
      const column =
        key.kind === "NumberLiteral" && made.find(({ item }) => select.items.indexOf(item) === positionOf(key.text));
      if (column) refuse(report, key, column, "GROUP BY");
    }
    if (groupBy?.all === true)
      for (const column of made)
        if (!aggregates(column.item.expression)) refuse(report, column.item, column, "GROUP BY");
  },
});

const positionOf = (text: string): number => Number(text) - 1;

function refuse(report: Report, place: Node, column: Made, clause: Clause): void {
  report(place, {
    construct: "Function of the SELECT list only",
    message: `${column.function} refreshes incrementally in the SELECT list only, and ${clause} takes it up from there.`,
    fix: "Compute it in the SELECT list of a dynamic table and filter or group in a second one, or in a view over it.",
  });
}

/** Also columns made of such columns. One whose alias is a column that it reads is left out: the other clauses mean that column. */
function madeBySelectOnly(select: Select): Made[] {
  const made: Made[] = [];
  for (const item of select.items) {
    const name = functionWithin(item.expression) ?? takenUp(item.expression, made);
    if (name === undefined) continue;
    let readsItself = false;
    references(item.expression, (_, read) => {
      readsItself ||= read === item.alias?.value;
    });
    if (!readsItself) made.push({ function: name, item });
  }
  return made;
}

function functionWithin(expression: Expression | Star): string | undefined {
  let found: string | undefined;
  const look = (call: FunctionCall | MethodCall) => {
    found = selectOnlyName(call);
    return found === undefined ? undefined : BREAK;
  };
  visit(expression, { Query: () => false, FunctionCall: look, MethodCall: look });
  return found;
}

function takenUp(expression: Expression | Star, made: readonly Made[]): string | undefined {
  let found: string | undefined;
  references(expression, (_, name) => {
    found ??= made.find(({ item }) => item.alias?.value === name)?.function;
  });
  return found;
}

function references(within: Node, see: (reference: Node, name: string) => void): void {
  visit(within, {
    Query: () => false,
    ColumnReference(column) {
      const [only] = column.parts;
      if (column.parts.length === 1 && only !== undefined) see(column, only.value);
    },
  });
}

function aggregates(expression: Expression | Star): boolean {
  let found = false;
  visit(expression, {
    Query: () => false,
    FunctionCall(call) {
      found ||= call.over === undefined && findFunction(call.name.parts.at(-1)?.value ?? "")?.aggregate === true;
    },
  });
  return found;
}
