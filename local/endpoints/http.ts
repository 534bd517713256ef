import { promisify } from "node:util";
import { gunzip, gunzipSync, gzip } from "node:zlib";
import type { Context } from "hono";
import { SnowflakeError, sessionTokenMissing } from "../errors";
import { asSnowflakeError } from "../execution/runStatement";
import type { Answer } from "../history/requestLog";
import { errorAnswer } from "../results/answer";
import type { Services } from "../services";
import type { Session } from "../session/session";

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** Below this, compressing costs more time than it saves on one machine. */
const COMPRESS_FROM = 16_384;

/** Up to so many bytes, expanding at once takes less time than handing over to another thread and back. */
const EXPAND_AT_ONCE = 16_384;

/** The body of a request as JSON; gzip is undone. An empty body is an empty object. */
export async function readBody<T>(context: Context): Promise<T> {
  let bytes = Buffer.from(await context.req.arrayBuffer());
  if (context.req.header("content-encoding") === "gzip")
    bytes = bytes.length <= EXPAND_AT_ONCE ? gunzipSync(bytes) : await expand(bytes);
  if (bytes.length === 0) return {} as T;
  try {
    return JSON.parse(bytes.toString()) as T;
  } catch (error) {
    throw new SnowflakeError("000400", "08001", `The body of the request is not JSON: ${(error as Error).message}`);
  }
}

/** Sends an answer; HTTP 200 also for errors, for drivers repeat a statement after 5xx. */
export async function send(context: Context, answer: Answer, status: 200 | 401 = 200): Promise<Response> {
  const text = JSON.stringify(answer);
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (text.length < COMPRESS_FROM || !/\bgzip\b/.test(context.req.header("accept-encoding") ?? "")) {
    return context.body(text, status, headers);
  }
  const packed = await compress(text, { level: 1 });
  return context.body(new Uint8Array(packed), status, { ...headers, "content-encoding": "gzip" });
}

export const ok = (data: unknown = null): Answer => ({ data, code: null, message: null, success: true });

/** Turns whatever an endpoint throws into an answer; a token that never was one is the only error with a status of HTTP. */
export function sendError(context: Context, error: unknown): Promise<Response> {
  const answer = errorAnswer(asSnowflakeError(error));
  return send(context, answer, answer.code === "390104" ? 401 : 200);
}

const TOKEN = /^Snowflake Token="(.*)"$/;

export function tokenOf(context: Context): string {
  const token = TOKEN.exec(context.req.header("authorization") ?? "")?.[1];
  if (!token || token === "None") throw sessionTokenMissing();
  return token;
}

/** The session that a request belongs to. */
export const sessionOf = (services: Services, context: Context): Session => services.sessions.find(tokenOf(context));

/** The address under which the client reached the server. */
export const baseUrl = (context: Context): string => `http://${context.req.header("host") ?? "127.0.0.1"}`;
