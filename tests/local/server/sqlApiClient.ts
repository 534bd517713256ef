import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token of key-pair authentication as the documentation describes it. */
function tokenFor(
  account: string,
  user: string,
  { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject } = keys,
) {
  const digest = createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64");
  const subject = `${account}.${user}`;
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iss: `${subject}.SHA256:${digest}`, sub: subject, iat: now, exp: now + 3000 })}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), privateKey).toString("base64url")}`;
}

// biome-ignore lint/suspicious/noExplicitAny: the shape depends on the endpoint.
type Body = any;

/** Within a `describe`: a server of its own and its SQL API, as the users CALLER (role READER, schema D.PUBLIC) and STRANGER know it. */
export function sqlApi() {
  let server: LocalServer;
  let admin: snowflake.Connection;
  let headers: Record<string, string>;

  before(async () => {
    server = await startServer();
    admin = await connect(server);
    const publicKey = keys.publicKey.export({ type: "spki", format: "der" }).toString("base64");
    for (const sql of [
      "create database D",
      "create role READER",
      "create user CALLER default_role = READER default_warehouse = COMPUTE_WH default_namespace = D.PUBLIC",
      `alter user CALLER set rsa_public_key = '${publicKey}'`,
      "create user STRANGER default_role = READER",
      `alter user STRANGER set rsa_public_key = '${publicKey}'`,
      "grant role READER to user CALLER",
      "grant usage, operate on warehouse COMPUTE_WH to role READER",
      "grant ownership on database D to role READER",
      "grant ownership on schema D.PUBLIC to role READER",
    ])
      await query(admin, sql);
    headers = {
      authorization: `Bearer ${tokenFor(server.account, "CALLER")}`,
      "content-type": "application/json",
      accept: "application/json",
      "user-agent": "test/1.0",
    };
  });

  after(async () => {
    await disconnect(admin);
    await server.close();
  });

  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`http://${server.host}:${server.port}/api/v2/statements${path}`, { headers, ...init });
    const text = await response.text();
    return { status: response.status, body: (text === "" ? undefined : JSON.parse(text)) as Body, response };
  };
  const post = (body: unknown, parameters = "") => call(parameters, { method: "POST", body: JSON.stringify(body) });
  const rowsOf = async (statement: string, more: object = {}, parameters = ""): Promise<Body> => {
    const { status, body } = await post({ statement, ...more }, parameters);
    assert.equal(status, 200, JSON.stringify(body));
    return body.data;
  };

  return {
    call,
    post,
    rowsOf,
    get headers() {
      return headers;
    },
    /** A token of key-pair authentication. */
    token: (user: string, pair = keys) => tokenFor(server.account, user, pair),
  };
}
