/** What makes the server an OAuth 2.1 resource server. */
export interface OAuthSettings {
  /** Whose tokens are taken: the `iss` of each. */
  issuer: URL;
  /** This server as clients name it, such as `https://warehouse.example/mcp`: the `aud` of each token (RFC 8707). */
  resource: URL;
  /** Where the issuer publishes its keys; asked of its metadata when left out. */
  jwksUri?: URL;
  /** Scopes every request needs. Default `warehouse:read`. */
  scopes: readonly string[];
  /** What recording an event needs besides. Default `warehouse:record`. */
  recordScope: string;
  /** Who may use the server, by the `sub` of their tokens; everybody the issuer gives a token for it when left out. */
  subjects?: readonly string[];
  /** How far the issuer's clock may be from this one. Default 30 s. */
  clockToleranceSeconds: number;
}

type Variables = Partial<Record<OAuthVariable, string>>;

export const OAUTH_VARIABLES = [
  "MCP_OAUTH_ISSUER",
  "MCP_OAUTH_RESOURCE",
  "MCP_OAUTH_JWKS_URI",
  "MCP_OAUTH_SCOPES",
  "MCP_OAUTH_RECORD_SCOPE",
  "MCP_OAUTH_SUBJECTS",
  "MCP_OAUTH_CLOCK_TOLERANCE_SECONDS",
] as const;

export type OAuthVariable = (typeof OAUTH_VARIABLES)[number];

/** RFC 6749, appendix A.4. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * Reads the variables of OAuth.
 * @returns undefined when none is set
 * @param report is told what is wrong with a variable
 */
export function readOAuthSettings(
  given: Variables,
  report: (name: OAuthVariable, problem: string) => void,
): OAuthSettings | undefined {
  if (!OAUTH_VARIABLES.some((name) => given[name])) return undefined;
  const address = (name: OAuthVariable): URL | undefined => {
    const text = given[name];
    if (!text) return undefined;
    const problem = addressProblem(text);
    if (problem === undefined) return new URL(text);
    report(name, `${problem}, found ${JSON.stringify(text)}`);
    return undefined;
  };
  const scopes = words(given.MCP_OAUTH_SCOPES ?? "warehouse:read");
  const [recordScope = "", ...more] = words(given.MCP_OAUTH_RECORD_SCOPE ?? "warehouse:record");
  if (scopes.length === 0 || !scopes.every((scope) => SCOPE.test(scope)))
    report("MCP_OAUTH_SCOPES", "expected names of scopes with spaces between them");
  if (more.length > 0 || !SCOPE.test(recordScope)) report("MCP_OAUTH_RECORD_SCOPE", "expected the name of one scope");
  const tolerance = given.MCP_OAUTH_CLOCK_TOLERANCE_SECONDS ?? "30";
  if (!/^\d{1,3}$/.test(tolerance) || Number(tolerance) > 300)
    report(
      "MCP_OAUTH_CLOCK_TOLERANCE_SECONDS",
      `expected a whole number from 0 to 300, found ${JSON.stringify(tolerance)}`,
    );
  for (const name of ["MCP_OAUTH_ISSUER", "MCP_OAUTH_RESOURCE"] as const)
    if (!given[name]) report(name, "is needed with the other variables of OAuth");
  const [issuer, resource, jwksUri] = [
    address("MCP_OAUTH_ISSUER"),
    address("MCP_OAUTH_RESOURCE"),
    address("MCP_OAUTH_JWKS_URI"),
  ];
  if (!issuer || !resource) return undefined;
  const subjects = given.MCP_OAUTH_SUBJECTS === undefined ? undefined : words(given.MCP_OAUTH_SUBJECTS);
  return {
    issuer,
    resource,
    scopes,
    recordScope,
    clockToleranceSeconds: Number(tolerance),
    ...(jwksUri ? { jwksUri } : {}),
    ...(subjects ? { subjects } : {}),
  };
}

const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== "");

/** Tokens and keys travel by these addresses: encrypted, or within this machine. */
export function addressProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return "expected an address such as https://issuer.example";
  const { protocol, hostname, hash, username, password } = new URL(text);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && isLocal)) return "expected https";
  if (hash !== "" || username !== "" || password !== "") return "expected an address without fragment and login";
  return undefined;
}
