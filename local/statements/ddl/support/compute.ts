import type { ExecutionContext } from "../../../execution/context";
import { requirePrivilege } from "../../../privileges/index";
import type { Properties } from "./properties";
import { accountObject } from "./target";

/** Id of the warehouse that a property names, which takes USAGE on it; undefined where the property is not given. */
export function computeOf(context: ExecutionContext, properties: Properties, property: string): number | undefined {
  const name = properties.name(property)?.at(-1);
  if (name === undefined) return undefined;
  const warehouse = accountObject(context, "WAREHOUSE", name);
  requirePrivilege(context, "USAGE", warehouse);
  return warehouse.id;
}
