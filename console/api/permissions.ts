export type Effect = "DENY" | "GRANT" | "INHERIT";

/** What holds for a user and an action pattern now. */
export interface Permission {
  user: string;
  pattern: string;
  effect: Effect;
  /** `USER`, or `GROUP` and its name. */
  source: string;
  maxRows: number | null;
  maxRuntimeSeconds: number | null;
  dailyRuntimeSeconds: number | null;
  expiresAt: string | null;
  reason: string | null;
  decidedBy: string | null;
  decidedAt: string;
}

export interface PermissionChange {
  at: string;
  action: string;
  subjectType: string | null;
  subject: string | null;
  pattern: string | null;
  member: string | null;
  reason: string | null;
  by: string | null;
}

export interface Runtime {
  user: string;
  queries: number;
  seconds: number;
  dailySeconds: number | null;
  secondsLeft: number | null;
}

/** `scope` says whose permissions these are: everybody's, or only those of the console's own user. */
export interface Permissions {
  scope: "all" | "own";
  permissions: Permission[];
  changes: PermissionChange[];
  runtimes: Runtime[];
}
