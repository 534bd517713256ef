import { type DriverError, isLoginRefused } from "./failure";

/** Refused logins in a row after which the next one waits until a lock of the user would be over. */
export const QUICK_LOGINS = 3;
const QUICK_WAIT_MS = 30_000;
/** Five refusals in a row lock a user for 15 minutes. Source: https://docs.snowflake.com/en/user-guide/admin-user-management */
const LOCK_OUTLASTED_MS = 16 * 60_000;

/**
 * Keeps a program that is asked again and again from locking its own user: a refused login is not repeated for a while, the refusal
 * is answered from memory, and as long as no login has succeeded there is one at a time.
 */
export class LoginGuard {
  private refusals = 0;
  private refusal: { error: unknown; until: number } | undefined;
  private probing: Promise<unknown> | undefined;
  private hasSucceeded = false;

  constructor(private readonly now: () => number = Date.now) {}

  /** Logs in, unless that was refused a moment ago. @throws what the login throws, or threw */
  async logIn<T>(login: () => Promise<T>): Promise<T> {
    while (!this.hasSucceeded && this.probing) await this.probing.catch(() => undefined);
    if (this.refusal && this.now() < this.refusal.until) throw this.refusal.error;
    const attempt = this.attempt(login);
    this.probing = attempt;
    try {
      return await attempt;
    } finally {
      if (this.probing === attempt) this.probing = undefined;
    }
  }

  private async attempt<T>(login: () => Promise<T>): Promise<T> {
    try {
      const session = await login();
      this.refusals = 0;
      this.refusal = undefined;
      this.hasSucceeded = true;
      return session;
    } catch (error) {
      if (isLoginRefused(error as DriverError)) {
        this.hasSucceeded = false;
        this.refusals++;
        const wait = this.refusals < QUICK_LOGINS ? QUICK_WAIT_MS : LOCK_OUTLASTED_MS;
        this.refusal = { error, until: this.now() + wait };
      }
      throw error;
    }
  }
}
