import { selectsOf } from "../../dialect/index";
import { type AnyNode, scriptNodes } from "./children";

/** Everything that is given to each variable below a node, in upper case names; `$x` for variables of the session. */
export function assignments(root: AnyNode): ReadonlyMap<string, AnyNode[]> {
  const found = new Map<string, AnyNode[]>();
  const give = (name: string, value: AnyNode | undefined): void => {
    if (value) found.set(name, [...(found.get(name) ?? []), value]);
  };
  for (const node of scriptNodes(root)) {
    switch (node.kind) {
      case "VariableDeclaration":
        give(node.name.value, node.value as AnyNode | undefined);
        break;
      case "VariableAssignment":
        give(node.target.value, node.value as AnyNode);
        break;
      case "SetVariable":
        node.names.forEach((name, index) => {
          give(`$${name.value}`, node.values[index] as AnyNode | undefined);
        });
        break;
      case "Query":
        for (const select of selectsOf(node.body))
          for (const target of select.into ?? []) give(target.name.value, select);
        break;
      case "ForCursor":
        give(node.variable.value, node.in);
        break;
      case "CursorDeclaration":
      case "ResultSetDeclaration":
        give(node.name.value, node);
        break;
    }
  }
  return found;
}
