import type { ExecutionContext } from "../execution/context";
import type { ResultColumn, StatementResult } from "../execution/result";
import { encodeChunk, encoderOf } from "../results/encode";
import { failure } from "../statements/staging/copyIntoTable";
import { Shared } from "../translate/binder";
import { newBinder } from "../translate/index";
import { number, varchar } from "../types/dataType";
import { examine } from "./copyExamine";
import { type CopyPlan, fileNotFound, filesOf } from "./copyPlan";
import { loadRaw } from "./copyRecords";
import { copyValues } from "./copyValues";
import type { StagedFile } from "./files";

const text = (name: string): ResultColumn => ({ name, type: varchar(), nullable: true });
const count = (name: string): ResultColumn => ({ name, type: number(19, 0), nullable: true });

const ERROR_COLUMNS = [
  text("ERROR"),
  text("FILE"),
  count("LINE"),
  count("CHARACTER"),
  count("BYTE_OFFSET"),
  text("CATEGORY"),
  count("CODE"),
  text("SQL_STATE"),
  text("COLUMN_NAME"),
  count("ROW_NUMBER"),
  count("ROW_START_LINE"),
  text("REJECTED_RECORD"),
];

/** VALIDATION_MODE: the first rows as they would be loaded, or all errors; nothing is stored. */
export async function validate(context: ExecutionContext, plan: CopyPlan): Promise<StatementResult> {
  const { files, missing } = await filesOf(plan);
  const mode = plan.options.validation;
  if (typeof mode === "object") return firstRows(context, plan, files, mode.rows);
  const reports = await examine(context, plan, files, "all");
  const rows = reports.flatMap(({ file, errors }) =>
    errors.map((error) => [
      error.message,
      `${plan.location.title}/${file.name}`,
      String(error.line),
      String(error.character),
      String(error.byteOffset),
      error.category,
      String(Number(error.code)),
      error.sqlState,
      error.columnName,
      String(error.row),
      String(error.startLine),
      error.rejected,
    ]),
  );
  return { columns: ERROR_COLUMNS, rows: [...rows, ...missing.map((name) => missingFile(plan, name))] };
}

/** A file of FILES that is not there is an error without a place. */
const missingFile = (plan: CopyPlan, name: string): (string | null)[] => [
  fileNotFound(plan.location, name).message,
  name,
  null,
  null,
  null,
  "other",
  "100112",
  "22000",
  null,
  "0",
  "0",
  null,
];

let next = 1;

async function firstRows(
  context: ExecutionContext,
  plan: CopyPlan,
  files: readonly StagedFile[],
  wanted: number,
): Promise<StatementResult> {
  const reports = await examine(context, plan, files, "first");
  const bad = reports.find((report) => report.errors.length > 0);
  if (bad?.errors[0]) throw failure(bad, bad.errors[0]);
  const raw = `temp.validated${next++}`;
  const shared = new Shared();
  const { from, values } = copyValues(newBinder(context, shared), plan, raw);
  const encoders = plan.table.columns.map((column) => encoderOf(column.type));
  const rows: (string | null)[][] = [];
  await context.withConnection(async (connection) => {
    await loadRaw(
      connection,
      raw,
      plan,
      files.map((file) => ({ file, bad: new Set<number>() })),
    );
    for (const prepare of shared.prerequisites) await prepare(connection);
    const select = values.map(({ sql }, i) => `${sql} AS o${i + 1}`).join(", ");
    await connection.stream(
      `SELECT ${select} FROM ${from} LIMIT ${wanted}`,
      shared.params,
      (columns, rowCount) => void rows.push(...encodeChunk(columns, rowCount, encoders)),
      context.signal,
    );
  });
  const columns = plan.table.columns.map(({ name, type }): ResultColumn => ({ name, type, nullable: true }));
  return { columns, rows };
}
