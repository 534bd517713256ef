import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { UserDoc } from "../catalogue/model";
import { incorrectPassword, invalidJwt, SnowflakeError, unsupportedFeature, userDisabled } from "../errors";
import type { Services } from "../services";
import { subjectOf, verifyJwt } from "./keyPair";
import { verifyPassword } from "./password";

const LOCK_AFTER = 5;
const LOCK_MS = 15 * 60 * 1000;

export interface Credentials {
  loginName: string;
  authenticator: string;
  password?: string | undefined;
  token?: string | undefined;
}

const temporarilyLocked = () =>
  new SnowflakeError(
    "390102",
    "08001",
    "Your user account has been temporarily locked due to too many failed attempts. Try again after 15 minutes, or contact your account administrator for assistance.",
  );

const passwordExpired = () =>
  new SnowflakeError(
    "390106",
    "08001",
    "Specified password has expired.  Password must be changed using the Snowflake web console.",
  );

/** Checks who somebody is. scrypt is slow on purpose, so a password that was right is recognised the next time by a keyed digest. */
export class Authenticator {
  private readonly failures = new Map<number, { count: number; until: number }>();
  private readonly verified = new Map<string, string>();
  private readonly key = randomBytes(32);

  constructor(
    private readonly services: Pick<Services, "store">,
    private readonly nowMillis: () => number,
  ) {}

  async authenticate(credentials: Credentials): Promise<UserDoc> {
    // The Go driver names the user in its token alone.
    const loginName = credentials.loginName || subjectOf(credentials.token ?? "");
    const user = this.find(loginName);
    switch (credentials.authenticator.toUpperCase()) {
      case "":
      case "SNOWFLAKE":
      case "USERNAME_PASSWORD_MFA":
        return this.byPassword(user, credentials.password ?? "");
      case "SNOWFLAKE_JWT":
        return this.byKeyPair(user, loginName, credentials.token ?? "");
      default:
        throw unsupportedFeature(`authenticator ${credentials.authenticator}`);
    }
  }

  private find(loginName: string): UserDoc | undefined {
    const wanted = loginName.toUpperCase();
    return this.services.store.catalogue.all("USER").find((user) => user.loginName.toUpperCase() === wanted);
  }

  private async byPassword(user: UserDoc | undefined, password: string): Promise<UserDoc> {
    if (!user) throw incorrectPassword();
    const failed = this.failures.get(user.id);
    if (failed && failed.count >= LOCK_AFTER) {
      if (this.nowMillis() < failed.until) throw temporarilyLocked();
      this.failures.delete(user.id);
    }
    const allowed = user.type !== "SERVICE" && user.passwordHash !== undefined;
    if (!allowed || !(await this.matches(password, user.passwordHash as string))) {
      const count = (this.failures.get(user.id)?.count ?? 0) + 1;
      this.failures.set(user.id, { count, until: this.nowMillis() + LOCK_MS });
      throw incorrectPassword();
    }
    this.failures.delete(user.id);
    this.checkActive(user);
    if (user.mustChangePassword) throw passwordExpired();
    return user;
  }

  private async matches(password: string, stored: string): Promise<boolean> {
    const digest = createHmac("sha256", this.key).update(password).digest("hex");
    if (this.verified.get(stored) === digest) return true;
    if (!(await verifyPassword(password, stored))) return false;
    if (this.verified.size > 1000) this.verified.clear();
    this.verified.set(stored, digest);
    return true;
  }

  private byKeyPair(user: UserDoc | undefined, loginName: string, token: string): UserDoc {
    const keys = [user?.rsaPublicKey, user?.rsaPublicKey2].filter((key): key is string => Boolean(key));
    if (!user || !verifyJwt(token, loginName, keys, this.nowMillis() / 1000)) throw invalidJwt(randomUUID());
    this.checkActive(user);
    return user;
  }

  private checkActive(user: UserDoc): void {
    if (user.disabled || (user.expiresAt !== undefined && user.expiresAt <= this.nowMillis())) throw userDisabled();
  }
}
