import type { Block, Expression, Statement } from "../../dialect/index";
import { type AnyNode, childNodes } from "./children";
import { constantText } from "./names";

/**
 * The variables of a routine whose text is known before it runs: set exactly once, from literals or from other such
 * variables. A name that is declared twice, assigned in a branch as well, filled by a query, fetched into, used as a loop
 * variable or is a parameter is not known: what may differ at run time cannot be judged.
 */
export function constantsOf(block: Block | Statement, parameters: readonly string[] = []): ReadonlyMap<string, string> {
  const values = new Map<string, Expression[]>();
  const unknown = new Set(parameters);
  const assign = (name: string, value: Expression | undefined) => {
    if (value) values.set(name, [...(values.get(name) ?? []), value]);
    else unknown.add(name);
  };
  collectAssignments(block, assign, (name) => unknown.add(name));

  const known = new Map<string, string>();
  for (let settled = false; !settled; ) {
    settled = true;
    for (const [name, assigned] of values) {
      if (known.has(name) || unknown.has(name) || assigned.length !== 1) continue;
      const text = constantText(assigned[0]!, (other) => known.get(other));
      if (text === undefined) continue;
      known.set(name, text);
      settled = false;
    }
  }
  return known;
}

type Assign = (name: string, value: Expression | undefined) => void;

function collectAssignments(node: AnyNode, assign: Assign, forget: (name: string) => void): void {
  switch (node.kind) {
    case "VariableDeclaration":
      if (node.value) assign(node.name.value, plainExpression(node.value));
      break;
    case "VariableAssignment":
      assign(node.target.value, plainExpression(node.value));
      break;
    case "SetVariable":
      node.names.forEach((name, index) => {
        assign(`$${name.value}`, node.values[index]);
      });
      break;
    case "ForCursor":
    case "ForCounter":
      forget(node.variable.value);
      break;
    case "Select":
      for (const target of node.into ?? []) forget(target.name.value);
      break;
    case "FetchCursor":
      for (const target of node.into) forget(target.kind === "Identifier" ? target.value : target.name.value);
      break;
    case "Call":
      if (node.into) forget(node.into.value);
      // An OUT argument may change any variable that is handed over.
      for (const argument of node.args) if (argument.kind === "BindVariable") forget(argument.name.value);
      break;
    case "ResultSetDeclaration":
    case "CursorDeclaration":
      forget(node.name.value);
      break;
    case "CreateProcedure":
      // A nested procedure has variables of its own, and may not change ours.
      return;
  }
  for (const child of childNodes(node)) collectAssignments(child, assign, forget);
}

/** The value as an expression; a statement's result is never a constant. */
const plainExpression = (value: AnyNode): Expression | undefined =>
  value.kind === "StatementValue" ? undefined : (value as Expression);
