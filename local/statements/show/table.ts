import type { Show } from "../../../dialect/index";
import { compilationError, SnowflakeError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import type { ResultColumn, Row, StatementResult } from "../../execution/result";
import { showPattern } from "../../names/like";
import { fixedPoint } from "../../results/encode";
import { type DataType, number, timestampLtz, varchar } from "../../types/dataType";
import { scalarOf, textOf } from "../ddl/support/values";

/** A value before it is encoded for its column: times are milliseconds since the epoch. */
export type Cell = string | number | bigint | boolean | null | undefined;

export interface ShowColumn<D> {
  name: string;
  type: DataType;
  value(item: D, context: ExecutionContext): Cell;
}

export const text = <D>(name: string, value: (item: D, context: ExecutionContext) => Cell): ShowColumn<D> => ({
  name,
  type: varchar(),
  value,
});
export const count = <D>(name: string, value: (item: D, context: ExecutionContext) => Cell): ShowColumn<D> => ({
  name,
  type: number(38, 0),
  value,
});
/** Milliseconds since the epoch. */
export const moment = <D>(name: string, value: (item: D, context: ExecutionContext) => Cell): ShowColumn<D> => ({
  name,
  type: timestampLtz(3),
  value,
});

/** One list of SHOW: what it lists and the columns with their types. */
export interface ShowTable<D> {
  columns: readonly ShowColumn<D>[];
  /** What the active roles can see within the scope of the statement, in the order of the answer. */
  items(context: ExecutionContext, statement: Show): D[] | Promise<D[]>;
  name(item: D): string;
  /** Adds what costs reading of data, once the items of the answer are known; not for TERSE. */
  complete?(context: ExecutionContext, items: readonly D[]): Promise<void>;
  /**
   * SHOW TERSE: names of the columns that remain, or columns of its own; `terseKind`, by default NULL, where the whole list
   * has none of that name. Without it TERSE changes nothing.
   */
  terse?: readonly (string | ShowColumn<D>)[];
  terseKind?: string;
  /** What the list takes and does not heed: its page names no such clause, and an account passes it over. */
  ignores?: readonly ("STARTS WITH" | "LIMIT")[];
  /** Columns that HISTORY adds. */
  history?: readonly ShowColumn<D>[];
}

export const columnOf = ({ name, type }: { name: string; type: DataType }): ResultColumn => ({
  name,
  type,
  nullable: true,
});

/** A cell as the wire carries it. Truth values of SHOW are texts, as Snowflake's are. */
export function encodeCell(type: DataType, value: Cell): string | null {
  if (value === null || value === undefined) return null;
  if (type.kind === "BOOLEAN") return value ? "1" : "0";
  if (type.kind === "TIMESTAMP_LTZ") return fixedPoint(BigInt(Math.trunc(Number(value))) * 1000n, type.scale);
  return String(value);
}

const MOST_ROWS = 10_000;

const tooManyRows = () =>
  new SnowflakeError(
    "090153",
    "22000",
    `The result set size exceeded the max number of rows(${MOST_ROWS}) supported for SHOW statements. Use LIMIT option to limit result set to a smaller number.`,
  );

/** What HISTORY adds stands behind the days that a dropped object is kept. */
function withHistory<D>(columns: readonly ShowColumn<D>[], added: readonly ShowColumn<D>[]): ShowColumn<D>[] {
  const at = columns.findIndex(({ name }) => name === "retention_time") + 1 || columns.length;
  return [...columns.slice(0, at), ...added, ...columns.slice(at)];
}

/** Runs a list: LIKE, STARTS WITH, LIMIT … FROM, TERSE. */
export async function runShow<D>(
  context: ExecutionContext,
  statement: Show,
  table: ShowTable<D>,
): Promise<StatementResult> {
  let columns = table.columns;
  if (statement.history && table.history) columns = withHistory(columns, table.history);
  if (statement.terse && table.terse) {
    const { columns: own, terseKind = null } = table;
    columns = table.terse.map((column) =>
      typeof column === "string" ? (own.find((c) => c.name === column) ?? text<D>(column, () => terseKind)) : column,
    );
  }
  let items = await table.items(context, statement);
  if (statement.like) {
    const matches = showPattern(textOf(context, statement.like, "LIKE"));
    items = items.filter((item) => matches(table.name(item)));
  }
  if (statement.startsWith) {
    const prefix = textOf(context, statement.startsWith, "STARTS WITH");
    if (!table.ignores?.includes("STARTS WITH")) items = items.filter((item) => table.name(item).startsWith(prefix));
  }
  if (statement.options.some((option) => option.startsWith("FROM ")))
    throw unsupportedFeature("SHOW … FROM without LIMIT");
  const rows = limited(context, statement, items, table.name);
  if (!table.ignores?.includes("LIMIT")) items = rows;
  if (!statement.limit && items.length > MOST_ROWS) throw tooManyRows();
  if (!statement.terse || !table.terse) await table.complete?.(context, items);
  return {
    columns: columns.map(columnOf),
    rows: items.map((item): Row => columns.map((column) => encodeCell(column.type, column.value(item, context)))),
  };
}

function limited<D>(context: ExecutionContext, statement: Show, items: D[], name: (item: D) => string): D[] {
  if (!statement.limit) return items;
  const { count: written, from } = statement.limit;
  const wanted = scalarOf(context, written);
  if (typeof wanted !== "number" || !Number.isInteger(wanted) || wanted < 0) {
    throw compilationError("001014", "22023", `Invalid row count '${wanted}' in limit clause`);
  }
  const rest = from ? items.filter((item) => name(item) > from.value) : items;
  return rest.slice(0, wanted);
}

/** A list that is always empty here, because objects of this kind cannot be made. */
export const emptyShow = (...names: string[]): ShowTable<never> => ({
  columns: names.map((name) => (name === "created_on" ? moment(name, () => null) : text(name, () => null))),
  items: () => [],
  name: () => "",
});
