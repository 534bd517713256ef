import type { MiddlewareHandler } from "hono";
import { ConsoleError } from "../warehouse/consoleError";

const LOOPBACK_NAMES = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Whether a Host header is one this console answers to. Bound to the loopback address it answers only to the names of that
 * address, so that a page elsewhere cannot reach it by pointing its own name here (DNS rebinding).
 */
export function isKnownHost(host: string | undefined, isLoopback: boolean): boolean {
  if (host === undefined) return false;
  if (!isLoopback) return true;
  return LOOPBACK_NAMES.has(host.replace(/:\d+$/, "").toLowerCase());
}

/**
 * Whether a request comes from the console's own page. A WebSocket on a port of its own has the page's host and another port.
 */
export function isSameOrigin(origin: string | undefined, host: string | undefined, ignorePort = false): boolean {
  if (origin === undefined || host === undefined) return false;
  const here = `http://${host}`;
  if (!URL.canParse(origin) || !URL.canParse(here)) return false;
  const from = new URL(origin);
  if (from.protocol !== "http:" && from.protocol !== "https:") return false;
  return ignorePort ? from.hostname === new URL(here).hostname : from.host === host.toLowerCase();
}

/** Refuses foreign hosts, and changes that do not come from the console's own page. */
export function sameOriginOnly(isLoopback: boolean): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header("host");
    if (!isKnownHost(host, isLoopback)) {
      throw new ConsoleError("invalid", `This console does not answer to the host "${(host ?? "").slice(0, 100)}".`);
    }
    const isChange = context.req.method !== "GET" && context.req.method !== "HEAD";
    const origin = context.req.header("origin");
    // Programs send no Origin and carry a token; a browser always sends one with a POST.
    const isForeign =
      origin === undefined ? context.req.header("sec-fetch-site") !== undefined : !isSameOrigin(origin, host);
    if (isChange && isForeign)
      throw new ConsoleError("invalid", "Changes are accepted from the console's own page only.");
    await next();
  };
}
