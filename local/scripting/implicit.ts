import { DuckDBDecimalValue } from "@duckdb/node-api";
import { rowCount, type StatementResult } from "../execution/result";
import { STATEMENT_TYPE } from "../execution/statementType";
import type { Value } from "../execution/value";
import { BOOLEAN, number, varchar } from "../types/dataType";
import type { ScriptError } from "./exceptions";

const integer = (value: number | undefined): Value => {
  const type = number(38, 0);
  return { type, value: value === undefined ? null : new DuckDBDecimalValue(BigInt(value), 38, 0) };
};

const text = (value: string | undefined): Value => ({ type: varchar(), value: value ?? null });

const NAMES = new Set([
  "SQLROWCOUNT",
  "SQLFOUND",
  "SQLNOTFOUND",
  "ACTIVITY_COUNT",
  "SQLID",
  "SQLCODE",
  "SQLERRM",
  "SQLSTATE",
]);

export const isImplicit = (name: string): boolean => NAMES.has(name);

/**
 * The variables that Snowflake Scripting sets by itself, one set per routine.
 * Sources: https://docs.snowflake.com/en/developer-guide/snowflake-scripting/dml-status, …/exceptions, …/query-id
 */
export class Implicit {
  private rowsAffected: number | undefined;
  private activity: number | undefined;
  private queryId: string | undefined;
  private readonly handled: ScriptError[] = [];

  /**
   * After each SQL statement of the routine. What changes no rows leaves SQLROWCOUNT, SQLFOUND and SQLNOTFOUND at NULL.
   * Source: https://docs.snowflake.com/en/release-notes/bcr-bundles/2025_01/bcr-1850
   */
  note(result: StatementResult, queryId: string | undefined): void {
    this.rowsAffected = result.rowsAffected;
    const isQuery = result.statementTypeId === STATEMENT_TYPE.SELECT;
    // A statement that only says how it went has one row that says so.
    this.activity = result.rowsAffected ?? (isQuery ? rowCount(result.rows) : 1);
    if (queryId !== undefined) this.queryId = queryId;
  }

  /** A child job has been started. */
  started(queryId: string): void {
    this.queryId = queryId;
  }

  /** While a handler runs, SQLCODE, SQLERRM and SQLSTATE tell of the error it handles. */
  async during<T>(error: ScriptError, work: () => Promise<T>): Promise<T> {
    this.handled.push(error);
    try {
      return await work();
    } finally {
      this.handled.pop();
    }
  }

  /** What a bare RAISE raises again. */
  get current(): ScriptError | undefined {
    return this.handled.at(-1);
  }

  get(name: string): Value | undefined {
    switch (name) {
      case "SQLROWCOUNT":
        return integer(this.rowsAffected);
      case "SQLFOUND":
        return { type: BOOLEAN, value: this.rowsAffected === undefined ? null : this.rowsAffected > 0 };
      case "SQLNOTFOUND":
        return { type: BOOLEAN, value: this.rowsAffected === undefined ? null : this.rowsAffected === 0 };
      case "ACTIVITY_COUNT":
        return integer(this.activity);
      case "SQLID":
        return text(this.queryId);
      case "SQLCODE":
        return integer(this.current && Number(this.current.code));
      case "SQLERRM":
        return text(this.current?.reason);
      case "SQLSTATE":
        return text(this.current?.sqlState);
      default:
        return undefined;
    }
  }
}
