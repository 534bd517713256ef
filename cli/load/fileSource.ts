import { createHash } from "node:crypto";
import { accessSync, constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type ColumnMapping, readCsv } from "./csv";
import { readLines } from "./lines";
import { openFile } from "./openFile";
import type { Source, SourceRecord } from "./source";

export interface FileSourceOptions {
  /** `ndjson` or `csv`; default: by the file's name. */
  format?: "ndjson" | "csv";
  mapping?: ColumnMapping;
}

const HEAD_BYTES = 64 << 10;

/** Events of a file (NDJSON or CSV, plain or gzip) or of standard input (`-`). */
export async function fileSource(path: string, options: FileSourceOptions = {}): Promise<Source> {
  const file = await openFile(path);
  const csv = (options.format ?? formatOf(path)) === "csv";
  const stdin = path === "-";
  return {
    name: stdin ? "standard input" : basename(path),
    identity: stdin ? "-" : await realpath(path),
    fingerprint: stdin ? undefined : await fingerprintOf(path, options),
    rejectedFile: stdin ? resolve("stdin.rejected.ndjson") : besides(path),
    records: named(stdin ? "standard input" : path, csv ? readCsv(file.bytes, options.mapping) : ndjson(file.bytes)),
    progress: () => ({ done: file.position(), total: file.size }),
    unit: "bytes",
  };
}

/** Errors of a source say which it is. */
async function* named(name: string, records: AsyncIterable<SourceRecord>): AsyncGenerator<SourceRecord> {
  try {
    yield* records;
  } catch (error) {
    throw new Error(`${name} ${(error as Error).message}`, { cause: error });
  }
}

async function* ndjson(bytes: AsyncIterable<Buffer>): AsyncGenerator<SourceRecord> {
  let first = true;
  for await (const record of readLines(bytes)) {
    if (first && record.text === "[") {
      throw new Error(
        "is one JSON array over several lines; expected one event per line (convert it with: jq -c '.[]')",
      );
    }
    first = false;
    yield record;
  }
}

function formatOf(path: string): "ndjson" | "csv" {
  return /\.csv(\.gz)?$/i.test(path) ? "csv" : "ndjson";
}

/** The beginning of the file: it may have grown since, and what was loaded is still the same. */
async function fingerprintOf(path: string, options: FileSourceOptions): Promise<string> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const { size } = await file.stat();
    const head = createHash("sha256").update(buffer.subarray(0, bytesRead));
    return `${head.update(JSON.stringify(options)).digest("hex")}${size < HEAD_BYTES ? ` ${size}` : ""}`;
  } finally {
    await file.close();
  }
}

function besides(path: string): string {
  const folder = dirname(resolve(path));
  const name = `${basename(path)
    .replace(/\.gz$/i, "")
    .replace(/\.(ndjson|jsonl|json|csv)$/i, "")}.rejected.ndjson`;
  try {
    accessSync(folder, constants.W_OK);
    return join(folder, name);
  } catch {
    return resolve(name);
  }
}
