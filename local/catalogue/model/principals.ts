import type { OwnedDoc } from "../model";

export interface RoleDoc extends OwnedDoc {
  kind: "ROLE";
}

export interface DatabaseRoleDoc extends OwnedDoc {
  kind: "DATABASE_ROLE";
  /** The database. */
  parentId: number;
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
}
