import type { OwnedDoc } from "../model";

export interface RoleDoc extends OwnedDoc {
  kind: "ROLE";
}

export interface DatabaseRoleDoc extends OwnedDoc {
  kind: "DATABASE_ROLE";
  /** The database. */
  parentId: number;
}

/** A programmatic access token. Moments are milliseconds since the epoch. */
export interface AccessToken {
  name: string;
  /** SHA-256 of the secret, base64. */
  hash: string;
  /** The one role that a session by it has; absent = those of the user. */
  roleId?: number;
  createdOn: number;
  /** Name of the user who made it. */
  createdBy: string;
  /** Days for which each of its secrets is good. */
  days: number;
  expiresAt: number;
  disabled?: boolean;
  comment?: string;
  /** Until then it takes no network policy. */
  policyBypassedUntil?: number;
  /** The token that took its place when it was rotated. */
  rotatedTo?: string;
}

export interface UserDoc extends OwnedDoc {
  kind: "USER";
  /** What is typed at login, upper case; the name unless set. */
  loginName: string;
  /** `scrypt$N$r$p$salt$hash`; absent = no password login. */
  passwordHash?: string;
  mustChangePassword?: boolean;
  /** Base64 of the DER public key, without PEM lines. */
  rsaPublicKey?: string;
  rsaPublicKey2?: string;
  type?: "PERSON" | "SERVICE" | "LEGACY_SERVICE";
  disabled?: boolean;
  displayName?: string;
  firstName?: string;
  middleName?: string;
  lastName?: string;
  email?: string;
  defaultWarehouse?: string;
  defaultNamespace?: string;
  defaultRole?: string;
  /** Default `["ALL"]`. */
  defaultSecondaryRoles?: string[];
  /** Milliseconds since the epoch. */
  expiresAt?: number;
  lockedUntil?: number;
  mfaBypassedUntil?: number;
  lastSuccessLogin?: number;
  networkPolicyId?: number;
  passwordPolicyId?: number;
  authenticationPolicyId?: number;
  /** Milliseconds; absent for passwords set by an older version. */
  passwordSetOn?: number;
  /** Hashes of the passwords before the present one, newest first. */
  formerPasswords?: string[];
  accessTokens?: readonly AccessToken[];
}
