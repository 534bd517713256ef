import type { Kind, Node, NodeOf } from "./ast/index";

/** Returned by a visitor's function: go no further at all. */
export const BREAK: unique symbol = Symbol("BREAK");

/** `false` leaves the node's children out, BREAK ends the visit. */
// biome-ignore lint/suspicious/noConfusingVoidType: most visits return nothing
type Visit<N> = (node: N, ancestors: readonly Node[]) => boolean | typeof BREAK | void;

/**
 * Functions by kind of node, called on the way in; `enter` and `leave` are called for every node, before and after its
 * children. `ancestors` runs from the root to the parent.
 */
export type Visitor = { [K in Kind]?: Visit<NodeOf<K>> } & { enter?: Visit<Node>; leave?: Visit<Node> };

/** Walks over a tree in the order of its text. Depth costs no stack. */
export function visit(root: Node, visitor: Visitor): void {
  const ancestors: Node[] = [];
  const pending: { nodes: Node[]; next: number }[] = [{ nodes: [root], next: 0 }];
  for (let level = pending.at(-1); level !== undefined; level = pending.at(-1)) {
    const node = level.nodes[level.next++];
    if (node === undefined) {
      pending.pop();
      const parent = ancestors.pop();
      if (parent !== undefined && visitor.leave?.(parent, ancestors) === BREAK) return;
      continue;
    }
    const onEnter = visitor.enter?.(node, ancestors);
    if (onEnter === BREAK) return;
    const onKind = (visitor[node.kind] as Visit<Node> | undefined)?.(node, ancestors);
    if (onKind === BREAK) return;
    const nodes = onEnter === false || onKind === false ? [] : children(node);
    ancestors.push(node);
    pending.push({ nodes, next: 0 });
  }
}

/** The nodes directly below a node, in the order of the text. */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  for (const key in node)
    if (key !== "span" && key !== "kind") collect((node as unknown as Record<string, unknown>)[key], found);
  for (let i = 1; i < found.length; i++)
    if ((found[i] as Node).span.start < (found[i - 1] as Node).span.start)
      return found.sort((a, b) => a.span.start - b.span.start);
  return found;
}

// Some parts of a node are plain records without a kind, such as the source of CREATE TABLE: their nodes are its children.
function collect(value: unknown, found: Node[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (typeof (value as Node).kind === "string") found.push(value as Node);
  else for (const key in value) collect((value as Record<string, unknown>)[key], found);
}
