import type { Node } from "../../dialect/index";

export type AnyNode = Node;

/** Every node directly below a node, in the order of the tree. Nothing is left out, so nothing can hide. */
export function* childNodes(node: AnyNode): Generator<AnyNode> {
  for (const value of Object.values(node)) yield* nodesIn(value);
}

function* nodesIn(value: unknown): Generator<AnyNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesIn(item);
  } else if (typeof value === "object" && value !== null) {
    if ("kind" in value && "span" in value) yield value as AnyNode;
    else for (const inner of Object.values(value)) yield* nodesIn(inner);
  }
}
