import { SnowflakeError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import type { EngineConnection } from "../store/connection";
import { Shared } from "../translate/binder";
import { newBinder } from "../translate/index";
import type { CopyPlan } from "./copyPlan";
import { type CopyRecord, copyRecords, loadRaw } from "./copyRecords";
import { copyValues, recordOf } from "./copyValues";
import type { RecordError } from "./csv";
import { columnName, rejectedText } from "./fieldCount";
import type { StagedFile } from "./files";

/** An error of one record, with its place. */
export interface CopyError extends RecordError {
  row: number;
  sqlState: string;
  category: "parsing" | "conversion";
  /** `"T"["C":2]` */
  columnName: string;
  /** The line that the record begins in. */
  startLine: number;
  /** The record as written; null where a format has no text of its records. */
  rejected: string | null;
}

/** What is wrong in one file. */
export interface FileReport {
  file: StagedFile;
  rows: number;
  /** By row; messages of conversion errors only as far as they were asked for. */
  bad: Set<number>;
  errors: CopyError[];
  /** No record can be had from it. */
  isUnreadable?: true;
}

/** What makes a whole file unreadable: its compression, its encoding. */
const OF_THE_FILE: ReadonlySet<string> = new Set(["100092", "100144"]);

const unreadable = (file: StagedFile, { code, sqlState, message }: SnowflakeError): FileReport => ({
  file,
  rows: 1,
  bad: new Set([1]),
  errors: [
    {
      code,
      sqlState,
      message,
      category: "parsing",
      row: 1,
      line: 1,
      startLine: 1,
      character: 1,
      byteOffset: 0,
      column: 0,
      columnName: "",
      rejected: null,
    },
  ],
  isUnreadable: true,
});

let next = 1;

/**
 * Finds the records of files that cannot be loaded, without a trace in the database.
 * @param wanted whether all errors are told, or the first of each file
 */
export async function examine(
  context: ExecutionContext,
  plan: CopyPlan,
  files: readonly StagedFile[],
  wanted: "first" | "all",
): Promise<FileReport[]> {
  const reports: FileReport[] = [];
  for (const file of files) {
    context.signal.throwIfAborted();
    try {
      reports.push(
        await context.services.store.withReader((connection) => examineFile(context, connection, plan, file, wanted)),
      );
    } catch (error) {
      if (!(error instanceof SnowflakeError) || !OF_THE_FILE.has(error.code)) throw error;
      reports.push(unreadable(file, error));
    }
  }
  return reports;
}

async function examineFile(
  context: ExecutionContext,
  connection: EngineConnection,
  plan: CopyPlan,
  file: StagedFile,
  wanted: "first" | "all",
): Promise<FileReport> {
  const report: FileReport = { file, rows: 0, bad: new Set(), errors: [] };
  for await (const record of copyRecords(plan, file, true)) {
    report.rows++;
    if (!record.error) continue;
    report.bad.add(record.row);
    report.errors.push({
      ...record.error,
      row: record.row,
      sqlState: "22000",
      category: "parsing",
      columnName: columnName(plan, record.error.column ?? 0),
      startLine: record.line,
      rejected: rejectedText(plan, record, record.isLast === true),
    });
  }
  const raw = `temp.examined${next++}`;
  await loadRaw(connection, raw, plan, [{ file, bad: report.bad }]);
  const shared = new Shared();
  const binder = newBinder(context, shared);
  const { from, values } = copyValues(binder, plan, raw);
  const { row } = recordOf(binder);
  const fields = values.filter(({ field }) => field);
  // TRY needs functions that are not volatile; `error` counts as one.
  const attempt = (sql: string) => `TRY([${sql.replaceAll("error(chr(1)", "sf_raise(chr(1)")}])`;
  const whens = fields.map(({ sql }, i) => `WHEN ${attempt(sql)} IS NULL THEN ${i}`);
  const { rows } = await connection.run(
    `SELECT * FROM (SELECT ${row} AS r, CASE ${whens.join(" ")} END AS bad FROM ${from}) WHERE bad IS NOT NULL ORDER BY r`,
    shared.params,
    context.signal,
  );
  const told: { row: number; field: (typeof fields)[number] }[] = [];
  for (const [r, place] of rows) {
    report.bad.add(Number(r));
    const field = fields[Number(place)];
    if (field && (wanted === "all" || told.length === 0)) told.push({ row: Number(r), field });
  }
  const places = await placesOf(plan, file, new Set(told.map((item) => item.row)));
  for (const { row: number, field } of told) {
    const said = await messageOf(
      connection,
      `SELECT ${field.sql} FROM ${from} WHERE ${row} = ${number}`,
      shared.params,
    );
    const place = plan.columns.indexOf(field.column);
    const found = places.get(number);
    const start = found?.starts?.[place] ?? 0;
    report.errors.push({
      code: said.code,
      sqlState: said.sqlState,
      message: said.message,
      line: found?.line ?? number,
      character: start + 1,
      byteOffset: (found?.source?.byteOffset ?? 0) + Buffer.byteLength(found?.source?.text.slice(0, start) ?? ""),
      column: place,
      row: number,
      category: "conversion",
      columnName: columnName(plan, place),
      startLine: found?.line ?? number,
      rejected: found ? rejectedText(plan, found, found.isLast === true) : null,
    });
  }
  report.errors.sort((a, b) => a.row - b.row);
  return report;
}

async function placesOf(plan: CopyPlan, file: StagedFile, rows: ReadonlySet<number>) {
  const found = new Map<number, CopyRecord>();
  if (rows.size === 0) return found;
  for await (const record of copyRecords(plan, file, true)) {
    if (rows.has(record.row)) found.set(record.row, record);
    if (found.size === rows.size) break;
  }
  return found;
}

/** The error that a statement ends with. */
async function messageOf(
  connection: EngineConnection,
  sql: string,
  params: Shared["params"],
): Promise<Pick<SnowflakeError, "code" | "sqlState" | "message">> {
  try {
    await connection.run(sql, params);
  } catch (error) {
    if (error instanceof SnowflakeError) return error;
    throw error;
  }
  return { code: "100132", sqlState: "P0000", message: "The value cannot be converted." };
}
