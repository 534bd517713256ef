import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

export interface OpenedFile {
  bytes: AsyncIterable<Buffer>;
  /** Size on disk; undefined for standard input. */
  size: number | undefined;
  /** How many bytes of `size` have been read. */
  position: () => number;
}

/**
 * Opens a file, or standard input for `-`; what begins like gzip is unpacked, whatever its name is.
 * @throws Error saying what the path is instead of a readable file
 */
export async function openFile(path: string): Promise<OpenedFile> {
  const size = path === "-" ? undefined : await sizeOf(path);
  const raw = path === "-" ? process.stdin : createReadStream(path, { highWaterMark: 256 << 10 });
  let position = 0;
  const counted = Readable.from(count(raw), { objectMode: true });
  async function* count(stream: AsyncIterable<Buffer>) {
    for await (const chunk of stream) {
      position += chunk.length;
      yield chunk;
    }
  }
  return { bytes: unpack(counted), size, position: () => position };
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === "ENOENT" ? `${path} does not exist` : `${path} cannot be read: ${error.message}`);
  });
  if (found.isDirectory())
    throw new Error(`${path} is a folder; expected a file (for a git repository use --git ${path})`);
  await open(path, "r").then(
    (file) => file.close(),
    (error) => {
      throw new Error(`${path} cannot be read: ${error.message}`);
    },
  );
  return found.size;
}

async function* unpack(source: Readable): AsyncGenerator<Buffer> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const head = first.value as Buffer;
  const rest = (async function* () {
    yield head;
    for (;;) {
      const next = await iterator.next();
      if (next.done) return;
      yield next.value as Buffer;
    }
  })();
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* rest;
  const input = Readable.from(rest, { objectMode: false });
  const gunzip = createGunzip();
  input.on("error", (error) => gunzip.destroy(error));
  try {
    yield* input.pipe(gunzip) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new Error(`is damaged gzip: ${(error as Error).message}`, { cause: error });
  }
}
