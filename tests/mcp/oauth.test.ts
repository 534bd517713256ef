import assert from "node:assert/strict";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { type HttpServer, readSettings, Service, serveOverHttp } from "../../mcp/index";
import { OAuthIssuer } from "./oauthIssuer";
import { post, type Reply, send } from "./rawHttp";
import { type Answer, ask, McpWorld } from "./support";

const RESOURCE = "https://warehouse.example/mcp";
const METADATA = "https://warehouse.example/.well-known/oauth-protected-resource/mcp";
const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
};

describe("The MCP server as an OAuth resource server", () => {
  let world: McpWorld;
  let issuer: OAuthIssuer;
  let server: HttpServer;
  const open: { close(): Promise<void> }[] = [];

  before(async () => {
    world = await McpWorld.start();
    issuer = await OAuthIssuer.start();
    await world.person("ERIN", "*");
    server = await serve();
  });

  after(async () => {
    for (const one of open.reverse()) await one.close();
    await issuer?.close();
    await world?.close();
  });

  async function serve(environment: Record<string, string> = {}): Promise<HttpServer> {
    const settings = readSettings({
      MCP_OAUTH_ISSUER: issuer.origin,
      MCP_OAUTH_RESOURCE: RESOURCE,
      MCP_CALLS_PER_MINUTE: "1000",
      ...environment,
    });
    const service = new Service(world.asPerson("ERIN"), settings);
    open.push(service);
    const started = await serveOverHttp(service, { port: 0 });
    open.push(started);
    return started;
  }

  const show = (token: string, message: unknown = INITIALIZE, headers: Record<string, string> = {}, to = server) =>
    post(to.url, message, { authorization: `Bearer ${token}`, ...headers });

  const challenge = ({ status, headers }: Reply): [number, unknown, string | undefined] => {
    const text = String(headers["www-authenticate"]);
    assert.ok(text.includes(`resource_metadata="${METADATA}"`), text);
    return [status, /error="([^"]*)"/.exec(text)?.[1], /error_description="([^"]*)"/.exec(text)?.[1]];
  };

  it("says by a document that needs no token whose tokens it takes and for which scopes", async () => {
    const root = new URL(server.url).origin;
    for (const path of ["/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource"]) {
      const { status, body } = await send(`${root}${path}`, "GET", undefined);
      assert.equal(status, 200);
      assert.deepEqual(
        [body.resource, body.authorization_servers, body.scopes_supported],
        [RESOURCE, [issuer.origin], ["warehouse:read", "warehouse:record"]],
      );
    }
    const { status } = await send(`${root}/.well-known/other`, "GET", undefined);
    assert.equal(status, 404);
    const rebound = await send(`${root}/.well-known/oauth-protected-resource`, "GET", undefined, {
      host: "evil.example",
    });
    assert.equal(rebound.status, 403);
  });

  it("tells a client without a token where to get one", async () => {
    assert.equal(challenge(await post(server.url, INITIALIZE))[0], 401);
    assert.equal((await send(server.url, "GET", undefined)).status, 401);
    assert.equal((await send(server.url, "DELETE", undefined, { "mcp-session-id": "x" })).status, 401);
    const inQuery = await post(`${server.url}?access_token=${await issuer.token(RESOURCE)}`, INITIALIZE);
    assert.equal(inQuery.status, 401);
  });

  it("serves a client whose token is good, by either protocol version, as its one person", async () => {
    const token = await issuer.token(RESOURCE);
    for (const mode of ["legacy", { pin: "2026-07-28" }] as const) {
      const client = new Client({ name: "OAuth Client", version: "1" }, { versionNegotiation: { mode } });
      const headers = { authorization: `Bearer ${token}` };
      await client.connect(new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers } }));
      assert.equal((await ask(client, "my-permissions")).user, "ERIN");
      await client.close();
    }
    assert.equal((await show(await issuer.token(`${RESOURCE}/`))).status, 200);
    assert.equal((await show(await issuer.token(RESOURCE, { aud: ["https://other.example", RESOURCE] }))).status, 200);
    assert.equal((await show(await issuer.token(RESOURCE, { scope: undefined, scp: ["warehouse:read"] }))).status, 200);
  });

  it("refuses every token that is not for it, and says why", async () => {
    const now = Math.floor(Date.now() / 1000);
    const { privateKey: stranger } = await generateKeyPair("ES256");
    const claims = { iss: issuer.origin, aud: RESOURCE, sub: "erin", exp: now + 300, scope: "warehouse:read" };
    const good = await issuer.token(RESOURCE);
    const [head, , signature] = good.split(".") as [string, string, string];
    const raised = Buffer.from(JSON.stringify({ ...claims, scope: "warehouse:read warehouse:record" }));
    const cases: [string, string][] = [
      [await issuer.token("https://other.example/mcp"), "The token was issued for another audience."],
      [await issuer.token(RESOURCE, { aud: undefined }), "The token was issued for another audience."],
      [await issuer.token(RESOURCE, { iss: "https://evil.example" }), "The token is of another issuer."],
      [await issuer.token(RESOURCE, { exp: now - 60 }), "The token has expired."],
      [await issuer.token(RESOURCE, { exp: undefined }), "The token says no time of expiry."],
      [await issuer.token(RESOURCE, { nbf: now + 120 }), "The token is not valid yet."],
      [await issuer.token(RESOURCE, { sub: undefined }), "The token names no subject."],
      [await issuer.token(RESOURCE, {}, { typ: "dpop+jwt" }), "The token is no access token."],
      [await issuer.token(RESOURCE, {}, { kid: "unknown" }), "The token is not signed by a key of the issuer."],
      [
        await new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: "key-0" }).sign(stranger),
        "The token is not signed by a key of the issuer.",
      ],
      [
        await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "key-0" }).sign(Buffer.alloc(32, 1)),
        "The token is signed by an algorithm that is not taken.",
      ],
      [new UnsecuredJWT(claims).encode(), "The token is signed by an algorithm that is not taken."],
      [`${head}.${raised.toString("base64url")}.${signature}`, "The token is not signed by a key of the issuer."],
      ["not-a-jwt", "The token is no signed JWT."],
    ];
    for (const [token, why] of cases) assert.deepEqual(challenge(await show(token)), [401, "invalid_token", why], why);
    assert.equal((await show("")).status, 401);
    assert.equal((await post(server.url, INITIALIZE, { authorization: `Basic ${good}` })).status, 401);
  });

  it("forgives clocks that differ a little, as far as it was told", async () => {
    const now = Math.floor(Date.now() / 1000);
    assert.equal((await show(await issuer.token(RESOURCE, { exp: now - 5 }))).status, 200);
    const strict = await serve({ MCP_OAUTH_CLOCK_TOLERANCE_SECONDS: "0" });
    const late = await show(await issuer.token(RESOURCE, { exp: now - 5 }), INITIALIZE, {}, strict);
    assert.equal(late.status, 401);
  });

  it("wants the scope for reading, and one more for recording", async () => {
    const nothing = await show(await issuer.token(RESOURCE, { scope: "openid" }));
    assert.deepEqual(challenge(nothing).slice(0, 2), [403, "insufficient_scope"]);
    const record = {
      jsonrpc: "2.0",
      id: 7,
      method: "tools/call",
      params: { name: "record-event", arguments: { action: "note.taken" } },
    };
    const recorded = async (scope: string) => {
      const token = await issuer.token(RESOURCE, { scope });
      const session = String((await show(token)).headers["mcp-session-id"]);
      return show(token, record, { "mcp-session-id": session, "mcp-protocol-version": "2025-11-25" });
    };
    const refused = await recorded("warehouse:read");
    assert.deepEqual(challenge(refused).slice(0, 2), [403, "insufficient_scope"]);
    assert.match(String(refused.headers["www-authenticate"]), /scope="warehouse:record warehouse:read"/);
    const allowed = await recorded("warehouse:read warehouse:record");
    assert.equal(allowed.status, 200);
    assert.match(String(allowed.body), /\\"status\\":\\"accepted\\"/);
  });

  it("lets in those it was told of and nobody else", async () => {
    const choosy = await serve({ MCP_OAUTH_SUBJECTS: "erin, frank" });
    assert.equal((await show(await issuer.token(RESOURCE), INITIALIZE, {}, choosy)).status, 200);
    const other = await show(await issuer.token(RESOURCE, { sub: "mallory" }), INITIALIZE, {}, choosy);
    assert.deepEqual(challenge(other)[2], "The token names a subject that may not use this server.");
  });

  it("keeps the session of one from another, who knows its number", async () => {
    const session = String((await show(await issuer.token(RESOURCE))).headers["mcp-session-id"]);
    const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
    const headers = { "mcp-session-id": session, "mcp-protocol-version": "2025-11-25" };
    const thief = await issuer.token(RESOURCE, { sub: "mallory" });
    assert.equal((await show(thief, list, headers)).status, 404);
    const stream = await send(server.url, "GET", undefined, {
      ...headers,
      accept: "text/event-stream",
      authorization: `Bearer ${thief}`,
    });
    assert.equal(stream.status, 404);
    assert.equal((await show(await issuer.token(RESOURCE), list, headers)).status, 200);
  });

  it("takes tokens of a key the issuer has added since, and says when keys cannot be read", async () => {
    const other = await OAuthIssuer.start();
    const served = await serve({ MCP_OAUTH_ISSUER: other.origin });
    const at = (token: string) => show(token, INITIALIZE, {}, served);
    assert.equal(challenge(await at(await issuer.token(RESOURCE)))[0], 401);
    await other.rotate("RS256");
    const signed = await other.token(RESOURCE);
    // Keys are read at most once a second.
    while ((await at(signed)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 100));
    const unreachable = await serve({
      MCP_OAUTH_ISSUER: other.origin,
      MCP_OAUTH_JWKS_URI: "http://127.0.0.1:1/jwks",
    });
    const failed = await show(signed, INITIALIZE, {}, unreachable);
    assert.deepEqual(
      [failed.status, (failed.body as Answer).error_description],
      [500, "The issuer's keys cannot be read; try again later."],
    );
    await other.close();
  });

  it("does not start on settings that are wrong or an issuer that is not there", async () => {
    assert.throws(() => readSettings({ MCP_OAUTH_ISSUER: "http://issuer.example", MCP_OAUTH_SCOPES: '"' }), {
      message: `The settings of the MCP server are wrong:
  - MCP_OAUTH_SCOPES: expected names of scopes with spaces between them
  - MCP_OAUTH_RESOURCE: is needed with the other variables of OAuth
  - MCP_OAUTH_ISSUER: expected https, found "http://issuer.example"`,
    });
    assert.throws(
      () =>
        readSettings({
          MCP_OAUTH_ISSUER: "https://issuer.example",
          MCP_OAUTH_RESOURCE: RESOURCE,
          MCP_HTTP_TOKEN: "0123456789abcdef",
        }),
      /set one of both$/,
    );
    await assert.rejects(serve({ MCP_OAUTH_ISSUER: "http://127.0.0.1:1" }), (error: Error) => {
      assert.match(
        error.message,
        /^The issuer of MCP_OAUTH_ISSUER publishes no metadata:\n {2}- http:\/\/127\.0\.0\.1:1/,
      );
      return true;
    });
    await assert.rejects(
      serve({ MCP_OAUTH_ISSUER: issuer.origin.replace("127.0.0.1", "localhost") }),
      /is the metadata of http:\/\/127\.0\.0\.1:\d+, not of http:\/\/localhost:\d+\//,
    );
    const open = await OAuthIssuer.start("", { jwks_uri: "http://issuer.example/jwks" });
    await assert.rejects(
      serve({ MCP_OAUTH_ISSUER: open.origin }),
      /oauth-authorization-server names http:\/\/issuer\.example\/jwks as jwks_uri: expected https$/,
    );
    await open.close();
    const onPath = await OAuthIssuer.start("/tenant");
    const found = await serve({ MCP_OAUTH_ISSUER: `${onPath.origin}/tenant` });
    const token = await onPath.token(RESOURCE, { iss: `${onPath.origin}/tenant` });
    assert.equal((await show(token, INITIALIZE, {}, found)).status, 200);
    await onPath.close();
  });
});
