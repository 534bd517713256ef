import type { DuckDBValue } from "@duckdb/node-api";
import type { DataType } from "../types/dataType";

/**
 * One value outside the engine: a bind, a session variable, a Scripting variable, an argument.
 * `value` is the physical value (`physicalType(type)`), so nothing is lost on the way back into SQL.
 */
export interface Value {
  type: DataType;
  value: DuckDBValue;
}

/** What a driver sent for `?`, `:1`, `:2` … */
export interface Binds {
  /** Values of one execution, index 0 = `?` number one. */
  values: readonly Value[];
  /** An array bind: one statement for many rows. `values` is then empty. */
  batch?: BatchBinds;
  /** For `:name`, by its name in upper case. */
  named?: ReadonlyMap<string, Value>;
  /** The statement is only described: what is not bound is NULL. */
  optional?: boolean;
}

export interface BatchBinds {
  rowCount: number;
  /** One per `?`: the texts of all rows as the driver encoded them, decoded by SQL with `decodeBind(type, text)`. */
  columns: { type: DataType; texts: (string | null)[] }[];
}

/** Variables that SQL sees as `:name` (and, inside Scripting, bare). Names are upper case unless they were quoted. */
export interface Variables {
  get(name: string): Value | undefined;
}

export const NO_BINDS: Binds = { values: [] };
