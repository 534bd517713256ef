import type { ExecutionContext } from "../execution/context";
import type { Row } from "../execution/result";
import type { Value } from "../execution/value";
import { type Cell, columnOf, encodeCell } from "../statements/show/table";
import { BOOLEAN, type DataType, number, timestampLtz, VARIANT, varchar } from "../types/dataType";
import type { SystemTableFunction, SystemView } from "./contract";

/** One column of a computed relation. Times are milliseconds since the epoch. */
export interface SystemColumn<D> {
  name: string;
  type: DataType;
  value(item: D, context: ExecutionContext): Cell;
}

const column =
  (type: DataType) =>
  <D>(name: string, value: (item: D, context: ExecutionContext) => Cell): SystemColumn<D> => ({ name, type, value });

export const text = column(varchar());
export const count = column(number(38, 0));
export const decimal = column(number(38, 9));
export const truth = column(BOOLEAN);
export const moment = column(timestampLtz(3));
/** JSON text. */
export const json = column(VARIANT);

/** A column that Snowflake has and that never applies here. */
export const none = <D>(name: string, type: DataType = varchar()): SystemColumn<D> => ({
  name,
  type,
  value: () => null,
});

export const encodeRows = <D>(
  context: ExecutionContext,
  columns: readonly SystemColumn<D>[],
  items: readonly D[],
): Row[] => items.map((item) => columns.map((c) => encodeCell(c.type, c.value(item, context))));

/** A view: its items are what the roles of the statement may see. */
export const systemViewOf = <D>(
  name: string,
  columns: readonly SystemColumn<D>[],
  items: (context: ExecutionContext, databaseId: number | null) => D[] | Promise<D[]>,
): SystemView => ({
  name,
  columns: columns.map(columnOf),
  rows: async (context, databaseId) => encodeRows(context, columns, await items(context, databaseId)),
});

export type Arguments = ReadonlyMap<string, Value>;

/** A table function. `parameters` in order; those with a `?` behind the name may be left out. */
export const systemFunctionOf = <D>(
  name: string,
  parameters: readonly string[],
  columns: readonly SystemColumn<D>[],
  items: (context: ExecutionContext, args: Arguments, databaseId: number | null) => D[] | Promise<D[]>,
): SystemTableFunction => ({
  name,
  parameters: parameters.map((p) => ({ name: p.replace("?", ""), optional: p.endsWith("?") })),
  columns: columns.map(columnOf),
  rows: async (context, args, databaseId) => encodeRows(context, columns, await items(context, args, databaseId)),
});
