import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import {
  createBrotliCompress,
  createBrotliDecompress,
  createDeflate,
  createDeflateRaw,
  createGunzip,
  createGzip,
  createInflate,
  createInflateRaw,
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

/** For loading: AUTO goes by the name of the file. Brotli is not found out by AUTO, as in Snowflake. */
export function compressionOf(option: string, fileName: string): Compression {
  if (option !== "AUTO") return known(option);
  const extension = /\.[a-z0-9_]+$/i.exec(fileName)?.[0].toLowerCase();
  if (extension === ".bz2" || extension === ".zst") return known(extension === ".bz2" ? "BZ2" : "ZSTD");
  const found = (Object.keys(EXTENSIONS) as Compression[]).find((name) => EXTENSIONS[name] === extension);
  return found === undefined || found === "BROTLI" ? "NONE" : found;
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
