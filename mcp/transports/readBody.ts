import { refusal } from "./guards";
import { parseBytes, readMessage, UnreadableMessage } from "./readMessage";

/** A request and its JSON; without JSON where it is none that is read here. */
export interface ReadRequest {
  request: Request;
  parsedBody?: unknown;
}

/**
 * Reads what a client posted, as it was meant.
 * @param most bytes of a body
 * @returns the answer to what is too long or no message
 */
export async function readBody(raw: Request, most: number): Promise<ReadRequest | Response> {
  // Of another type it is refused by that.
  if (raw.method !== "POST" || !/^application\/json *(;|$)/i.test(raw.headers.get("content-type") ?? ""))
    return { request: raw };
  const bytes = await bytesOf(raw, most);
  if (bytes === undefined) return refusal(413, -32_600, `Invalid Request: the body has more than ${most} bytes.`);
  try {
    const value = parseBytes(bytes);
    const parsedBody = Array.isArray(value) ? value.map(readMessage) : readMessage(value);
    return { request: new Request(raw.url, { method: "POST", headers: raw.headers, signal: raw.signal }), parsedBody };
  } catch (error) {
    if (error instanceof UnreadableMessage) return refusal(400, error.code, error.message, {}, error.id);
    throw error;
  }
}

/** The body, or undefined when it is longer. */
async function bytesOf(raw: Request, most: number): Promise<Uint8Array | undefined> {
  if (Number(raw.headers.get("content-length") ?? 0) > most) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (raw.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > most) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
