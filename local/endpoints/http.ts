import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
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

/** The body of a request as JSON; gzip is undone. An empty body is an empty object. */
export async function readBody<T>(context: Context): Promise<T> {
  let bytes = Buffer.from(await context.req.arrayBuffer());
  if (context.req.header("content-encoding") === "gzip") bytes = await expand(bytes);
  if (bytes.length === 0) return {} as T;
  try {
    return JSON.parse(bytes.toString()) as T;
  } catch (error) {
    throw new SnowflakeError("390104", "08001", `The body of the request is not JSON: ${(error as Error).message}`);
  }
}

/** Sends an answer; always HTTP 200, for drivers repeat a statement after 5xx. */
export async function send(context: Context, answer: Answer): Promise<Response> {
  const text = JSON.stringify(answer);
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (text.length < COMPRESS_FROM || !/\bgzip\b/.test(context.req.header("accept-encoding") ?? "")) {
    return context.body(text, 200, headers);
  }
  const packed = await compress(text, { level: 1 });
  return context.body(new Uint8Array(packed), 200, { ...headers, "content-encoding": "gzip" });
}

export const ok = (data: unknown = null): Answer => ({ data, code: null, message: null, success: true });

/** Turns whatever an endpoint throws into an answer. */
export const sendError = (context: Context, error: unknown): Promise<Response> =>
  send(context, errorAnswer(asSnowflakeError(error)));

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
