/** What one check found. */
export interface CheckResult {
  /** `skipped`: an earlier check failed, so this one would say nothing. */
  state: "ok" | "warning" | "failed" | "skipped";
  found: string;
  /** What to do about it; for warnings and failures. */
  todo?: string;
}

export interface NamedResult extends CheckResult {
  name: string;
}

export const ok = (found: string): CheckResult => ({ state: "ok", found });
export const warning = (found: string, todo: string): CheckResult => ({ state: "warning", found, todo });
export const failed = (found: string, todo: string): CheckResult => ({ state: "failed", found, todo });
export const skipped = (found: string): CheckResult => ({ state: "skipped", found });
