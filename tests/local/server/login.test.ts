import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

const failsWith = (code: string, message: RegExp) => (error: { code?: unknown; message: string }) => {
  assert.equal(String(error.code), code);
  assert.match(error.message, message);
  return true;
};

describe("login", () => {
  let server: LocalServer;

  before(async () => {
    server = await startServer();
  });

  after(() => server.close());

  it("refuses a wrong password and an unknown user with the same words", async () => {
    const wrong = failsWith("390100", /^Incorrect username or password was specified\.$/);
    await assert.rejects(connect(server, { password: "nope" }), wrong);
    await assert.rejects(connect(server, { username: "NOBODY" }), wrong);
  });

  it("reads the user name in any case", async () => {
    const connection = await connect(server, { username: "admin" });
    await disconnect(connection);
  });

  it("refuses a role that the user does not have and names it", async () => {
    await assert.rejects(
      connect(server, { role: "NO_SUCH_ROLE" }),
      failsWith("390189", /^Role 'NO_SUCH_ROLE' specified/),
    );
  });

  it("starts with the user's defaults, or with what the connection asks for", async () => {
    const connection = await connect(server, { role: "sysadmin", database: "snowflake", schema: "account_usage" });
    const response = await fetchLogin(server, { roleName: "SYSADMIN", databaseName: "NO_SUCH_DATABASE" });
    assert.deepEqual(response.data.sessionInfo, {
      databaseName: null,
      schemaName: null,
      warehouseName: "COMPUTE_WH",
      roleName: "SYSADMIN",
    });
    assert.equal(Number.isSafeInteger(response.data.sessionId), true);
    assert.equal(typeof response.data.masterToken, "string");
    await disconnect(connection);
  });

  it("names no schema for a login that names a database alone", async () => {
    const response = await fetchLogin(server, { databaseName: "SNOWFLAKE" });
    assert.deepEqual(
      [response.data.sessionInfo.databaseName, response.data.sessionInfo.schemaName],
      ["SNOWFLAKE", null],
    );
    const connection = await connect(server, { database: "SNOWFLAKE" });
    await assert.rejects(query(connection, "CREATE TABLE T (A INT)"), {
      message:
        "Cannot perform CREATE TABLE. This session does not have a current schema. Call 'USE SCHEMA', or use a qualified name.",
    });
    await disconnect(connection);
  });

  it("lets a user in by a key pair, and only by the right key", async () => {
    const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const publicKey = own.publicKey.export({ format: "der", type: "spki" }).toString("base64");
    const admin = await connect(server);
    await query(admin, `CREATE USER robot TYPE = SERVICE RSA_PUBLIC_KEY = '${publicKey}'`);
    await disconnect(admin);
    const pem = (key: typeof own.privateKey) => key.export({ format: "pem", type: "pkcs8" }).toString();
    const by = (key: typeof own.privateKey) => ({
      username: "ROBOT",
      authenticator: "SNOWFLAKE_JWT",
      privateKey: pem(key),
    });
    const connection = await connect(server, by(own.privateKey));
    await disconnect(connection);
    await assert.rejects(
      connect(server, by(other.privateKey)),
      failsWith("390144", /^JWT token is invalid\. \[[0-9a-f-]{36}\]$/),
    );
    await assert.rejects(connect(server, { username: "ROBOT", password: "x" }), failsWith("390100", /Incorrect/));
  });

  it("finds the user of a key pair in the token where the driver gives no login name, as the Go driver does", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const der = publicKey.export({ format: "der", type: "spki" });
    const admin = await connect(server);
    await query(admin, `CREATE USER gopher TYPE = SERVICE RSA_PUBLIC_KEY = '${der.toString("base64")}'`);
    await disconnect(admin);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const fingerprint = `SHA256:${createHash("sha256").update(der).digest("base64")}`;
    const now = Math.floor(Date.now() / 1000);
    const login = async (user: string) => {
      const subject = `${server.account}.${user}`;
      const claims = { iss: `${subject}.${fingerprint}`, sub: subject, iat: now, exp: now + 60 };
      const unsigned = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}`;
      const token = `${unsigned}.${sign("RSA-SHA256", Buffer.from(unsigned), privateKey).toString("base64url")}`;
      const url = `http://${server.host}:${server.port}/session/v1/login-request`;
      const body = JSON.stringify({ data: { AUTHENTICATOR: "SNOWFLAKE_JWT", TOKEN: token } });
      return (await (await fetch(url, { method: "POST", body })).json()) as { success: boolean; code: string | null };
    };
    assert.equal((await login("GOPHER")).success, true);
    assert.equal((await login("ADMIN")).code, "390144");
  });

  it("refuses a database, schema or warehouse that is not there where the client wants to know, and names its kind", async () => {
    const refusal = async (params: Record<string, string>) => {
      const { code, message, success } = await fetchLogin(server, params, { CLIENT_VALIDATE_DEFAULT_PARAMETERS: true });
      return success ? "in" : `${code} ${message}`;
    };
    const missing = (kind: string) => `390201 The requested ${kind} does not exist or not authorized.`;
    assert.equal(await refusal({ databaseName: "NOWHERE", schemaName: "PUBLIC" }), missing("database"));
    assert.equal(await refusal({ databaseName: "SNOWFLAKE", schemaName: "NOWHERE" }), missing("schema"));
    assert.equal(await refusal({ warehouse: "NOWHERE" }), missing("warehouse"));
    assert.equal(await refusal({ databaseName: "snowflake", schemaName: "account_usage" }), "in");
    assert.equal(await refusal({}), "in");
  });

  async function fetchLogin(to: LocalServer, params: Record<string, string>, SESSION_PARAMETERS = {}) {
    const url = `http://${to.host}:${to.port}/session/v1/login-request?${new URLSearchParams(params)}`;
    const body = JSON.stringify({ data: { LOGIN_NAME: "ADMIN", PASSWORD: "only-for-this-test", SESSION_PARAMETERS } });
    const response = await fetch(url, { method: "POST", body });
    return (await response.json()) as {
      success: boolean;
      code: string | null;
      message: string | null;
      data: { sessionInfo: Record<string, unknown>; sessionId: number; masterToken: string };
    };
  }
});
