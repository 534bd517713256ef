import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";

/** A place between two records. */
export interface Position {
  segment: number;
  offset: number;
}

/** What is delivered, and which range is on its way. */
export interface Cursor {
  /** Names the spool: part of every request id, so that two spools never share one. */
  spool: string;
  delivered: Position;
  /** Lane of the events that are in the spool. */
  lane?: string;
  /** End of the batch that was begun last; the same range goes out again after a crash, under the same request id. */
  sending?: number;
  /** End of the batch behind it, when that one was sent before the first was answered. */
  ahead?: number;
  /** How often the server refused the first: it went out under a new request id each time, the last of which must be found again. */
  refused?: number;
}

const FILE = "cursor.json";

/** @returns undefined when there is none, or none that can be read: then everything in the folder counts as undelivered */
export async function readCursor(folder: string): Promise<Cursor | undefined> {
  try {
    const cursor = JSON.parse(await readFile(join(folder, FILE), "utf8")) as Cursor;
    const sound = typeof cursor.spool === "string" && Number.isSafeInteger(cursor.delivered?.offset);
    return sound ? cursor : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the file as a whole, so that it is always the old cursor or the new one. */
export async function writeCursor(folder: string, cursor: Cursor): Promise<void> {
  const aside = join(folder, `${FILE}.new`);
  const file = await open(aside, "w", 0o600);
  try {
    await file.writeFile(JSON.stringify(cursor));
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(aside, join(folder, FILE));
}
