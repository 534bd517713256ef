import { inBrackets, integer, list, type Setting, word } from "./definition";

const bounded = (name: string, initial: number, range: readonly [number, number]): Setting =>
  integer(`PASSWORD_${name}`, { default: initial, range });

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-password-policy */
export const PASSWORD_POLICY: readonly Setting[] = [
  bounded("MIN_LENGTH", 14, [8, 256]),
  bounded("MAX_LENGTH", 256, [8, 256]),
  bounded("MIN_UPPER_CASE_CHARS", 1, [0, 256]),
  bounded("MIN_LOWER_CASE_CHARS", 1, [0, 256]),
  bounded("MIN_NUMERIC_CHARS", 1, [0, 256]),
  bounded("MIN_SPECIAL_CHARS", 0, [0, 256]),
  bounded("MIN_AGE_DAYS", 0, [0, 999]),
  bounded("MAX_AGE_DAYS", 90, [0, 999]),
  bounded("MAX_RETRIES", 5, [1, 10]),
  bounded("LOCKOUT_TIME_MINS", 15, [1, 999]),
  bounded("HISTORY", 5, [0, 24]),
];

const words = (name: string, initial: readonly string[], allowed: readonly string[]): Setting =>
  list(name, { words: allowed, default: [...initial], print: inBrackets });

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-authentication-policy */
export const AUTHENTICATION_POLICY: readonly Setting[] = [
  words(
    "AUTHENTICATION_METHODS",
    ["ALL"],
    ["ALL", "SAML", "OIDC", "PASSWORD", "OAUTH", "KEYPAIR", "PROGRAMMATIC_ACCESS_TOKEN", "WORKLOAD_IDENTITY"],
  ),
  words("MFA_AUTHENTICATION_METHODS", ["PASSWORD", "SAML"], ["ALL", "PASSWORD", "SAML"]),
  word("MFA_ENROLLMENT", ["REQUIRED", "REQUIRED_PASSWORD_ONLY", "OPTIONAL"], { default: "OPTIONAL" }),
  words("CLIENT_TYPES", ["ALL"], ["ALL", "SNOWFLAKE_UI", "DRIVERS", "SNOWFLAKE_CLI", "SNOWSQL"]),
  list("SECURITY_INTEGRATIONS", { default: ["ALL"], print: inBrackets }),
];
