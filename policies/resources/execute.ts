import type { Judged } from "../judged";
import type { Inputs } from "./inputs";

/** `snowflake.Execute`: SQL as it is. `revert` runs at destroy, `query` at every read. */
export function execute(inputs: Inputs): Judged["texts"] {
  return ["execute", "revert", "query"].flatMap((property) => {
    const sql = inputs.text(property);
    return sql === undefined ? [] : [{ sql, property }];
  });
}
