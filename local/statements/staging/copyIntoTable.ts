import type { CopyIntoTable } from "../../../dialect/index";
import { toMillis } from "../../clock";
import { SnowflakeError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { type ResultColumn, type StatementResult, statusResult } from "../../execution/result";
import { type CopyError, examine, type FileReport } from "../../stages/copyExamine";
import { loadFiles } from "../../stages/copyLoad";
import { type CopyPlan, fileNotFound, filesOf, planCopy } from "../../stages/copyPlan";
import { UnreadableRecord } from "../../stages/copyRecords";
import { validate } from "../../stages/copyValidate";
import { md5Of, type StagedFile } from "../../stages/files";
import { keyOf, type LoadedFile, loadedFiles } from "../../stages/loadHistory";
import { recordFailure } from "../../stages/records";
import { number, varchar } from "../../types/dataType";
import type { StatementHandler } from "../handler";

const text = (name: string): ResultColumn => ({ name, type: varchar(), nullable: true });
const count = (name: string): ResultColumn => ({ name, type: number(19, 0), nullable: true });

const COLUMNS: ResultColumn[] = [
  text("file"),
  text("status"),
  count("rows_parsed"),
  count("rows_loaded"),
  count("error_limit"),
  count("errors_seen"),
  text("first_error"),
  count("first_error_line"),
  count("first_error_character"),
  text("first_error_column_name"),
];

/**
 * COPY INTO table FROM @stage. Files are loaded once, unless they change or FORCE says so; what is wrong in them is found only
 * when the load as a whole has failed. Source: https://docs.snowflake.com/en/sql-reference/sql/copy-into-table
 */
export const copyIntoTable: StatementHandler<CopyIntoTable> = {
  async run(context, statement) {
    const plan = planCopy(context, statement);
    if (plan.options.validation) return validate(context, plan);
    const { files, missing } = await filesOf(plan);
    const { onError } = plan.options;
    if (missing[0] !== undefined && onError.kind === "ABORT_STATEMENT") throw fileNotFound(plan.location, missing[0]);
    // SKIP_FILE_0 leaves out files without an error too.
    if (onError.kind === "SKIP_FILE" && onError.limit === 0)
      return load(context, statement, files, byFile(await examine(context, plan, files, "first")), missing);
    try {
      return await load(context, statement, files, new Map(), missing);
    } catch (error) {
      if (!(error instanceof UnreadableRecord) && !(error instanceof SnowflakeError)) throw error;
      const reports = await examine(context, plan, files, "first");
      const found = reports.find(({ bad }) => bad.size > 0);
      if (!found) throw error;
      if (onError.kind === "ABORT_STATEMENT") throw failure(found, found.errors[0] as CopyError);
      return load(context, statement, files, byFile(reports), missing);
    }
  },
};

const byFile = (reports: readonly FileReport[]) => new Map(reports.map((report) => [report.file.name, report]));

/** An error of a record, or of a file that cannot be read at all, as the whole statement's. */
export const failure = (
  { file, isUnreadable }: Pick<FileReport, "file" | "isUnreadable">,
  error: CopyError,
): SnowflakeError => {
  if (isUnreadable) return new SnowflakeError(error.code, error.sqlState, error.message);
  const place = { file: file.name, row: error.row, column: error.columnName, hint: true };
  const { message } = recordFailure(error, place);
  return new SnowflakeError(error.code, error.sqlState, message);
};

function load(
  context: ExecutionContext,
  statement: CopyIntoTable,
  files: readonly StagedFile[],
  reports: ReadonlyMap<string, FileReport>,
  missing: readonly string[],
): Promise<StatementResult> {
  return context.write(async (unit) => {
    // Read again: others may have changed the table while this statement waited.
    const plan = planCopy(context, statement);
    const known = await loadedFiles(unit, plan.table.id, toMillis(context.now));
    const chosen: StagedFile[] = [];
    const skipped: (string | null)[][] = [];
    let size = 0;
    for (const file of files) {
      const before = plan.options.force ? undefined : known.get(keyOf(plan.location, file.name));
      if (before && before.md5 === (await md5Of(file))) {
        if (plan.files) skipped.push(unloaded(plan, file.name, "LOAD_SKIPPED", "File was loaded before."));
        continue;
      }
      if (plan.options.sizeLimit !== undefined && size > plan.options.sizeLimit) break;
      size += file.size;
      chosen.push(file);
    }
    const absent = missing.map((name) =>
      unloaded(plan, name, "LOAD_FAILED", fileNotFound(plan.location, name).message),
    );
    if (chosen.length + absent.length + skipped.length === 0)
      return statusResult("Copy executed with 0 files processed.");
    const loaded = chosen.length > 0 ? await loadFiles(context, unit, plan, chosen, reports) : [];
    const shown = [...loaded.map(rowOf), ...skipped, ...absent];
    const inserted = loaded.reduce((sum, { rowsLoaded }) => sum + rowsLoaded, 0);
    return {
      columns: COLUMNS,
      rows: plan.options.returnFailedOnly ? shown.filter(([, status]) => status !== "LOADED") : shown,
      rowsAffected: inserted,
      statistics: { inserted },
    };
  });
}

const cell = (value: string | number | null): string | null => (value === null ? null : String(value));

const rowOf = (entry: LoadedFile): (string | null)[] =>
  [
    entry.file,
    entry.status,
    entry.rowsParsed,
    entry.rowsLoaded,
    entry.errorLimit,
    entry.errorsSeen,
    entry.firstError,
    entry.firstErrorLine,
    entry.firstErrorCharacter,
    entry.firstErrorColumn,
  ].map(cell);

/** A file named in FILES of which nothing is loaded. */
const unloaded = (plan: CopyPlan, name: string, status: string, why: string): (string | null)[] =>
  [`${plan.location.label}${name}`, status, 0, 0, status === "LOAD_FAILED" ? 1 : null, 1, why, null, null, null].map(
    cell,
  );
