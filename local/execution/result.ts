import type { DataType } from "../types/dataType";
import { number, varchar } from "../types/dataType";

export interface ResultColumn {
  name: string;
  type: DataType;
  nullable: boolean;
  /** NULL without a type of its own, shown as VARCHAR; fits a column of any type. */
  isUntyped?: true;
  /** Where the column comes from, when it is a plain column of a table. */
  source?: { database: string; schema: string; table: string };
  /** A column of a table or view as it is, through however many queries: a view that shows it is NOT NULL where it is. */
  isPlain?: boolean;
}

/** Cells in wire encoding (`results/encode.ts`): a text or null. */
export type Row = (string | null)[];

/** A list of rows that may be too large to hold; read it once, or as often as wanted when it is an array. */
export type Rows = Row[] | SpooledRows;

/** Rows on disk in pieces, see `results/spool.ts`. */
export interface SpooledRows extends AsyncIterable<Row[]> {
  readonly total: number;
}

export interface StatementResult {
  columns: ResultColumn[];
  rows: Rows;
  /** Wire number of the kind of statement (`statementType.ts`); `runStatement` fills it when absent. */
  statementTypeId?: number;
  /** SQLROWCOUNT and getNumUpdatedRows; absent for what changes no rows. */
  rowsAffected?: number;
  /** For QUERY_HISTORY, and as `stats` for drivers; `duplicates`: rows for which UPDATE … FROM found more than one. */
  statistics?: {
    inserted?: number;
    updated?: number;
    deleted?: number;
    duplicates?: number;
    scanned?: number;
    unloaded?: number;
  };
  /** What QUERY_HISTORY calls it: SELECT, INSERT, CREATE_TABLE …; the pipeline fills it when absent. */
  queryType?: string;
  /** PUT and GET: what the driver needs to move the files itself, beside the usual parts of an answer. */
  fileTransfer?: Record<string, unknown>;
  /** Last values of the OUT arguments of a CALL, for the script that called. */
  outputs?: { name: string; index: number; value: import("./value").Value }[];
  /** A value the statement returned for Scripting (CALL, RETURN), with its exact type. */
  value?: import("./value").Value;
}

/** One column `status`, one row: the answer of nearly all DDL. */
export const statusResult = (status: string): StatementResult => ({
  columns: [{ name: "status", type: varchar(), nullable: true }],
  rows: [[status]],
});

/** The answer of DML: counts under Snowflake's column names, e.g. `{"number of rows inserted": 3}`. */
export function countsResult(statementTypeId: number, counts: Record<string, number>): StatementResult {
  const names = Object.keys(counts);
  return {
    columns: names.map((name) => ({ name, type: number(19, 0), nullable: false })),
    rows: [names.map((name) => String(counts[name]))],
    statementTypeId,
    rowsAffected: Object.values(counts).reduce((sum, n) => sum + n, 0),
  };
}

export const rowCount = (rows: Rows): number => (Array.isArray(rows) ? rows.length : rows.total);
