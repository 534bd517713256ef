import type { Expression, Select } from "../../dialect/index";
import type { Act } from "./act";
import { type AnyNode, allNodes, childNodes } from "./children";

/** What makes up a value: expressions that may be a text, and the names that may be variables. */
export interface ValueParts {
  texts: AnyNode[];
  variables: string[];
}

/** The kinds of expression whose text may be known before run time. */
const TEXTS: ReadonlySet<string> = new Set<Expression["kind"]>([
  "StringLiteral",
  "Parenthesized",
  "Cast",
  "Binary",
  "FunctionCall",
  "BindVariable",
  "SessionVariable",
  "ColumnReference",
  "FieldAccess",
  "IndexAccess",
]);

export const mayBeText = (node: AnyNode): boolean => TEXTS.has(node.kind);

/** The name by which a node may read a variable. */
export function variableOf(node: AnyNode): string | undefined {
  if (node.kind === "BindVariable") return node.name.value;
  if (node.kind === "SessionVariable") return `$${node.name.value}`;
  return node.kind === "ColumnReference" ? node.parts[0]?.value : undefined;
}

/** What the variables of a statement were given, at any remove: events and texts are often put together before they are used. */
export function handedOver({ assignedTo }: Act, statement: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  const asked = new Set<string>();
  const ask = (name: string): void => {
    if (asked.has(name)) return;
    asked.add(name);
    for (const value of assignedTo(name)) {
      const { texts, variables } = valueParts(value);
      found.push(...texts);
      variables.forEach(ask);
    }
  };
  for (const node of allNodes(statement)) {
    const name = variableOf(node);
    if (name !== undefined) ask(name);
  }
  return found;
}

/** A value is asked for by every statement that its variable comes to. */
const known = new WeakMap<AnyNode, ValueParts>();

/** The parts of a value; of a query what it selects and from where, not the conditions, which only compare. */
export function valueParts(value: AnyNode): ValueParts {
  const before = known.get(value);
  if (before !== undefined) return before;
  const parts: ValueParts = { texts: [], variables: [] };
  collect(value, parts);
  known.set(value, parts);
  return parts;
}

function collect(node: AnyNode, parts: ValueParts): void {
  if (COMPARING.has(node.kind === "Binary" ? node.operator : node.kind)) return;
  if (mayBeText(node)) parts.texts.push(node);
  const variable = variableOf(node);
  if (variable !== undefined) parts.variables.push(variable);
  for (const child of childNodes(node)) if (node.kind !== "Select" || !isCondition(child, node)) collect(child, parts);
}

const COMPARING: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">=", "Like", "In", "Between"]);

const isCondition = (child: AnyNode, { where, having, qualify }: Select): boolean =>
  child === where || child === having || child === qualify;
