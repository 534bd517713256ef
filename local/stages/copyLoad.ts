import { toMillis } from "../clock";
import type { ExecutionContext } from "../execution/context";
import { insertRows } from "../statements/dml/rows";
import type { WriteUnit } from "../store/writeUnit";
import { Shared } from "../translate/binder";
import { newBinder } from "../translate/index";
import type { FileReport } from "./copyExamine";
import type { CopyPlan } from "./copyPlan";
import { type AcceptedFile, loadRaw } from "./copyRecords";
import { copyValues } from "./copyValues";
import { md5Of, removeFiles, removeLater, type StagedFile } from "./files";
import { keyOf, type LoadedFile, noteLoaded, wasLoaded } from "./loadHistory";

let next = 1;

/** Inserts the records of files; `reports` holds what is wrong in them, when that is known. */
export async function loadFiles(
  context: ExecutionContext,
  unit: WriteUnit,
  plan: CopyPlan,
  files: readonly StagedFile[],
  reports: ReadonlyMap<string, FileReport>,
): Promise<LoadedFile[]> {
  const taken = new Map<StagedFile, AcceptedFile>();
  for (const file of files) {
    const report = reports.get(file.name);
    if (!report || !isSkipped(plan, report)) taken.set(file, { file, bad: report?.bad ?? new Set() });
  }
  const raw = `temp.loaded${next++}`;
  await unit.prepare((connection) => loadRaw(connection, raw, plan, [...taken.values()]));
  const shared = new Shared();
  const { from, values } = copyValues(newBinder(context, shared), plan, raw);
  for (const prepare of shared.prerequisites) await unit.prepare(prepare);
  await insertRows(
    unit,
    plan.table,
    values.map(({ sql }) => sql),
    { sql: from, params: shared.params },
    context.signal,
  );
  const { rows } = await unit.read(`SELECT f, count(*) FROM ${raw} GROUP BY f`);
  const loaded = new Map(rows.map(([name, count]) => [String(name), Number(count)]));
  const results: LoadedFile[] = [];
  for (const file of files) {
    const result = await resultOf(context, plan, file, loaded.get(file.name) ?? 0, reports.get(file.name));
    await noteLoaded(unit, result);
    results.push(result);
  }
  if (plan.options.purge)
    unit.afterCommit(() => removeLater(plan.location, () => purge(context, plan, files, results)));
  return results;
}

function isSkipped({ options: { onError } }: CopyPlan, { bad, rows, isUnreadable }: FileReport): boolean {
  if (isUnreadable) return true;
  if (onError.kind !== "SKIP_FILE") return false;
  if (onError.percent !== undefined) return bad.size > 0 && (bad.size / rows) * 100 > onError.percent;
  return bad.size >= (onError.limit ?? 1);
}

async function resultOf(
  context: ExecutionContext,
  plan: CopyPlan,
  file: StagedFile,
  rowsLoaded: number,
  report: FileReport | undefined,
): Promise<LoadedFile> {
  const [first] = report?.errors ?? [];
  const errorsSeen = report?.bad.size ?? 0;
  const rowsParsed = report?.rows ?? rowsLoaded;
  const { onError } = plan.options;
  const isLeftOut = report !== undefined && isSkipped(plan, report);
  return {
    tableId: plan.table.id,
    key: keyOf(plan.location, file.name),
    file: `${plan.location.label}${file.name}`,
    stage: plan.location.title,
    md5: await md5Of(file),
    size: file.size,
    status: errorsSeen === 0 && !isLeftOut ? "LOADED" : rowsLoaded > 0 ? "PARTIALLY_LOADED" : "LOAD_FAILED",
    rowsParsed,
    rowsLoaded,
    errorsSeen,
    errorLimit:
      onError.kind === "CONTINUE"
        ? rowsParsed
        : onError.kind === "SKIP_FILE" && onError.percent !== undefined
          ? Math.ceil((rowsParsed * onError.percent) / 100)
          : onError.kind === "SKIP_FILE"
            ? (onError.limit ?? 1)
            : 1,
    firstError: first?.message ?? null,
    firstErrorLine: first?.line ?? null,
    firstErrorCharacter: first?.character ?? null,
    firstErrorColumn: first?.columnName ?? null,
    time: toMillis(context.now),
  };
}

async function purge(
  context: ExecutionContext,
  plan: CopyPlan,
  files: readonly StagedFile[],
  results: readonly LoadedFile[],
): Promise<void> {
  const { store } = context.services;
  for (const [i, result] of results.entries()) {
    const file = files[i];
    if (file && result.status === "LOADED" && (await wasLoaded(store, result.tableId, result.key, result.md5)))
      await removeFiles(plan.location, [file]);
  }
}
