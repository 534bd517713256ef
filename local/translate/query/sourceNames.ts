import type { TableReference } from "../../../dialect/index";
import { compilationError } from "../../errors";
import { nameParts } from "../../names/parts";
import type { Binder } from "../binder";

/**
 * The names that the sources of FROM go by: an alias, the name of a table or of a table function, `values` for a subquery and
 * `VALUES` for a list of values. What has none of these is left out.
 */
function sourceNames(binder: Binder, reference: TableReference): string[] {
  if (reference.kind === "Join")
    return [...sourceNames(binder, reference.left), ...sourceNames(binder, reference.right)];
  if (reference.kind === "ParenthesizedTable") return sourceNames(binder, reference.table);
  if ("alias" in reference && reference.alias) return [reference.alias.name.value];
  switch (reference.kind) {
    case "NamedTable": {
      const name = nameParts(binder.context, reference.name).at(-1);
      return name === undefined ? [] : [name];
    }
    case "SubqueryTable":
      return ["values"];
    case "ValuesTable":
      return ["VALUES"];
    case "TableFunction": {
      const name = reference.call.kind === "FunctionCall" ? reference.call.name.parts.at(-1)?.value : undefined;
      return name === undefined ? [] : [name];
    }
    default:
      return [];
  }
}

/** No two sources of one level go by the same name, nor by one that is `taken`. */
export function refuseSameNames(binder: Binder, taken: readonly string[], from: readonly TableReference[]): void {
  const seen = new Set(taken);
  for (const name of from.flatMap((reference) => sourceNames(binder, reference))) {
    if (seen.has(name)) throw compilationError("002027", "42601", `duplicate alias '${name}'`);
    seen.add(name);
  }
}
