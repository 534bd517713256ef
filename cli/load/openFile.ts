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
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* textOnly(rest);
  const input = Readable.from(rest, { objectMode: false });
  const gunzip = createGunzip();
  input.on("error", (error) => gunzip.destroy(error));
  try {
    for await (const chunk of textOnly(input.pipe(gunzip) as AsyncIterable<Buffer>)) yield chunk;
  } catch (error) {
    if (!/^(Z_|ERR_)/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
    throw new Error(`is damaged gzip: ${(error as Error).message}`, { cause: error });
  }
}

const CONVERT = "convert it with: iconv -f";

/** How other files than text begin, in hexadecimal digits, and what to do with them. */
const OTHER_FORMATS: [beginning: RegExp, name: string, advice: string][] = [
  [/^504b0304/, "a zip archive", "unpack it with: unzip"],
  [/^28b52ffd/, "zstd", "unpack it with: zstd -d"],
  [/^425a683[1-9]314159/, "bzip2", "unpack it with: bunzip2"],
  [/^fd377a585a00/, "xz", "unpack it with: unxz"],
  [/^5041523115/, "Parquet", "convert it to NDJSON first"],
  [/^4f626a01/, "Avro", "convert it to NDJSON first"],
  [/^(fffe|feff)/, "UTF-16", `${CONVERT} UTF-16 -t UTF-8`],
  // Without its mark: every other byte of ASCII text is zero.
  [/^([2-7].00){3}/, "UTF-16", `${CONVERT} UTF-16LE -t UTF-8`],
  [/^(00[2-7].){3}/, "UTF-16", `${CONVERT} UTF-16BE -t UTF-8`],
];

/** Passes on what is text, as far as its beginning tells. */
async function* textOnly(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of bytes) {
    if (isFirst) refuseOtherFormats(chunk);
    isFirst = false;
    yield chunk;
  }
}

function refuseOtherFormats(head: Buffer): void {
  const begins = head.toString("hex", 0, 8);
  const found = OTHER_FORMATS.find(([beginning]) => beginning.test(begins));
  if (found !== undefined) throw new Error(`is ${found[1]}; expected UTF-8 text, plain or gzip (${found[2]})`);
}
