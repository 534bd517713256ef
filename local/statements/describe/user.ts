import { fingerprint, readPublicKey } from "../../auth/keyPair";
import type { UserDoc } from "../../catalogue/model";
import { toMillis } from "../../clock";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import { namespaceParts } from "../../names/namespace";
import { denied } from "../../privileges/check";
import { has, hasGlobal, owns } from "../../privileges/index";
import { varchar } from "../../types/dataType";
import { MINUTE, remaining, secondaryRoles } from "../show/objects/account";
import { columnOf } from "../show/table";

const DAY = 86_400_000;

/** Nothing is NULL here: the Snowflake plugin reads plain texts, and Snowflake itself writes the word `null`. */
const NONE = "null";

function keyFingerprint(stored: string | undefined): string {
  const key = stored ? readPublicKey(stored) : undefined;
  return key ? fingerprint(key) : NONE;
}

/** DESCRIBE USER: the owner, whoever monitors users, and the user may. */
export function describeUser(context: ExecutionContext, user: UserDoc): StatementResult {
  const allowed =
    owns(context, user) ||
    has(context, "MONITOR", user) ||
    hasGlobal(context, "MANAGE GRANTS") ||
    user.id === context.rights.userId;
  if (!allowed) throw denied(context, user, "MONITOR");
  const now = toMillis(context.now);
  const left = (until: number | undefined, unit: number) =>
    until !== undefined && until > now ? String(remaining(until - now, unit)) : NONE;
  const policy =
    user.networkPolicyId === undefined ? undefined : context.catalogue.get("NETWORK_POLICY", user.networkPolicyId);
  const rows: [string, string | undefined, string, string][] = [
    ["NAME", user.name, NONE, "Name"],
    ["COMMENT", user.comment, NONE, "user comment associated to an object in the dictionary"],
    ["DISPLAY_NAME", user.displayName, NONE, "Display name of the associated object"],
    ["TYPE", user.type ?? "PERSON", NONE, "Type of the user"],
    ["LOGIN_NAME", user.loginName, NONE, "Login name of the user"],
    ["FIRST_NAME", user.firstName, NONE, "First name of the user"],
    ["MIDDLE_NAME", user.middleName, NONE, "Middle name of the user"],
    ["LAST_NAME", user.lastName, NONE, "Last name of the user"],
    ["EMAIL", user.email, NONE, "Email address of the user"],
    ["PASSWORD", user.passwordHash ? "********" : undefined, NONE, "Password of the user"],
    ["MUST_CHANGE_PASSWORD", String(user.mustChangePassword ?? false), "false", "User must change the password"],
    ["DISABLED", String(user.disabled ?? false), "false", "Whether the user is disabled"],
    ["SNOWFLAKE_LOCK", "false", "false", "Whether the user or account is locked by Snowflake"],
    ["SNOWFLAKE_SUPPORT", "false", "false", "Snowflake Support is allowed to use the user or account"],
    [
      "DAYS_TO_EXPIRY",
      left(user.expiresAt, DAY),
      NONE,
      "User record will be treated as expired after specified number of days",
    ],
    [
      "MINS_TO_UNLOCK",
      left(user.lockedUntil, MINUTE),
      NONE,
      "Temporary lock on the user will be removed after specified number of minutes",
    ],
    ["DEFAULT_WAREHOUSE", user.defaultWarehouse, NONE, "Default warehouse for this user"],
    [
      "DEFAULT_NAMESPACE",
      namespaceParts(user.defaultNamespace).join(".") || undefined,
      NONE,
      "Default database namespace prefix for this user",
    ],
    ["DEFAULT_ROLE", user.defaultRole, NONE, "Primary principal of user session will be set to this role"],
    [
      "DEFAULT_SECONDARY_ROLES",
      secondaryRoles(user),
      '["ALL"]',
      "The secondary roles will be set to all roles provided here",
    ],
    ["EXT_AUTHN_DUO", "false", "false", "Whether Duo Security is enabled as second factor authentication"],
    ["EXT_AUTHN_UID", undefined, NONE, "External authentication ID of the user"],
    [
      "MINS_TO_BYPASS_MFA",
      left(user.mfaBypassedUntil, MINUTE),
      NONE,
      "Temporary bypass MFA for the user for a specified number of minutes",
    ],
    [
      "MINS_TO_BYPASS_NETWORK_POLICY",
      undefined,
      NONE,
      "Temporary bypass network policy on the user for a specified number of minutes",
    ],
    ["RSA_PUBLIC_KEY", user.rsaPublicKey, NONE, "RSA public key of the user"],
    ["RSA_PUBLIC_KEY_FP", keyFingerprint(user.rsaPublicKey), NONE, "Fingerprint of user's RSA public key."],
    ["RSA_PUBLIC_KEY_2", user.rsaPublicKey2, NONE, "Second RSA public key of the user"],
    ["RSA_PUBLIC_KEY_2_FP", keyFingerprint(user.rsaPublicKey2), NONE, "Fingerprint of user's second RSA public key."],
    ["NETWORK_POLICY", policy?.name, NONE, "Network policy of the user"],
    ["CUSTOM_LANDING_PAGE_URL", undefined, NONE, "Snowflake Inc. internal property"],
    ["CUSTOM_LANDING_PAGE_URL_FLUSH_NEXT_UI_LOAD", "false", "false", "Snowflake Inc. internal property"],
    ["HAS_MFA", "false", "false", "Whether the user is enrolled in multi-factor authentication"],
  ];
  return {
    columns: ["property", "value", "default", "description"].map((name) => columnOf({ name, type: varchar() })),
    rows: rows.map(([property, value, fallback, description]) => [property, value ?? NONE, fallback, description]),
  };
}
