import { basename } from "node:path";
import { listFiles, type StagedFile } from "../stages/files";
import { formatFor } from "../stages/format";
import { resolveLocation, stageReference } from "../stages/location";
import { recordFailure, recordsOf } from "../stages/records";
import { varchar } from "../types/dataType";
import type { ExecutionContext } from "./context";
import { type BatchBinds, type Binds, NO_BINDS } from "./value";

/**
 * The values of a large array bind, which drivers put as CSV into a temporary stage of theirs (`bindStage` of a request) once they are
 * more than CLIENT_STAGE_ARRAY_BINDING_THRESHOLD. Each record is one row of binds; all are texts.
 * Errors: 002003 no such stage, 100xxx a file that is no CSV.
 */
export async function stagedBinds(context: ExecutionContext, path: string): Promise<Binds> {
  const location = resolveLocation(context, stageReference(`${path.replace(/\/$/, "")}/`), "READ");
  const format = formatFor(context, location.stage, {});
  const columns: BatchBinds["columns"] = [];
  let rowCount = 0;
  for (const file of (await listFiles(location)).sort(byNumber)) {
    for await (const { values, row, error } of recordsOf(file, format)) {
      if (error) throw recordFailure(error, { file: file.name, row, column: String((error.column ?? 0) + 1) });
      values.forEach((text, i) => {
        columns[i] ??= { type: varchar(), texts: new Array<string | null>(rowCount).fill(null) };
        columns[i].texts[rowCount] = text;
      });
      rowCount++;
    }
  }
  if (rowCount === 0) return NO_BINDS;
  for (const { texts } of columns) while (texts.length < rowCount) texts.push(null);
  return { values: [], batch: { rowCount, columns } };
}

/** Drivers number the files in the order of their rows. */
const byNumber = (a: StagedFile, b: StagedFile): number =>
  Number.parseInt(basename(a.name), 10) - Number.parseInt(basename(b.name), 10);
