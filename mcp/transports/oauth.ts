import {
  type AuthInfo,
  buildOAuthProtectedResourceMetadata,
  getOAuthProtectedResourceMetadataUrl,
  type OAuthMetadata,
  oauthMetadataResponse,
  requireBearerAuth,
} from "@modelcontextprotocol/server";
import { findIssuer } from "./issuerMetadata";
import type { OAuthSettings } from "./oauthSettings";
import { tokenVerifier } from "./tokenVerifier";

const WELL_KNOWN = "/.well-known/oauth-protected-resource";

/** The server as an OAuth 2.1 resource server: it says whose tokens it takes (RFC 9728) and judges those it is shown. */
export interface ResourceServer {
  /** Answers to the addresses of metadata, which need no token; undefined for any other. */
  metadata(request: Request): Response | undefined;
  /** Who asks, or the answer to a request without a token that is good for it. */
  authenticate(request: Request): Promise<AuthInfo | Response>;
}

/**
 * Finds the issuer's keys and makes the server theirs.
 * @throws Error when the issuer publishes no metadata, or that of another
 */
export async function resourceServer(settings: OAuthSettings): Promise<ResourceServer> {
  const { resource, scopes, recordScope, issuer } = settings;
  const found = await findIssuer(settings);
  const options = {
    oauthMetadata: found.metadata as OAuthMetadata,
    resourceServerUrl: resource,
    scopesSupported: [...new Set([...scopes, recordScope])],
    resourceName: "Two-Table warehouse",
    // `readOAuthSettings` has refused http beyond this machine.
    dangerouslyAllowInsecureIssuerUrl: issuer.protocol === "http:",
  };
  buildOAuthProtectedResourceMetadata(options);
  const gate = requireBearerAuth({
    verifier: tokenVerifier(settings, found.jwksUri),
    requiredScopes: [...scopes],
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resource),
    expectedResource: resource,
  });
  return {
    metadata: (request) => oauthMetadataResponse(withPathOf(resource, request), options),
    authenticate: gate,
  };
}

/** Clients that were not told the full address look at the root (RFC 9728, section 3.1). */
function withPathOf(resource: URL, request: Request): Request {
  const url = new URL(request.url);
  if (url.pathname !== WELL_KNOWN && url.pathname !== `${WELL_KNOWN}/`) return request;
  url.pathname = `${WELL_KNOWN}${resource.pathname === "/" ? "" : resource.pathname}`;
  return new Request(url, { method: request.method, headers: request.headers });
}
