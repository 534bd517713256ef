import { createHash, randomBytes } from "node:crypto";
import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { AccessToken, UserDoc } from "../catalogue/model";
import { SnowflakeError } from "../errors";
import { rolesOfUser } from "../privileges/index";
import { policyFor } from "./networkPolicy";

export const newSecret = (): string => randomBytes(48).toString("base64url");

export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64");

export const networkPolicyRequired = () => new SnowflakeError("390432", "08001", "Network policy is required.");

const invalidAccessToken = () => new SnowflakeError("394400", "08001", "Programmatic access token is invalid.");

/** The user whose token has this secret, and the token. */
export function findAccessToken(
  catalogue: CatalogueSnapshot,
  secret: string,
): { user: UserDoc; token: AccessToken } | undefined {
  const hash = hashOf(secret);
  for (const user of catalogue.all("USER")) {
    const token = user.accessTokens?.find((token) => token.hash === hash);
    if (token) return { user, token };
  }
  return undefined;
}

/**
 * Says that a token of the user's lets in now. Errors: 394400 it has expired, is disabled, or the user has not its role any more;
 * 390432 no network policy holds for the user.
 * Source: https://docs.snowflake.com/en/user-guide/programmatic-access-tokens
 */
export function checkAccessToken(
  catalogue: CatalogueSnapshot,
  user: UserDoc,
  token: AccessToken,
  nowMillis: number,
): void {
  const hasRole = token.roleId === undefined || rolesOfUser({ catalogue }, user.id).has(token.roleId);
  if (token.disabled || token.expiresAt <= nowMillis || !hasRole) throw invalidAccessToken();
  if (!policyFor(catalogue, user) && (token.policyBypassedUntil ?? 0) <= nowMillis) throw networkPolicyRequired();
}

/** The token with this secret, of whom `loginName` says or, where that is empty, of anybody. Errors: 394400 there is none. */
export function ownAccessToken(catalogue: CatalogueSnapshot, loginName: string, secret: string) {
  const found = findAccessToken(catalogue, secret);
  if (!found || (loginName && found.user.loginName.toUpperCase() !== loginName.toUpperCase()))
    throw invalidAccessToken();
  return found;
}
