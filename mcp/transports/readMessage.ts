import {
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
} from "@modelcontextprotocol/server";
import { refuseDoubledKeys } from "../../client/exactJson";
import { isObject } from "../plan/findings";
import { show, visibly } from "../plan/problem";
import { wrongParams } from "./wrongParams";

/** Why something is no message, as JSON-RPC answers it. */
export class UnreadableMessage extends Error {
  constructor(
    /** -32700: no JSON; -32600: JSON, but no message; -32602: a message with parameters that its method has not. */
    readonly code: -32_700 | -32_600 | -32_602,
    message: string,
    /** The id the message has, where that is one; null otherwise. */
    readonly id: string | number | null = null,
  ) {
    super(message);
  }
}

/**
 * The JSON of a line or a body. A byte order mark before it is ignored, as RFC 8259 (8.1) allows.
 * @throws UnreadableMessage when it is not UTF-8 or no JSON, or could be read in two ways
 */
export function parseBytes(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableMessage(-32_700, "Parse error: the message is not UTF-8. Send JSON in UTF-8.");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const found = text === "" ? "nothing" : show(text);
    throw new UnreadableMessage(-32_700, `Parse error: the message is no JSON (${message}), found ${found}.`);
  }
  refuseTwoMeanings(text, value);
  return value;
}

/** Of a key that stands twice another reader may take the other one, so that what it let pass is not what is done here. */
function refuseTwoMeanings(text: string, value: unknown): void {
  try {
    refuseDoubledKeys(text, value);
  } catch (error) {
    const why = error instanceof RangeError ? "it is nested too deeply" : (error as Error).message.replace(/^A/, "a");
    throw new UnreadableMessage(-32_600, `Invalid Request: ${visibly(why)}.`);
  }
}

/**
 * A message as it was meant: null for an optional member is as good as its absence, and arguments of a tool that come as the JSON
 * text of an object are that object.
 * @throws UnreadableMessage when it is no message of JSON-RPC 2.0
 */
export function readMessage(message: unknown): unknown {
  const meant = mended(message);
  const why = whyNot(meant);
  if (why === undefined) return meant;
  throw new UnreadableMessage(-32_600, `Invalid Request: ${why}.`, idOf(meant));
}

function mended(message: unknown): unknown {
  if (!isObject(message) || !("params" in message) || typeof message.method !== "string") return message;
  const { params, ...rest } = message;
  if (params === null) return rest;
  if (!isObject(params)) return message;
  const meant = { ...params };
  if (isObject(meant._meta) && meant._meta.progressToken === null) {
    const { progressToken: _, ...meta } = meant._meta;
    meant._meta = meta;
  }
  for (const name of ["_meta", "arguments", "cursor"]) if (meant[name] === null) delete meant[name];
  if (message.method === "tools/call" && "arguments" in meant) meant.arguments = argumentsOf(meant.arguments);
  return { ...rest, params: meant };
}

function argumentsOf(given: unknown): unknown {
  if (Array.isArray(given) && given.length === 0) return {};
  if (typeof given !== "string") return given;
  if (given.trim() === "") return {};
  try {
    const parsed: unknown = JSON.parse(given);
    return isObject(parsed) ? parsed : given;
  } catch {
    return given;
  }
}

function whyNot(message: unknown): string | undefined {
  if (!isObject(message)) return `a message must be an object, found ${show(message)}`;
  const { jsonrpc, id, method, params } = message;
  if (jsonrpc !== "2.0") return `jsonrpc must be "2.0", found ${show(jsonrpc)}`;
  if ("id" in message && !isId(id)) return `id must be a text or a whole number, found ${show(id)}`;
  if (!("method" in message || "result" in message || "error" in message))
    return "a message needs a method, a result or an error";
  if ("method" in message && typeof method !== "string") return `method must be a text, found ${show(method)}`;
  if (params !== undefined && !isObject(params)) return `params must be an object, found ${show(params)}`;
  if (isObject(params)) {
    const { _meta: meta } = params;
    if (meta !== undefined && !isObject(meta)) return `params._meta must be an object, found ${show(meta)}`;
    const token = meta?.progressToken;
    if (token !== undefined && !isId(token))
      return `params._meta.progressToken must be a text or a whole number, found ${show(token)}`;
    if (method === "tools/call" && params.arguments !== undefined && !isObject(params.arguments))
      return `params.arguments must be an object, found ${show(params.arguments)}`;
  }
  const isKnown = [isJSONRPCRequest, isJSONRPCNotification, isJSONRPCResultResponse, isJSONRPCErrorResponse];
  return isKnown.some((is) => is(message)) ? undefined : `this is no message of the protocol, found ${show(message)}`;
}

/** @throws UnreadableMessage when a request has parameters that its method has not */
export function demandParams(message: unknown): void {
  const problem = wrongParams(message);
  if (problem !== undefined) throw new UnreadableMessage(-32_602, problem, idOf(message));
}

/** The answer to a request whose id is that of another one. */
export const usedId = (id: string | number): UnreadableMessage =>
  new UnreadableMessage(
    -32_600,
    `Invalid Request: the id ${show(id)} is that of a request still being answered. Give each request its own.`,
    id,
  );

const isId = (value: unknown): value is string | number => typeof value === "string" || Number.isSafeInteger(value);

const idOf = (message: unknown) =>
  isObject(message) && (typeof message.id === "string" || typeof message.id === "number") ? message.id : null;
