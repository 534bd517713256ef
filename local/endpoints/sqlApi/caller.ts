import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import type { Authenticator } from "../../auth/authenticate";
import { checkAddress } from "../../auth/networkPolicy";
import type { UserDoc } from "../../catalogue/model";
import { SnowflakeError, unsupportedFeature } from "../../errors";
import type { Services } from "../../services";

const headerMissing = () =>
  new SnowflakeError("390101", "08001", "Authorization header not found in the request data.");

const invalidAccessToken = (token: string) =>
  new SnowflakeError("390303", "08001", `Invalid OAuth access token. ...${token.slice(-8)}`);

export interface Caller {
  user: UserDoc;
  address: string;
}

/**
 * Who sends a request: each one carries its own proof, the token of key-pair authentication. Errors: 390101 no token, 390144 not a
 * valid one, 390303 of another kind, 000002 of a kind that is not supported here.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/authenticating
 */
export async function callerOf(services: Services, authenticator: Authenticator, context: Context): Promise<Caller> {
  const token = /^Bearer +(\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  if (!token) throw headerMissing();
  const type = context.req.header("x-snowflake-authorization-token-type")?.toUpperCase();
  if (type !== undefined && type !== "KEYPAIR_JWT") throw unsupportedFeature(`authorization token type ${type}`);
  if (type === undefined && token.split(".").length !== 3) throw invalidAccessToken(token);
  const user = await authenticator.authenticate({ loginName: "", authenticator: "SNOWFLAKE_JWT", token });
  const address = getConnInfo(context).remote.address ?? "";
  checkAddress(services.store.catalogue, user, address);
  return { user, address };
}
