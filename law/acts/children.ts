import type { Expression, Select, Statement, StatementValue } from "../../dialect/index";
import { isStatement } from "./statementKinds";

/** The nodes that are told apart by their kind here; all others are only walked through. */
export type AnyNode = Statement | Expression | Select | StatementValue;

/** Every node directly below a node, in the order of the tree. Nothing is left out, so nothing can hide. */
export function childNodes(node: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  for (const value of Object.values(node)) collectNodes(value, found);
  return found;
}

/** The node and everything below it. */
export const allNodes = (node: AnyNode): AnyNode[] => walk(node, () => true);

/** The node and what belongs to it alone: statements inside are acts of their own, and queries hold nothing but data. */
export const ownNodes = (node: AnyNode): AnyNode[] => walk(node, (below) => below === node || !isStatement(below));

/** The node and everything below it but for what stands in queries, in which nothing is assigned. */
export const scriptNodes = (node: AnyNode): AnyNode[] => walk(node, ({ kind }) => kind !== "Query");

function walk(node: AnyNode, enters: (node: AnyNode) => boolean): AnyNode[] {
  const found: AnyNode[] = [node];
  // Grows while it is gone through: every node once, without a stack of calls.
  for (let i = 0; i < found.length; i++) {
    const at = found[i] as AnyNode;
    if (enters(at)) for (const value of Object.values(at)) collectNodes(value, found);
  }
  return found;
}

/** Whether a statement inside passes the test, or the node itself. */
export function someStatement(node: AnyNode, test: (node: AnyNode) => boolean): boolean {
  if (test(node)) return true;
  // No statement stands in a query.
  return node.kind !== "Query" && childNodes(node).some((child) => someStatement(child, test));
}

function collectNodes(value: unknown, found: AnyNode[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collectNodes(item, found);
  } else if ("kind" in value && "span" in value) found.push(value as AnyNode);
  else for (const inner of Object.values(value)) collectNodes(inner, found);
}
