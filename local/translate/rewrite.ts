import type { Node } from "../../dialect/index";

/** A copy of a tree in which `change` has replaced nodes; what it gives nothing for is copied, and its children are asked. */
export function rewrite<N extends Node>(root: N, change: (node: Node) => Node | undefined): N {
  const copy = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(copy);
    const changed = typeof (value as Node).kind === "string" ? change(value as Node) : undefined;
    return changed ?? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
  };
  return copy(root) as N;
}
