import { z } from "zod";
import { addressProblem, type OAuthSettings } from "./oauthSettings";

const TIMEOUT_MS = 10_000;

/** What is needed of an issuer's metadata; the rest is passed on as it is (RFC 8414). */
const metadataSchema = z.looseObject({
  issuer: z.string(),
  jwks_uri: z.url().optional(),
});

export interface Issuer {
  metadata: Record<string, unknown>;
  jwksUri: URL;
}

/**
 * Asks the issuer for its metadata, by OAuth (RFC 8414) and then by OpenID Connect. The addresses come from the settings alone,
 * never from a token.
 * @throws Error saying what was asked and what came back
 */
export async function findIssuer({ issuer, jwksUri }: OAuthSettings): Promise<Issuer> {
  const problems: string[] = [];
  for (const address of addresses(issuer)) {
    const answer = await ask(address);
    if (typeof answer === "string") {
      problems.push(`${address} ${answer}`);
      continue;
    }
    if (withoutSlash(answer.issuer) !== withoutSlash(issuer.href))
      throw new Error(
        `${address} is the metadata of ${answer.issuer}, not of ${issuer.href}: set MCP_OAUTH_ISSUER to the name the issuer gives itself`,
      );
    const keys = jwksUri ?? (answer.jwks_uri === undefined ? undefined : new URL(answer.jwks_uri));
    if (keys === undefined)
      throw new Error(`${address} names no jwks_uri: set MCP_OAUTH_JWKS_URI to the address of the issuer's keys`);
    const problem = addressProblem(keys.href);
    if (problem !== undefined) throw new Error(`${address} names ${keys.href} as jwks_uri: ${problem}`);
    return { metadata: answer, jwksUri: keys };
  }
  throw new Error(`The issuer of MCP_OAUTH_ISSUER publishes no metadata:\n  - ${problems.join("\n  - ")}`);
}

function addresses({ origin, pathname }: URL): string[] {
  const path = pathname === "/" ? "" : withoutSlash(pathname);
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}/.well-known/openid-configuration${path}`,
    ...(path === "" ? [] : [`${origin}${path}/.well-known/openid-configuration`]),
  ];
}

async function ask(address: string): Promise<z.infer<typeof metadataSchema> | string> {
  try {
    const response = await fetch(address, {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return `answers ${response.status}`;
    const parsed = metadataSchema.safeParse(await response.json());
    return parsed.success ? parsed.data : "is no metadata of an issuer";
  } catch (error) {
    const { message, cause } = error as Error;
    return `cannot be read: ${cause instanceof Error ? cause.message : message}`;
  }
}

const withoutSlash = (text: string) => text.replace(/\/$/, "");
