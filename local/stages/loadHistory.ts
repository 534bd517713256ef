import type { ExecutionContext } from "../execution/context";
import type { Store } from "../store/store";
import type { WriteUnit } from "../store/writeUnit";
import type { StageLocation } from "./location";

/** One file of one COPY, as the table remembers it and COPY_HISTORY shows it. */
export interface LoadedFile {
  tableId: number;
  /** Folder of the stage and name in it: the same file of the same stage. */
  key: string;
  /** As printed. */
  file: string;
  stage: string;
  md5: string;
  size: number;
  status: "LOADED" | "PARTIALLY_LOADED" | "LOAD_FAILED";
  rowsParsed: number;
  rowsLoaded: number;
  errorsSeen: number;
  errorLimit: number;
  firstError: string | null;
  firstErrorLine: number | null;
  firstErrorCharacter: number | null;
  firstErrorColumn: string | null;
  /** Milliseconds. */
  time: number;
}

const KIND = "COPY";

/** Snowflake knows what was loaded for 64 days. Source: …/user-guide/data-load-considerations-load */
const KEPT_MS = 64 * 86_400_000;

export const keyOf = (location: StageLocation, name: string): string =>
  `${location.stage?.id ?? location.title}/${name}`;

const SELECT = "SELECT entry FROM meta.history WHERE kind = $1 AND object_id = $2 AND time >= $3 ORDER BY time";

const parse = (rows: readonly unknown[][]): LoadedFile[] =>
  rows.map(([text]) => JSON.parse(text as string) as LoadedFile);

/** What a table was loaded from, by key; the last load counts. */
export async function loadedFiles(unit: WriteUnit, tableId: number, now: number): Promise<Map<string, LoadedFile>> {
  const { rows } = await unit.read(SELECT, [KIND, BigInt(tableId), BigInt(Math.trunc(now - KEPT_MS))]);
  return new Map(
    parse(rows)
      .filter(({ status }) => status !== "LOAD_FAILED")
      .map((entry) => [entry.key, entry]),
  );
}

export async function noteLoaded(unit: WriteUnit, entry: LoadedFile): Promise<void> {
  await unit.run("DELETE FROM meta.history WHERE kind = $1 AND time < $2", [
    KIND,
    BigInt(Math.trunc(entry.time - KEPT_MS)),
  ]);
  await unit.run("INSERT INTO meta.history VALUES ($1, $2, $3, $4)", [
    KIND,
    BigInt(entry.tableId),
    BigInt(Math.trunc(entry.time)),
    JSON.stringify(entry),
  ]);
}

/** TRUNCATE: the table may be loaded from the same files again. */
export const forgetLoaded = (unit: WriteUnit, tableId: number): Promise<unknown> =>
  unit.run("DELETE FROM meta.history WHERE kind = $1 AND object_id = $2", [KIND, BigInt(tableId)]);

export async function loadsOf(
  context: Pick<ExecutionContext, "query">,
  tableId: number,
  from: number,
): Promise<LoadedFile[]> {
  const { rows } = await context.query(SELECT, [KIND, BigInt(tableId), BigInt(Math.trunc(from))]);
  return parse(rows);
}

/** Whether the load of a file was committed: files are purged only then. */
export async function wasLoaded(store: Store, tableId: number, key: string, md5: string): Promise<boolean> {
  const { rows } = await store.withReader((connection) => connection.run(SELECT, [KIND, BigInt(tableId), 0n]));
  return parse(rows).some((entry) => entry.key === key && entry.md5 === md5);
}
