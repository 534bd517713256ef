import { type StandardSchemaV1, specTypeSchemas } from "@modelcontextprotocol/server";
import { isObject } from "../plan/findings";
import { nearest } from "../plan/nearest";
import { pathText, show } from "../plan/problem";
import { PROMPT_NAMES } from "../prompts/index";
import { TOOLS } from "../tools/index";

const TOOL_NAMES = TOOLS.map(({ name }) => name);

/** The requests that clients send, by their method. */
const REQUESTS: Readonly<Record<string, keyof typeof specTypeSchemas>> = {
  initialize: "InitializeRequest",
  ping: "PingRequest",
  "completion/complete": "CompleteRequest",
  "logging/setLevel": "SetLevelRequest",
  "prompts/get": "GetPromptRequest",
  "prompts/list": "ListPromptsRequest",
  "resources/list": "ListResourcesRequest",
  "resources/read": "ReadResourceRequest",
  "resources/subscribe": "SubscribeRequest",
  "resources/templates/list": "ListResourceTemplatesRequest",
  "resources/unsubscribe": "UnsubscribeRequest",
  "tools/call": "CallToolRequest",
  "tools/list": "ListToolsRequest",
};

/** What may stand where the protocol has several shapes. */
const SHAPES: Readonly<Record<string, string>> = {
  "params.ref": '{"type": "ref/prompt", "name": …} or {"type": "ref/resource", "uri": …}',
};

const MOST = 5;

/**
 * What is wrong with the parameters of a request by the protocol, in words; the SDK would answer the same as an internal error.
 * @returns undefined when nothing is, or the method is none of the protocol's
 */
export function wrongParams(message: unknown): string | undefined {
  if (!isObject(message) || !("id" in message) || typeof message.method !== "string") return undefined;
  const name = Object.hasOwn(REQUESTS, message.method) ? REQUESTS[message.method] : undefined;
  if (name === undefined) return undefined;
  const result = (specTypeSchemas[name] as StandardSchemaV1)["~standard"].validate(message);
  if (result instanceof Promise) return undefined;
  if (result.issues === undefined) return unknownName(message.method, isObject(message.params) ? message.params : {});
  const problems = result.issues.slice(0, MOST).map((issue) => {
    const at = (issue.path ?? []) as (string | number)[];
    const path = pathText(at);
    return `${path} must be ${SHAPES[path] ?? expectedBy(issue.message)}, found ${show(valueAt(message, at))}`;
  });
  return `Invalid params: ${problems.join("; ")}.`;
}

const LONGEST_URI = 2000;

/** What names nothing that is here: a tool, a prompt, a page, a resource. */
function unknownName(method: string, { name, cursor, uri }: Record<string, unknown>): string | undefined {
  if (method === "tools/call") return unlisted("tool", String(name), TOOL_NAMES);
  if (method === "prompts/get") return unlisted("prompt", String(name), PROMPT_NAMES);
  // Every list is one page.
  if (method.endsWith("/list") && typeof cursor === "string" && cursor !== "")
    return `Invalid params: params.cursor must be one that this server gave, found ${show(cursor)}.`;
  if (typeof uri === "string" && uri.length > LONGEST_URI)
    return `Invalid params: params.uri must have at most ${LONGEST_URI} characters, found ${uri.length}.`;
  return undefined;
}

function unlisted(kind: string, name: string, known: readonly string[]): string | undefined {
  if (known.includes(name)) return undefined;
  // Some clients put their own name of the server before that of the tool.
  const meant = nearest(name.split("__").at(-1) ?? name, known);
  // Whether there is one of a plain name that is like none of these, the server itself knows best: it may have been given more.
  if (meant === undefined && /^[\w.-]{1,128}$/.test(name)) return undefined;
  const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return `Invalid params: there is no ${kind} ${show(name)}.${hint} The ${kind}s are ${known.join(", ")}.`;
}

/** What zod expects, without what it says of what it found. */
function expectedBy(message: string): string {
  const [, expected = message] = /expected (.*?)(?:, received .*)?$/s.exec(message) ?? [];
  return WORDS[expected] ?? expected.replaceAll('"|"', '", "');
}

const WORDS: Readonly<Record<string, string>> = { string: "a text", object: "an object", record: "an object" };

const valueAt = (value: unknown, at: readonly (string | number)[]): unknown =>
  at.reduce<unknown>(
    (place, key) =>
      (isObject(place) || Array.isArray(place)) && Object.hasOwn(place, key)
        ? (place as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
