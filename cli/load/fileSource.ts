import { accessSync, constants, statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type ColumnMapping, readCsv } from "./csv";
import { readNdjson } from "./ndjson";
import { openFile } from "./openFile";
import { type Source, SourceError, type SourceRecord } from "./source";

export interface FileSourceOptions {
  /** `ndjson` or `csv`; default: by the file's name. */
  format?: "ndjson" | "csv";
  mapping?: ColumnMapping;
}

/** Events of a file (NDJSON or CSV, plain or gzip) or of standard input (`-`). */
export async function fileSource(path: string, options: FileSourceOptions = {}): Promise<Source> {
  const file = await openFile(path);
  const csv = isCsv(path, options.format);
  const delimiter = options.mapping?.delimiter ?? (/\.tsv(\.gz)?$/i.test(path) ? "\t" : ",");
  const stdin = path === "-";
  const once = file.size === undefined;
  return {
    name: stdin ? "standard input" : basename(path),
    identity: once ? path : await realpath(path),
    // How it is read. What stands in it is compared record by record.
    fingerprint: once ? undefined : JSON.stringify(options),
    canGrow: true,
    rejectedFile: stdin ? resolve("stdin.rejected.ndjson") : besides(path),
    records: named(
      stdin ? "standard input" : path,
      csv ? readCsv(file.bytes, { columns: [], constants: [], ...options.mapping, delimiter }) : readNdjson(file.bytes),
    ),
    progress: () => ({ done: file.position(), total: file.size }),
    unit: "bytes",
  };
}

/** Errors of a source say which it is. */
async function* named(name: string, records: AsyncIterable<SourceRecord>): AsyncGenerator<SourceRecord> {
  try {
    yield* records;
  } catch (error) {
    throw new SourceError(`${name} ${(error as Error).message}`, { cause: error });
  }
}

/** Whether a file is read as CSV: as it was said, else by its name. */
export function isCsv(path: string, format?: "ndjson" | "csv"): boolean {
  return format === undefined ? /\.[ct]sv(\.gz)?$/i.test(path) : format === "csv";
}

/** Where the rejected records of a file go: next to it, or here when its folder cannot be written or it is a pipe. */
export function besides(path: string): string {
  const folder = dirname(resolve(path));
  const name = `${basename(path)
    .replace(/\.gz$/i, "")
    .replace(/\.(ndjson|jsonl|json|csv|tsv)$/i, "")}.rejected.ndjson`;
  try {
    if (!statSync(path).isFile()) return resolve(name);
    accessSync(folder, constants.W_OK);
    return join(folder, name);
  } catch {
    return resolve(name);
  }
}
