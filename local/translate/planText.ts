import type { Argument, Expression, FunctionCall } from "../../dialect/index";
import { printName } from "../names/resolve";
import type { Binder } from "./binder";
import { resolveType } from "./dataTypes";
import type { Scope } from "./scope";

/** `T.C` of a column that is named without its table. */
function qualified(binder: Binder, name: string): string {
  for (let scope: Scope | undefined = binder.scope; scope; scope = scope.parent) {
    const relation = scope.relations.find(({ columns }) => columns.some((column) => column.name === name));
    if (relation) return relation.name === undefined ? name : `${relation.name}.${name}`;
  }
  return name;
}

const MOMENT = /^(DATE|TIME|TIMESTAMP|DATETIME)/;

/** An expression as messages of the compiler repeat it: names in capitals, columns with their table, texts as written. */
export function planText(binder: Binder, node: Argument): string {
  if (node.kind === "Parenthesized") return planText(binder, node.expression);
  const [only, ...more] = node.kind === "ColumnReference" ? node.parts : [];
  if (only && more.length === 0) return qualified(binder, only.value);
  if (node.kind === "ColumnReference") return printName(...node.parts.map(({ value }) => value));
  if (node.kind === "Binary" && !/[\s"']/.test(node.operator))
    return `${operand(binder, node.left)} ${node.operator} ${operand(binder, node.right)}`;
  if (node.kind === "IsNull") return `${operand(binder, node.operand)} IS ${node.negated ? "NOT " : ""}NULL`;
  if (node.kind === "FunctionCall" && plain(node)) return callText(binder, node, node.name.parts[0]?.value ?? "");
  if (node.kind === "Cast" && node.expression.kind === "StringLiteral" && MOMENT.test(node.type.name)) {
    const { kind } = resolveType(node.type, binder.settings.timestampTypeMapping);
    return `TO_${kind}(${planText(binder, node.expression)})`;
  }
  const text = binder.source(node.span);
  return /['"$]/.test(text) ? text : text.toUpperCase();
}

/** Operations within others have parentheses. */
function operand(binder: Binder, node: Expression): string {
  const inner = node.kind === "Parenthesized" ? node.expression : node;
  return inner.kind === "Binary" || inner.kind === "IsNull" ? `(${planText(binder, inner)})` : planText(binder, inner);
}

/** A call of nothing but expressions, without clauses. */
const plain = (node: FunctionCall): boolean =>
  node.parenthesized &&
  node.name.parts.length === 1 &&
  !node.distinct &&
  !node.over &&
  !node.withinGroup &&
  !node.nullTreatment &&
  node.args.every(({ kind }) => kind !== "Star" && kind !== "NamedArgument" && kind !== "ColumnSelection");

export const callText = (binder: Binder, node: FunctionCall, name: string): string =>
  `${name}(${node.args.map((arg) => planText(binder, arg)).join(", ")})`;
