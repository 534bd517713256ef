import { type Argument, type CreateProcedure, type ProcedureDeclaration, selectsOf } from "../../dialect/index";
import { type AnyNode, scriptNodes } from "./children";

/**
 * The variables of a block that procedures declared in it may change, in upper case: they see those around them, and what
 * they give them stays.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-snowflake-scripting
 */
export function changedByNested(root: AnyNode): string[] {
  return scriptNodes(root).flatMap((node: { kind: string }) =>
    node.kind === "ProcedureDeclaration" ? changedBy((node as ProcedureDeclaration).procedure) : [],
  );
}

function changedBy({ parameters, body }: CreateProcedure): string[] {
  const block = body?.block;
  if (!block) return [];
  const own = new Set(parameters.map(({ name }) => name.value));
  const changed: string[] = [];
  for (const node of scriptNodes(block)) {
    if (node.kind === "VariableDeclaration") own.add(node.name.value);
    else changed.push(...givenBy(node));
  }
  return changed.filter((name) => !own.has(name));
}

function givenBy(node: AnyNode): string[] {
  switch (node.kind) {
    case "VariableAssignment":
      return [node.target.value];
    case "Query":
      return selectsOf(node.body).flatMap(({ into }) => (into ?? []).map(({ name }) => name.value));
    case "FetchCursor":
      return node.into.map((target) => (target.kind === "Identifier" ? target.value : target.name.value));
    case "Call":
      // An OUT argument may change any variable that is handed over.
      return [...(node.into ? [node.into.value] : []), ...node.args.flatMap(handedOver)];
    default:
      return [];
  }
}

function handedOver(argument: Argument): string[] {
  if (argument.kind === "NamedArgument") return handedOver(argument.value);
  if (argument.kind === "BindVariable") return [argument.name.value];
  return argument.kind === "ColumnReference" ? argument.parts.slice(0, 1).map(({ value }) => value) : [];
}
