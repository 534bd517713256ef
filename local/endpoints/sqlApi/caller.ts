import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { findAccessToken } from "../../auth/accessTokens";
import type { Authenticated, Authenticator } from "../../auth/authenticate";
import { checkAddress } from "../../auth/networkPolicy";
import { SnowflakeError, unsupportedFeature } from "../../errors";
import type { Services } from "../../services";

const headerMissing = () =>
  new SnowflakeError("390101", "08001", "Authorization header not found in the request data.");

const invalidAccessToken = (token: string) =>
  new SnowflakeError("390303", "08001", `Invalid OAuth access token. ...${token.slice(-8)}`);

export interface Caller extends Authenticated {
  address: string;
}

/**
 * Who sends a request: each one carries its own proof, the token of key-pair authentication or a programmatic access token. Errors:
 * 390101 no token, 390144 and 394400 not a valid one, 390303 of another kind, 000002 of a kind that is not supported here.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/authenticating
 */
export async function callerOf(services: Services, authenticator: Authenticator, context: Context): Promise<Caller> {
  const token = /^Bearer +(\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  if (!token) throw headerMissing();
  const { catalogue } = services.store;
  const said = context.req.header("x-snowflake-authorization-token-type")?.toUpperCase();
  const type = said ?? (findAccessToken(catalogue, token) ? "PROGRAMMATIC_ACCESS_TOKEN" : "KEYPAIR_JWT");
  const kind = AUTHENTICATORS[type];
  if (kind === undefined) throw unsupportedFeature(`authorization token type ${type}`);
  if (said === undefined && kind === "SNOWFLAKE_JWT" && token.split(".").length !== 3) throw invalidAccessToken(token);
  const authenticated = await authenticator.authenticate({ loginName: "", authenticator: kind, token });
  const address = getConnInfo(context).remote.address ?? "";
  checkAddress(catalogue, authenticated.user, address);
  return { ...authenticated, address };
}

/** By the type that a request says its token is of. */
const AUTHENTICATORS: Readonly<Record<string, string>> = {
  KEYPAIR_JWT: "SNOWFLAKE_JWT",
  PROGRAMMATIC_ACCESS_TOKEN: "PROGRAMMATIC_ACCESS_TOKEN",
};
