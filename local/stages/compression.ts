import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import {
  constants,
  createBrotliCompress,
  createBrotliDecompress,
  createDeflate,
  createDeflateRaw,
  createGunzip,
  createGzip,
  createInflate,
  createInflateRaw,
  inflateRawSync,
  inflateSync,
} from "node:zlib";
import { SnowflakeError, unsupportedFeature } from "../errors";

/** Ways to compress; BZ2 and ZSTD are known to Snowflake and refused here. */
type Compression = "NONE" | "GZIP" | "BROTLI" | "DEFLATE" | "RAW_DEFLATE";

export const EXTENSIONS: Record<Compression, string> = {
  NONE: "",
  GZIP: ".gz",
  BROTLI: ".br",
  DEFLATE: ".deflate",
  RAW_DEFLATE: ".raw_deflate",
};

function known(word: string): Compression {
  if (word in EXTENSIONS) return word as Compression;
  throw unsupportedFeature(`compression ${word}`);
}

/**
 * For loading: AUTO goes by how the file begins, so that a text named `.gz` is a text. A deflate stream may begin like a
 * text, and is one by its name if it can be read as one. Brotli is not found out by AUTO, as in Snowflake.
 */
export async function compressionOf(option: string, file: { name: string; path: string }): Promise<Compression> {
  if (option !== "AUTO") return known(option);
  const head = await firstBytes(file.path);
  const [first = 0, second = 0] = head;
  if (first === 0x1f && second === 0x8b) return "GZIP";
  if (/^BZh[1-9]/.test(head.toString("latin1", 0, 4))) return known("BZ2");
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) return known("ZSTD");
  const name = file.name.toLowerCase();
  if (name.endsWith(EXTENSIONS.RAW_DEFLATE)) return isRead(head, inflateRawSync) ? "RAW_DEFLATE" : "NONE";
  if (name.endsWith(EXTENSIONS.DEFLATE) && isRead(head, inflateSync)) return "DEFLATE";
  return "NONE";
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A short file must be read to its end: a few letters may begin a stream by chance. */
function isRead(head: Buffer, inflate: typeof inflateSync): boolean {
  try {
    inflate(head, { finishFlush: head.length < HEAD ? constants.Z_FINISH : constants.Z_SYNC_FLUSH });
    return true;
  } catch {
    return false;
  }
}

/** For unloading: AUTO is gzip. */
export const unloadCompression = (option: string): Compression => (option === "AUTO" ? "GZIP" : known(option));

const DECOMPRESSORS = {
  GZIP: createGunzip,
  BROTLI: createBrotliDecompress,
  DEFLATE: createInflate,
  RAW_DEFLATE: createInflateRaw,
};

const COMPRESSORS = {
  GZIP: createGzip,
  BROTLI: createBrotliCompress,
  DEFLATE: createDeflate,
  RAW_DEFLATE: createDeflateRaw,
};

/** Bytes that tell how a file is compressed. */
const HEAD = 4096;

/** Bytes at a time: large, since a record that spans pieces is read again. */
const PIECE = 1024 * 1024;

/** The text of a file in pieces. Errors: 100145 bytes that are no UTF-8 (unless replaced), 100092 a damaged compression. */
export async function* readText(
  path: string,
  name: string,
  compression: Compression,
  replaceInvalid: boolean,
): AsyncGenerator<string> {
  const raw = createReadStream(path, { highWaterMark: PIECE });
  const source =
    compression === "NONE" ? raw : pipeline(raw, DECOMPRESSORS[compression]({ chunkSize: PIECE }), () => undefined);
  const decoder = new TextDecoder("utf-8", { fatal: !replaceInvalid, ignoreBOM: true });
  let isFirst = true;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      let text = decoder.decode(chunk, { stream: true });
      if (isFirst && text.startsWith("\uFEFF")) text = text.slice(1);
      isFirst = false;
      yield text;
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError)
      throw new SnowflakeError("100144", "22000", `Invalid UTF8 detected in string in file '${name}'`);
    if (/^Z_|^ERR_BROTLI|^ERR__ERROR/.test((error as { code?: string }).code ?? ""))
      throw new SnowflakeError("100092", "22000", `Cannot decompress file '${name}' as ${compression}`);
    throw error;
  } finally {
    raw.destroy();
  }
}

/** Compresses pieces of text; `written` counts bytes of the result. */
export function compressed(pieces: Iterable<string>, compression: Compression): Readable {
  const source = Readable.from(pieces, { objectMode: false });
  return compression === "NONE" ? source : pipeline(source, COMPRESSORS[compression](), () => undefined);
}
