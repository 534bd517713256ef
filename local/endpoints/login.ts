import { getConnInfo } from "@hono/node-server/conninfo";
import type { Hono } from "hono";
import type { Authenticator } from "../auth/authenticate";
import { checkAddress } from "../auth/networkPolicy";
import { SnowflakeError } from "../errors";
import { checkParameter } from "../parameters/check";
import type { ParameterValue } from "../parameters/definitions";
import { driverParameters } from "../parameters/driver";
import { rolesOfUser } from "../privileges/index";
import { finalNames } from "../results/answer";
import type { Services } from "../services";
import { MASTER_VALIDITY, SESSION_VALIDITY } from "../session/sessions";
import { ok, readBody, send } from "./http";

interface LoginBody {
  data?: {
    LOGIN_NAME?: string;
    PASSWORD?: string;
    AUTHENTICATOR?: string;
    TOKEN?: string;
    CLIENT_APP_ID?: string;
    CLIENT_APP_VERSION?: string;
    CLIENT_ENVIRONMENT?: Record<string, unknown>;
    SESSION_PARAMETERS?: Record<string, ParameterValue | null>;
  };
}

/** A name in a connection string: as typed when quoted, else upper case. */
const identifier = (text: string | undefined): string | undefined => {
  if (!text) return undefined;
  const quoted = /^"((?:[^"]|"")+)"$/.exec(text);
  return quoted ? (quoted[1] as string).replaceAll('""', '"') : text.toUpperCase();
};

/** POST /session/v1/login-request */
export function loginEndpoint(app: Hono, services: Services, authenticator: Authenticator): void {
  app.post("/session/v1/login-request", async (context) => {
    const { data = {} } = await readBody<LoginBody>(context);
    if (!data.LOGIN_NAME && !data.TOKEN)
      throw new SnowflakeError("390100", "08001", "Incorrect username or password was specified.");
    const { user, accessToken } = await authenticator.authenticate({
      loginName: data.LOGIN_NAME ?? "",
      authenticator: data.AUTHENTICATOR ?? "",
      password: data.PASSWORD,
      token: data.TOKEN,
      application: data.CLIENT_APP_ID,
      program: String(data.CLIENT_ENVIRONMENT?.["APPLICATION"] ?? ""),
    });
    const { catalogue } = services.store;
    const address = getConnInfo(context).remote.address ?? "";
    checkAddress(catalogue, user, address);
    const query = (name: string) => identifier(context.req.query(name));
    const { session, tokens } = await services.sessions.open(
      catalogue,
      user,
      {
        role: query("roleName"),
        warehouse: query("warehouse"),
        database: query("databaseName"),
        schema: query("schemaName"),
        accessToken,
        mustExist: String(data.SESSION_PARAMETERS?.CLIENT_VALIDATE_DEFAULT_PARAMETERS).toLowerCase() === "true",
        parameters: sessionParameters(data.SESSION_PARAMETERS ?? {}),
        client: {
          application: data.CLIENT_APP_ID ?? "",
          version: data.CLIENT_APP_VERSION ?? "",
          environment: data.CLIENT_ENVIRONMENT ?? {},
          address,
        },
      },
      rolesOfUser({ catalogue }, user.id),
    );
    const names = finalNames(catalogue, session);
    return send(
      context,
      ok({
        ...tokens,
        validityInSeconds: SESSION_VALIDITY,
        masterValidityInSeconds: MASTER_VALIDITY,
        displayUserName: user.displayName ?? user.name,
        serverVersion: services.account.version,
        firstLogin: false,
        remMeToken: null,
        remMeValidityInSeconds: 0,
        healthCheckInterval: 45,
        newClientForUpgrade: null,
        sessionId: Number(session.id),
        parameters: driverParameters(catalogue, session),
        sessionInfo: {
          databaseName: names.finalDatabaseName,
          schemaName: names.finalSchemaName,
          warehouseName: names.finalWarehouseName,
          roleName: names.finalRoleName,
        },
        idToken: null,
        idTokenValidityInSeconds: 0,
        responseData: null,
        mfaToken: null,
        mfaTokenValidityInSeconds: 0,
      }),
    );
  });
}

/** Parameters of the login that are session parameters; drivers also send private ones, which are passed over. */
function sessionParameters(given: Record<string, ParameterValue | null>): Map<string, ParameterValue> {
  const known = new Map<string, ParameterValue>();
  for (const [name, value] of Object.entries(given)) {
    if (value === null) continue;
    try {
      known.set(name.toUpperCase(), checkParameter(name.toUpperCase(), value, "SESSION"));
    } catch (error) {
      if (error instanceof SnowflakeError && error.code === "001008") throw error;
    }
  }
  return known;
}
