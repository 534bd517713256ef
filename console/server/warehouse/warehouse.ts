import type { WarehouseOutputs } from "../../../components/outputs";
import type { AnswerCache } from "./answerCache";
import { ConsoleError } from "./consoleError";
import type { WarehouseConnection } from "./warehouseConnection";

/** What a query needs: the session, the names, and the answers that are still fresh. */
export interface Warehouse {
  connection: WarehouseConnection;
  outputs: WarehouseOutputs;
  cache: AnswerCache;
}

/** The full name of a view or procedure, as the stack put it out. */
export function nameOf(names: Record<string, string>, key: string): string {
  const name = names[key];
  if (name === undefined) throw new ConsoleError("not-found", `This stack does not put out "${key}"; deploy it anew.`);
  return name;
}
