import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { ConsoleError } from "../warehouse/consoleError";

const COOKIE = "two_table_console";
const SESSION_HOURS = 12;
const MAX_SESSIONS = 1000;

const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * Who may look when the console is not bound to the loopback address: who knows the token. A browser exchanges it for a session
 * cookie that scripts cannot read; programs send it as `Authorization: Bearer`.
 */
export class AccessToken {
  private readonly sessions = new Map<string, number>();
  private readonly expected: Buffer | undefined;

  /** @param token undefined: everybody who can reach the console may look */
  constructor(token: string | undefined) {
    this.expected = token === undefined ? undefined : digest(token);
  }

  get isRequired(): boolean {
    return this.expected !== undefined;
  }

  /** Whether a request is let in, by its two headers. */
  admits(authorization: string | undefined, cookie: string | undefined): boolean {
    if (this.expected === undefined) return true;
    const bearer = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
    if (bearer !== undefined && this.matches(bearer)) return true;
    const session = new RegExp(`(?:^|; *)${COOKIE}=([\\w-]+)`).exec(cookie ?? "")?.[1];
    return session !== undefined && (this.sessions.get(session) ?? 0) > Date.now();
  }

  admitsRequest({ headers }: IncomingMessage): boolean {
    return this.admits(headers.authorization, headers.cookie);
  }

  guard(): MiddlewareHandler {
    return async (context, next) => {
      if (!this.admits(context.req.header("authorization"), context.req.header("cookie")))
        throw new ConsoleError("unauthenticated", "This console asks for its access token.");
      await next();
    };
  }

  /** Exchanges the token for a session cookie. */
  logIn(context: Context, token: string): void {
    if (this.expected === undefined) return;
    if (!this.matches(token))
      throw new ConsoleError("unauthenticated", "This is not the access token of this console.");
    const session = randomBytes(24).toString("base64url");
    this.sessions.set(session, Date.now() + SESSION_HOURS * 3_600_000);
    if (this.sessions.size > MAX_SESSIONS) this.sessions.delete(this.sessions.keys().next().value as string);
    setCookie(context, COOKIE, session, {
      httpOnly: true,
      sameSite: "Strict",
      path: "/",
      maxAge: SESSION_HOURS * 3600,
      secure: context.req.header("x-forwarded-proto") === "https",
    });
  }

  logOut(context: Context): void {
    const session = deleteCookie(context, COOKIE);
    if (session !== undefined) this.sessions.delete(session);
  }

  private matches(token: string): boolean {
    return this.expected !== undefined && timingSafeEqual(digest(token), this.expected);
  }
}
