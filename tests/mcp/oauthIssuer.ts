import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

type Key = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

/** A real issuer of access tokens on this machine: metadata, keys and signatures, all over HTTP. */
export class OAuthIssuer {
  readonly requests: string[] = [];
  private readonly keys: { kid: string; alg: string; key: Key; jwk: Record<string, unknown> }[] = [];

  private constructor(private readonly server: Server) {}

  /** @param named replaces what the metadata say */
  static async start(path = "", named: Record<string, unknown> = {}): Promise<OAuthIssuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const issuer = new OAuthIssuer(server);
    await issuer.rotate();
    server.on("request", ({ url }, response) => {
      issuer.requests.push(String(url));
      const answers: Record<string, unknown> = {
        [`/.well-known/oauth-authorization-server${path}`]: {
          issuer: `${issuer.origin}${path}`,
          authorization_endpoint: `${issuer.origin}/authorize`,
          token_endpoint: `${issuer.origin}/token`,
          jwks_uri: `${issuer.origin}/jwks`,
          response_types_supported: ["code"],
          ...named,
        },
        "/jwks": { keys: issuer.keys.map(({ jwk }) => jwk) },
      };
      const answer = answers[String(url)];
      response.writeHead(answer ? 200 : 404, { "content-type": "application/json" });
      response.end(JSON.stringify(answer ?? {}));
    });
    return issuer;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** One more key, by which tokens are signed from now on. */
  async rotate(alg = "ES256"): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(alg);
    const kid = `key-${this.keys.length}`;
    this.keys.push({ kid, alg, key: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } });
  }

  /** A token; claims replace those of a good one, undefined leaves one out. */
  async token(
    audience: string,
    claims: JWTPayload & { scope?: unknown } = {},
    header: Record<string, unknown> = {},
  ): Promise<string> {
    const newest = this.keys.at(-1);
    if (!newest) throw new Error("the issuer has no key");
    const now = Math.floor(Date.now() / 1000);
    const standard = { iss: this.origin, aud: audience, sub: "erin", client_id: "assistant", iat: now, exp: now + 300 };
    const payload = Object.fromEntries(
      Object.entries({ ...standard, scope: "warehouse:read", ...claims }).filter(([, value]) => value !== undefined),
    );
    return new SignJWT(payload)
      .setProtectedHeader({ alg: newest.alg, kid: newest.kid, typ: "at+jwt", ...header })
      .sign(newest.key);
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
