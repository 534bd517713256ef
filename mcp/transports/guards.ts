import { createHash, timingSafeEqual } from "node:crypto";
import {
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
} from "@modelcontextprotocol/server";

export interface GuardOptions {
  /** Host names that requests and pages may name, besides those of this machine itself. */
  allowedHosts: readonly string[];
  /** What a client must show; undefined: nothing. */
  token?: string;
}

/**
 * Turns away what did not come from where it may: a page that got here by a name of its own (DNS rebinding) or from another
 * origin, and a client without the token.
 * @returns the answer to a request that is refused
 */
export function guard(request: Request, { allowedHosts, token }: GuardOptions): Response | undefined {
  return (
    guardHost(request, allowedHosts) ??
    originValidationResponse(request, [...localhostAllowedOrigins(), ...allowedHosts]) ??
    (token === undefined || shows(request, token)
      ? undefined
      : refusal(401, -32001, "A bearer token is needed.", { "www-authenticate": "Bearer" }))
  );
}

/** Turns away who got here by a name that is not this server's. */
export function guardHost(request: Request, allowedHosts: readonly string[]): Response | undefined {
  const known = [...localhostAllowedHostnames(), ...allowedHosts];
  // A request for an absolute address means the host of that, whatever the header says (RFC 9112, 3.2.2).
  const meant = new Request(request.url, { headers: { host: new URL(request.url).host } });
  return hostHeaderValidationResponse(request, known) ?? hostHeaderValidationResponse(meant, known);
}

function shows(request: Request, token: string): boolean {
  const [, shown = ""] = /^Bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  return timingSafeEqual(digest(shown), digest(token));
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** An answer in the protocol's shape for a request that reaches no server. */
export function refusal(
  status: number,
  code: number,
  message: string,
  headers: Record<string, string> = {},
  id: string | number | null = null,
): Response {
  return Response.json({ jsonrpc: "2.0", error: { code, message }, id }, { status, headers });
}

/** Whether an address is this machine's own: nobody else can reach it. */
export const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|::1|localhost)$/i.test(host);
