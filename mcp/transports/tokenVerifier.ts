import { OAuthError, OAuthErrorCode, type OAuthTokenVerifier } from "@modelcontextprotocol/server";
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { OAuthSettings } from "./oauthSettings";

/** Signatures by a key that only the issuer holds; never `none`, never a shared secret. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** `at+jwt` by RFC 9068; many issuers say `JWT`, some nothing. */
const TYPES = new Set([undefined, "jwt", "at+jwt", "application/at+jwt"]);

/** Judges access tokens that are JWTs: signature, issuer, audience, time, type, subject. Scopes are judged by who asks for them. */
export function tokenVerifier(settings: OAuthSettings, jwksUri: URL): OAuthTokenVerifier {
  // Read again for a key that is not known, since issuers change theirs; at most once a second, whatever is shown.
  const keys = createRemoteJWKSet(jwksUri, { timeoutDuration: 5000, cooldownDuration: 1000 });
  const { resource, subjects } = settings;
  return {
    async verifyAccessToken(token) {
      const claims = await verified(token, keys, settings);
      const { sub, exp, client_id, azp } = claims;
      if (sub === undefined || exp === undefined) throw refused("names no subject");
      if (subjects !== undefined && !subjects.includes(sub))
        throw refused("names a subject that may not use this server");
      return {
        // What was shown goes no further: the warehouse is asked with the person's own login.
        token: "",
        clientId: String(client_id ?? azp ?? sub),
        scopes: scopesOf(claims),
        // Judged already, with the tolerance.
        expiresAt: exp + settings.clockToleranceSeconds,
        resource,
        extra: { subject: sub },
      };
    },
  };
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, resource, clockToleranceSeconds }: OAuthSettings,
): Promise<JWTPayload> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer: withAndWithoutSlash(issuer),
      audience: withAndWithoutSlash(resource),
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ["exp", "sub"],
    });
    if (!TYPES.has(protectedHeader.typ?.toLowerCase())) throw refused("is no access token");
    return payload;
  } catch (error) {
    throw asOAuthError(error);
  }
}

/** Issuers write the address of a host either way. */
const withAndWithoutSlash = ({ href }: URL) => [href.replace(/\/$/, ""), href.replace(/\/?$/, "/")];

const refused = (why: string) => new OAuthError(OAuthErrorCode.InvalidToken, `The token ${why}.`);

/** What is wrong with a token, without a word of it; a failure to judge is the server's. */
function asOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof errors.JWTExpired) return refused("has expired");
  if (error instanceof errors.JWTClaimValidationFailed)
    return refused(CLAIMS[error.claim] ?? "has a claim that is wrong");
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid)
    return new OAuthError(OAuthErrorCode.ServerError, "The issuer's keys cannot be read; try again later.");
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
    return refused("is signed by an algorithm that is not taken");
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  )
    return refused("is not signed by a key of the issuer");
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) return refused("is no signed JWT");
  return new OAuthError(OAuthErrorCode.ServerError, "The issuer's keys cannot be read; try again later.");
}

const CLAIMS: Record<string, string> = {
  aud: "was issued for another audience",
  iss: "is of another issuer",
  nbf: "is not valid yet",
  exp: "says no time of expiry",
  sub: "names no subject",
};

/** `scope` by RFC 8693; `scp` of other issuers, as text or list. */
function scopesOf({ scope, scp }: JWTPayload): string[] {
  const given = scope ?? scp;
  const list = Array.isArray(given) ? given : typeof given === "string" ? given.split(" ") : [];
  return list.filter((name): name is string => typeof name === "string" && name !== "");
}
