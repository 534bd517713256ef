import type { Expression, Select, Statement, StatementValue } from "../../dialect/index";

/** The nodes that are told apart by their kind here; all others are only walked through. */
export type AnyNode = Statement | Expression | Select | StatementValue;

/** Every node directly below a node, in the order of the tree. Nothing is left out, so nothing can hide. */
export function* childNodes(node: AnyNode): Generator<AnyNode> {
  for (const value of Object.values(node)) yield* nodesIn(value);
}

/** The node and everything below it. */
export function* allNodes(node: AnyNode): Generator<AnyNode> {
  yield node;
  for (const child of childNodes(node)) yield* allNodes(child);
}

function* nodesIn(value: unknown): Generator<AnyNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesIn(item);
  } else if (typeof value === "object" && value !== null) {
    if ("kind" in value && "span" in value) yield value as AnyNode;
    else for (const inner of Object.values(value)) yield* nodesIn(inner);
  }
}
