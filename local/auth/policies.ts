import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { AuthenticationPolicyDoc, PasswordPolicyDoc, UserDoc } from "../catalogue/model";
import { SnowflakeError } from "../errors";

/** How somebody comes: by which method, and with which client. */
export interface Entry {
  method: "PASSWORD" | "KEYPAIR" | "PROGRAMMATIC_ACCESS_TOKEN";
  /** CLIENT_APP_ID of the login, `JavaScript`, `SnowSQL` … */
  application: string;
  /** APPLICATION of its environment. */
  program: string;
}

const accountOf = (catalogue: CatalogueSnapshot) => catalogue.all("ACCOUNT")[0];

/** The user's own policy counts, else the account's. */
export function passwordPolicyOf(
  catalogue: CatalogueSnapshot,
  user: Pick<UserDoc, "passwordPolicyId"> | undefined,
): PasswordPolicyDoc | undefined {
  const id = user?.passwordPolicyId ?? accountOf(catalogue)?.passwordPolicyId;
  return id === undefined ? undefined : catalogue.get("PASSWORD_POLICY", id);
}

function authenticationPolicyOf(catalogue: CatalogueSnapshot, user: UserDoc): AuthenticationPolicyDoc | undefined {
  const id = user.authenticationPolicyId ?? accountOf(catalogue)?.authenticationPolicyId;
  return id === undefined ? undefined : catalogue.get("AUTHENTICATION_POLICY", id);
}

const rejected = () =>
  new SnowflakeError("390202", "08001", "Authentication attempt rejected by the current authentication policy.");

const secondFactorNeeded = () =>
  new SnowflakeError(
    "390197",
    "08001",
    "Multi-factor authentication is required for this account. Log in to Snowsight to enroll.",
  );

/** Nobody comes by Snowflake's web interface here. */
function clientType({ application, program }: Entry): string {
  if (/^snowsql$/i.test(application)) return "SNOWSQL";
  return /^(snowcli|snowflake_cli)/i.test(program) ? "SNOWFLAKE_CLI" : "DRIVERS";
}

const allows = ({ settings }: AuthenticationPolicyDoc, name: string, wanted: string): boolean => {
  const list = (settings[name] as string[] | undefined) ?? ["ALL"];
  return list.length === 0 || list.includes("ALL") || list.includes(wanted);
};

/** Throws 390202 where the authentication policy does not let the user in by this method. */
export function checkMethod(catalogue: CatalogueSnapshot, user: UserDoc, method: Entry["method"]): void {
  const policy = authenticationPolicyOf(catalogue, user);
  if (policy && !allows(policy, "AUTHENTICATION_METHODS", method)) throw rejected();
}

/**
 * Throws 390202 where the authentication policy does not let the user in this way, 390197 where it asks for a second factor, which
 * nobody can have here. Source: https://docs.snowflake.com/en/sql-reference/sql/create-authentication-policy
 */
export function checkEntry(catalogue: CatalogueSnapshot, user: UserDoc, entry: Entry): void {
  const policy = authenticationPolicyOf(catalogue, user);
  if (!policy) return;
  checkMethod(catalogue, user, entry.method);
  if (!allows(policy, "CLIENT_TYPES", clientType(entry))) throw rejected();
  const isPerson = user.type === undefined || user.type === "PERSON";
  const enrolment = policy.settings["MFA_ENROLLMENT"] ?? "OPTIONAL";
  if (entry.method === "PASSWORD" && isPerson && enrolment !== "OPTIONAL") throw secondFactorNeeded();
}
