import type { Name } from "../../../dialect/index";
import type { TableDoc } from "../../catalogue/model";
import { SnowflakeError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { nameParts } from "../../names/parts";
import { printName } from "../../names/print";
import type { WriteUnit } from "../../store/writeUnit";
import type { Sql } from "./rows";

/** A value on its way into a column, as SQL. */
export interface Written {
  column: { name: string };
  sql: string;
  /** The value before it is converted for the column, where an error of that is said as it is. */
  computed?: string;
}

/** The values of all columns of a table, in its order. */
export const writtenTo = (table: Pick<TableDoc, "columns">, values: readonly string[]): Written[] =>
  table.columns.map((column, i) => ({ column, sql: values[i] ?? "NULL" }));

/** An error that a value raised: of data, not of the statement. */
const isOfData = (error: unknown): error is SnowflakeError =>
  error instanceof SnowflakeError && error.sqlState.startsWith("22") && !error.message.startsWith("SQL ");

/** A table as a statement names it. */
export const asWritten = (context: ExecutionContext, name: Name): string => printName(...nameParts(context, name));

/**
 * Does what writes `values` over `from`; an error of one of them names table and column.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/submitting-multiple-statements (errors)
 */
export async function namingColumn<T>(
  { signal }: Pick<ExecutionContext, "signal">,
  unit: WriteUnit,
  table: string,
  values: readonly Written[],
  from: Sql,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isOfData(error)) throw error;
    await unit.revive();
    const fails = async (value: string): Promise<boolean> => {
      try {
        await unit.read(`SELECT count(v) FROM (SELECT ${value} AS v FROM ${from.sql})`, from.params, signal);
        return false;
      } catch (other) {
        await unit.revive();
        signal.throwIfAborted();
        return other instanceof SnowflakeError && other.code === error.code;
      }
    };
    // What FROM and WHERE raise is no value's.
    if (await fails("1")) throw error;
    for (const { column, sql, computed } of values) {
      if (!(await fails(sql))) continue;
      if (computed !== undefined && (await fails(computed))) break;
      throw nameColumn(error, table, column.name);
    }
    throw error;
  }
}

export const nameColumn = ({ code, sqlState, message }: SnowflakeError, table: string, column: string) =>
  new SnowflakeError(
    code,
    sqlState,
    `DML operation to table ${table} failed on column ${column} with error: ${message}`,
  );
