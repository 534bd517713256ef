import type { ResourceReader } from "./judged";

/** `snowflake.Execute`: SQL as it is. `revert` runs at destroy, `query` at every read. */
export const execute: ResourceReader = (inputs) =>
  ["execute", "revert", "query"].flatMap((property) => {
    const sql = inputs.text(property);
    return sql === undefined ? [] : [{ sql, property }];
  });
