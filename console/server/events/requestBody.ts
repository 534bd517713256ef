import { isUtf8 } from "node:buffer";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { Context } from "hono";
import { parseExact } from "../../../client/exactJson";
import { RequestError } from "./requestError";

const UNPACK = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** A browser's beacon cannot say application/json. */
const JSON_TYPES = new Set(["application/json", "text/json", "text/plain"]);
const NDJSON_TYPES = new Set([
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/x-jsonlines",
]);

/** What curl says of a body unless it is told otherwise. */
const FORM = "application/x-www-form-urlencoded";

/**
 * Reads the body of a request: JSON, or one JSON value per line, plain or packed. Numbers keep every digit.
 * @returns the JSON value; of NDJSON the list of its values
 * @throws RequestError 400, 413, 415
 */
export async function readRequestBody(context: Context, maxBytes: number): Promise<unknown> {
  const isLines = readContentType(context.req.header("content-type"));
  const packed = await readBytes(context, maxBytes);
  const bytes = await unpack(packed, context.req.header("content-encoding"), maxBytes);
  if (!isUtf8(bytes)) throw new RequestError(400, "malformed", "The body is not UTF-8");
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (text.trim() === "") throw new RequestError(400, "malformed", "The body is empty; expected JSON");
  if (!isLines) return parse(text, "");
  return text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [parse(line, `line ${index + 1}`)]));
}

function parse(text: string, path: string): unknown {
  try {
    // One message whose text was cut in the middle of a character must not take a whole batch with it.
    return parseExact(text, { halves: true });
  } catch (error) {
    const reason = error instanceof RangeError ? "nested too deeply" : (error as Error).message;
    throw new RequestError(400, "malformed", `${path === "" ? "The body" : path} is not JSON: ${reason}`, {
      problems: [{ path, message: `not JSON: ${reason}` }],
    });
  }
}

/** @returns whether it is one JSON value per line */
function readContentType(header: string | undefined): boolean {
  const [type = "", ...parameters] = (header ?? "application/json").toLowerCase().split(";");
  const charset = parameters.map((text) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(text)?.[1]).find((text) => text);
  if (charset !== undefined && !["utf-8", "utf8", "us-ascii"].includes(charset))
    throw new RequestError(415, "unsupported", `The body is in ${charset}; expected UTF-8`);
  if (JSON_TYPES.has(type.trim()) || /^application\/[\w.-]+\+json$/.test(type.trim())) return false;
  if (NDJSON_TYPES.has(type.trim())) return true;
  const advice = type.trim() === FORM ? " (curl needs: -H 'Content-Type: application/json')" : "";
  throw new RequestError(
    415,
    "unsupported",
    `Content-Type ${type.trim()} is not taken; expected application/json or application/x-ndjson${advice}`,
    { headers: { Accept: "application/json, application/x-ndjson" } },
  );
}

const tooLarge = (maxBytes: number) =>
  // The rest of the body is not read, so nothing can follow it on this connection.
  new RequestError(413, "too-large", `The body has more than ${maxBytes} bytes; send fewer events at once`, {
    headers: { Connection: "close" },
  });

async function readBytes(context: Context, maxBytes: number): Promise<Buffer> {
  if (Number(context.req.header("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const { body } = context.req.raw;
  if (body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function unpack(bytes: Buffer, header: string | undefined, maxBytes: number): Promise<Buffer> {
  const coding = (header ?? "identity").trim().toLowerCase();
  if (coding === "identity" || coding === "") return bytes;
  const unpacked = UNPACK[coding as keyof typeof UNPACK];
  if (unpacked === undefined) {
    throw new RequestError(
      415,
      "unsupported",
      `Content-Encoding ${coding} is not taken; expected gzip, deflate or br`,
      {
        headers: { "Accept-Encoding": "gzip, deflate, br" },
      },
    );
  }
  try {
    return await unpacked(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(maxBytes);
    throw new RequestError(400, "malformed", `The body is damaged ${coding}: ${(error as Error).message}`);
  }
}
