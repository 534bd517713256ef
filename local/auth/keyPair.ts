import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";

/** A stored RSA_PUBLIC_KEY (base64 of the DER form, without the PEM lines) as a key; undefined when it is not one. */
export function readPublicKey(stored: string): KeyObject | undefined {
  try {
    const der = Buffer.from(stored.replace(/-----[^-]+-----|\s/g, ""), "base64");
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    return key.asymmetricKeyType === "rsa" ? key : undefined;
  } catch {
    return undefined;
  }
}

/** `SHA256:…` as RSA_PUBLIC_KEY_FP shows it and as the token's issuer carries it. */
export function fingerprint(key: KeyObject): string {
  return `SHA256:${createHash("sha256")
    .update(key.export({ format: "der", type: "spki" }))
    .digest("base64")}`;
}

interface Claims {
  iss?: unknown;
  sub?: unknown;
  exp?: unknown;
  iat?: unknown;
}

/** Seconds: the clocks of client and server need not agree exactly. */
const TOLERANCE = 60;
/** Seconds for which a token holds, whatever it says itself. */
const LIFETIME = 3600;

/** The Node.js driver writes milliseconds where the standard says seconds. */
const inSeconds = (time: number): number => (time > 1e11 ? time / 1000 : time);

const readPart = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());

/** The user in the subject `ACCOUNT.USER` of a token that is not checked yet; empty when there is none. */
export function subjectOf(token: string): string {
  try {
    const { sub } = readPart(token.split(".")[1] ?? "") as Claims;
    return typeof sub === "string" ? sub.slice(sub.indexOf(".") + 1) : "";
  } catch {
    return "";
  }
}

/**
 * Checks a token of key-pair authentication: RS256 by one of the user's keys, issuer `ACCOUNT.USER.SHA256:…`, subject
 * `ACCOUNT.USER`, not expired.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/authenticating
 */
export function verifyJwt(token: string, loginName: string, keys: readonly string[], nowSeconds: number): boolean {
  const [header, payload, signature] = token.split(".");
  if (!header || !payload || !signature) return false;
  let claims: Claims;
  try {
    if ((readPart(header) as { alg?: unknown }).alg !== "RS256") return false;
    claims = readPart(payload) as Claims;
  } catch {
    return false;
  }
  if (typeof claims.iss !== "string" || typeof claims.sub !== "string" || typeof claims.exp !== "number") return false;
  const issued = typeof claims.iat === "number" ? inSeconds(claims.iat) : nowSeconds;
  const expires = Math.min(inSeconds(claims.exp), issued + LIFETIME);
  if (expires < nowSeconds - TOLERANCE || issued > nowSeconds + TOLERANCE) return false;
  const subject = claims.sub.toUpperCase();
  if (!subject.endsWith(`.${loginName.toUpperCase()}`)) return false;
  return keys.some((stored) => {
    const key = readPublicKey(stored);
    if (!key) return false;
    const issuer = `${subject}.${fingerprint(key)}`;
    if ((claims.iss as string).toUpperCase() !== issuer.toUpperCase()) return false;
    return verify("RSA-SHA256", Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"));
  });
}
