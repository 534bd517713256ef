import { createHash, timingSafeEqual } from "node:crypto";
import { RequestError } from "./requestError";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Lets in who sends one of the tokens, as `Authorization: Bearer TOKEN` or, as Segment's clients do, as the user name of `Basic`. */
export class ProducerTokens {
  private readonly expected: readonly Buffer[];

  constructor(tokens: readonly string[]) {
    this.expected = tokens.map(digest);
  }

  /** Compares in a time that depends neither on the token nor on how much of it is right. */
  admits(authorization: string | undefined): boolean {
    const given = tokenOf(authorization ?? "");
    if (given === undefined) return false;
    const found = digest(given);
    let isKnown = false;
    for (const expected of this.expected) isKnown = timingSafeEqual(expected, found) || isKnown;
    return isKnown;
  }

  /** @throws RequestError 401 */
  demand(authorization: string | undefined): void {
    if (this.admits(authorization)) return;
    const said = authorization === undefined ? "The request carries no token" : "The token is not known here";
    throw new RequestError(
      401,
      "unauthenticated",
      `${said}; expected Authorization: Bearer TOKEN, or Basic with the token as user name`,
      { headers: { "WWW-Authenticate": 'Bearer realm="events", Basic realm="events"' } },
    );
  }
}

function tokenOf(authorization: string): string | undefined {
  const [, scheme, credentials] = /^(Bearer|Basic) +(\S+) *$/i.exec(authorization) ?? [];
  if (scheme === undefined || credentials === undefined) return undefined;
  if (scheme.toLowerCase() === "bearer") return credentials;
  const [user] = Buffer.from(credentials, "base64").toString("utf8").split(":");
  return user || undefined;
}
