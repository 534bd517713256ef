import { flag, list, type Setting, secret, text, word } from "./definition";

const type = (name: string): Setting => word("TYPE", [name], { required: true, fixed: true });
const OAUTH: readonly Setting[] = [
  type("OAUTH2"),
  text("API_AUTHENTICATION", { required: true, names: "INTEGRATION" }),
  list("OAUTH_SCOPES"),
  secret("OAUTH_REFRESH_TOKEN"),
  text("OAUTH_REFRESH_TOKEN_EXPIRY_TIME"),
];

/** What a secret of each type has. Source: https://docs.snowflake.com/en/sql-reference/sql/create-secret */
export const SECRETS: Readonly<Record<string, readonly Setting[]>> = {
  OAUTH2: OAUTH,
  CLOUD_PROVIDER_TOKEN: [
    type("CLOUD_PROVIDER_TOKEN"),
    text("API_AUTHENTICATION", { required: true, names: "INTEGRATION" }),
    flag("ENABLED", { default: true }),
  ],
  PASSWORD: [type("PASSWORD"), text("USERNAME", { required: true }), secret("PASSWORD", { required: true })],
  GENERIC_STRING: [type("GENERIC_STRING"), secret("SECRET_STRING", { required: true })],
  SYMMETRIC_KEY: [type("SYMMETRIC_KEY"), word("ALGORITHM", ["GENERIC"], { required: true, fixed: true })],
};
