import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { refuseOtherFormats, TELLING_BYTES } from "./otherFormats";
import { SourceError } from "./source";

export interface OpenedFile {
  bytes: AsyncIterable<Buffer>;
  /** Size on disk; undefined for what can be read only once: standard input or a pipe. */
  size: number | undefined;
  /** How many bytes of `size` have been read. */
  position: () => number;
}

/**
 * Opens a file, or standard input for `-`; what begins like gzip is unpacked, whatever its name is.
 * @throws SourceError saying what the path is instead of a readable file
 */
export async function openFile(path: string): Promise<OpenedFile> {
  const size = path === "-" ? undefined : await sizeOf(path);
  let position = 0;
  // Opened by the first read: a stream that nobody reads, since the mapping was refused, has nobody to hear its error either.
  async function* counted() {
    for await (const chunk of path === "-" ? process.stdin : createReadStream(path, { highWaterMark: 256 << 10 })) {
      position += chunk.length;
      yield chunk;
    }
  }
  return { bytes: unpack(Readable.from(counted(), { objectMode: true })), size, position: () => position };
}

async function sizeOf(path: string): Promise<number | undefined> {
  if (path === "") throw new SourceError("A name of a file is empty");
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const pattern = /[*?]/.test(path)
      ? "; patterns are for the shell, which found no such file or was kept out by quotes"
      : "";
    throw new SourceError(
      error.code === "ENOENT" ? `${path} does not exist${pattern}` : `${path} cannot be read: ${error.message}`,
    );
  });
  if (found.isDirectory())
    throw new SourceError(`${path} is a folder; expected a file (for a git repository use --git ${path})`);
  // To open a pipe and close it again ends the program that writes into it.
  if (!found.isFile()) return undefined;
  await open(path, "r").then(
    (file) => file.close(),
    (error) => {
      throw new SourceError(`${path} cannot be read: ${error.message}`);
    },
  );
  return found.size;
}

async function* unpack(source: Readable): AsyncGenerator<Buffer> {
  const bytes = withHead(source, 2);
  const first = await bytes.next();
  if (first.done) return;
  const head = first.value;
  let read = 0;
  /** Offset behind the last byte that is not zero. */
  let filled = 0;
  const all = (async function* () {
    for await (const chunk of joined(head, bytes)) {
      let end = chunk.length;
      while (end > 0 && chunk[end - 1] === 0) end--;
      if (end > 0) filled = read + end;
      read += chunk.length;
      yield chunk;
    }
  })();
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* textOnly(all);
  const input = Readable.from(all, { objectMode: false });
  const gunzip = createGunzip();
  input.on("error", (error) => gunzip.destroy(error));
  try {
    for await (const chunk of textOnly(input.pipe(gunzip) as AsyncIterable<Buffer>)) yield chunk;
    // It stops at zeros, which fill up what was written in blocks, and says nothing of what stands behind them.
    if (filled > gunzip.bytesWritten) throw Object.assign(new Error("data behind its end"), { code: "Z_DATA_ERROR" });
  } catch (error) {
    if (!/^(Z_|ERR_)/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
    throw new Error(`is damaged gzip: ${(error as Error).message}`, { cause: error });
  }
}

async function* joined(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

/** Passes on what is text, as far as its beginning tells. */
async function* textOnly(given: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of withHead(given, TELLING_BYTES)) {
    if (isFirst) refuseOtherFormats(chunk);
    isFirst = false;
    yield chunk;
  }
}

/** The same bytes, of which the first chunk has `size` or more unless there are no more: a pipe gives what it has. */
async function* withHead(bytes: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  const iterator = bytes[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => iterator };
  let head = Buffer.alloc(0);
  let failure: { error: unknown } | undefined;
  try {
    while (head.length < size) {
      const next = await iterator.next();
      if (next.done) break;
      head = Buffer.concat([head, next.value]);
    }
  } catch (error) {
    // What was read before it broke off is good.
    failure = { error };
  }
  if (head.length > 0) yield head;
  if (failure) throw failure.error;
  yield* rest;
}
