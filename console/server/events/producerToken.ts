import { createHash, timingSafeEqual } from "node:crypto";
import { RequestError } from "./requestError";

const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * Lets in who sends one of the tokens: as `Authorization: Bearer TOKEN` or, as Segment's clients do, as the user name of `Basic` or as
 * the body's `writeKey`.
 */
export class ProducerTokens {
  private readonly expected: readonly Buffer[];

  constructor(tokens: readonly string[]) {
    this.expected = tokens.map(digest);
  }

  /** Compares in a time that depends neither on the token nor on how much of it is right. */
  admits(authorization: string | undefined): boolean {
    const given = tokenOf(authorization ?? "");
    return given !== undefined && this.isToken(given);
  }

  private isToken(given: string): boolean {
    const found = digest(given);
    let isKnown = false;
    for (const expected of this.expected) isKnown = timingSafeEqual(expected, found) || isKnown;
    return isKnown;
  }

  /** @throws RequestError 401 */
  demand(authorization: string | undefined): void {
    if (!this.admits(authorization)) throw unauthenticated(authorization !== undefined);
  }

  /**
   * @param writeKey of a body whose request has no Authorization
   * @throws RequestError 401
   */
  demandKey(writeKey: unknown): void {
    if (typeof writeKey !== "string" || !this.isToken(writeKey)) throw unauthenticated(writeKey !== undefined);
  }
}

function unauthenticated(isGiven: boolean): RequestError {
  const said = isGiven ? "The token is not known here" : "The request carries no token";
  return new RequestError(
    401,
    "unauthenticated",
    `${said}; expected Authorization: Bearer TOKEN, or Basic with the token as user name`,
    { headers: { "WWW-Authenticate": 'Bearer realm="events", Basic realm="events"' } },
  );
}

function tokenOf(authorization: string): string | undefined {
  const [, scheme, credentials] = /^(Bearer|Basic) +(\S+) *$/i.exec(authorization) ?? [];
  if (scheme === undefined || credentials === undefined) return undefined;
  if (scheme.toLowerCase() === "bearer") return credentials;
  const [user] = Buffer.from(credentials, "base64").toString("utf8").split(":");
  return user || undefined;
}
