import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

export const DATA_FILE = "snowflake.duckdb";

/** Files open in this process: DuckDB's own lock guards only against other processes. */
const openHere = new Set<string>();

/** Why a data directory cannot be used, in words for the person who started the server. */
export class DataFileError extends Error {
  override readonly name = "DataFileError";
}

export interface OpenFile {
  instance: DuckDBInstance;
  close(): void;
}

export interface OpenOptions {
  /** Where the file lies; undefined = in memory. The file is created when missing. */
  directory: string | undefined;
  /** Where intermediate results go that find no room in memory. */
  spillDirectory: string;
  /** What the engine may hold before it writes to `spillDirectory`, as DuckDB writes sizes (`256MB`, `1GiB`). */
  memoryLimit: string;
}

const MAX_THREADS = 4;

export async function openDataFile({ directory, spillDirectory, memoryLimit }: OpenOptions): Promise<OpenFile> {
  // Each statement that runs holds one thread of this pool (read when it is first used); the usual four would let four long queries stop all others.
  process.env.UV_THREADPOOL_SIZE ??= "16";
  const options = {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    memory_limit: memoryLimit,
    temp_directory: spillDirectory,
    // Every thread holds buffers of its own.
    threads: String(Math.min(MAX_THREADS, availableParallelism())),
    // Memory that a large statement has used goes back to the machine soon after it.
    allocator_background_threads: "true",
  };
  if (directory === undefined) {
    const instance = await DuckDBInstance.create(":memory:", options);
    return { instance, close: () => instance.closeSync() };
  }
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new DataFileError(`The data directory ${directory} cannot be created: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const path = join(realpathSync(directory), DATA_FILE);
  if (openHere.has(path)) throw inUse(path, String(process.pid));
  try {
    const instance = await DuckDBInstance.create(path, options);
    openHere.add(path);
    return {
      instance,
      close() {
        instance.closeSync();
        openHere.delete(path);
      },
    };
  } catch (error) {
    throw explain(path, error as Error);
  }
}

const inUse = (path: string, pid: string) =>
  new DataFileError(
    `The data file ${path} is in use by another server (process ${pid}). Stop that server or choose another data directory.`,
  );

function explain(path: string, error: Error): DataFileError {
  const text = error.message;
  const locked = /Conflicting lock is held in .*?\(PID (\d+)\)/.exec(text);
  if (locked) return inUse(path, locked[1] as string);
  if (/Could not set lock/.test(text)) return inUse(path, "unknown");
  const say = (message: string) => new DataFileError(message, { cause: error });
  if (/Permission denied|EACCES/.test(text)) return say(`The data file ${path} cannot be written: permission denied.`);
  if (/Read-only file system/.test(text)) return say(`The data file ${path} lies on a read-only file system.`);
  if (/No space left/.test(text)) return say(`The disk that holds ${path} is full.`);
  if (/newer version of DuckDB|storage version|version number/i.test(text)) {
    return say(
      `The data file ${path} was written by a newer version of this server. Use that version, or another data directory.`,
    );
  }
  if (/WAL|wal file|replay/i.test(text) && existsSync(`${path}.wal`)) {
    return say(
      `The write-ahead log ${path}.wal is damaged, so the last changes cannot be replayed. Restore both files from a backup, or move the log away to lose the changes since the last checkpoint. (${text})`,
    );
  }
  return say(`The data file ${path} cannot be opened; it is damaged or not a data file of this server. (${text})`);
}
