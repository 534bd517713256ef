import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { AccessToken, PasswordPolicyDoc, UserDoc } from "../catalogue/model";
import { incorrectPassword, invalidJwt, SnowflakeError, unsupportedFeature, userDisabled } from "../errors";
import type { Services } from "../services";
import { passwordRule } from "../settings/passwordRules";
import { checkAccessToken, findAccessToken, ownAccessToken } from "./accessTokens";
import { subjectOf, verifyJwt } from "./keyPair";
import { verifyPassword } from "./password";
import { checkEntry, type Entry, passwordPolicyOf } from "./policies";

const LOCK_AFTER = 5;
const LOCK_MINUTES = 15;
const MINUTE = 60_000;
const DAY = 86_400_000;

export interface Credentials {
  loginName: string;
  authenticator: string;
  password?: string | undefined;
  token?: string | undefined;
  /** CLIENT_APP_ID of the client. */
  application?: string | undefined;
  /** APPLICATION of its environment. */
  program?: string | undefined;
}

export interface Authenticated {
  user: UserDoc;
  /** By which the user came. */
  accessToken?: AccessToken;
}

const temporarilyLocked = (minutes: number) =>
  new SnowflakeError(
    "390102",
    "08001",
    `Your user account has been temporarily locked due to too many failed attempts. Try again after ${minutes} minutes, or contact your account administrator for assistance.`,
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

  async authenticate(credentials: Credentials): Promise<Authenticated> {
    const { catalogue } = this.services.store;
    const { password = "", token = "", application = "", program = "" } = credentials;
    // The Go driver names the user in its token alone.
    const loginName = credentials.loginName || subjectOf(token);
    const user = this.find(loginName);
    const enter = (method: Entry["method"]) => {
      if (user) checkEntry(catalogue, user, { method, application, program });
    };
    switch (credentials.authenticator.toUpperCase()) {
      case "":
      case "SNOWFLAKE":
      case "USERNAME_PASSWORD_MFA":
        if (findAccessToken(catalogue, password)) return this.byAccessToken(loginName, password, credentials);
        enter("PASSWORD");
        return { user: await this.byPassword(user, password) };
      case "SNOWFLAKE_JWT":
        enter("KEYPAIR");
        return { user: this.byKeyPair(user, loginName, token) };
      case "PROGRAMMATIC_ACCESS_TOKEN":
        return this.byAccessToken(credentials.loginName, token || password, credentials);
      default:
        throw unsupportedFeature(`authenticator ${credentials.authenticator}`);
    }
  }

  private byAccessToken(
    loginName: string,
    secret: string,
    { application = "", program = "" }: Pick<Credentials, "application" | "program">,
  ): Authenticated {
    const { catalogue } = this.services.store;
    const { user, token } = ownAccessToken(catalogue, loginName, secret);
    checkEntry(catalogue, user, { method: "PROGRAMMATIC_ACCESS_TOKEN", application, program });
    this.checkActive(user);
    checkAccessToken(catalogue, user, token, this.nowMillis());
    return { user, accessToken: token };
  }

  private find(loginName: string): UserDoc | undefined {
    const wanted = loginName.toUpperCase();
    return this.services.store.catalogue.all("USER").find((user) => user.loginName.toUpperCase() === wanted);
  }

  private async byPassword(user: UserDoc | undefined, password: string): Promise<UserDoc> {
    if (!user) throw incorrectPassword();
    const policy = passwordPolicyOf(this.services.store.catalogue, user);
    const minutes = policy ? passwordRule(policy, "LOCKOUT_TIME_MINS") : LOCK_MINUTES;
    const failed = this.failures.get(user.id);
    if (failed && failed.count >= (policy ? passwordRule(policy, "MAX_RETRIES") : LOCK_AFTER)) {
      if (this.nowMillis() < failed.until) throw temporarilyLocked(minutes);
      this.failures.delete(user.id);
    }
    const allowed = user.type !== "SERVICE" && user.passwordHash !== undefined;
    if (!allowed || !(await this.matches(password, user.passwordHash as string))) {
      const count = (this.failures.get(user.id)?.count ?? 0) + 1;
      this.failures.set(user.id, { count, until: this.nowMillis() + minutes * MINUTE });
      throw incorrectPassword();
    }
    this.failures.delete(user.id);
    this.checkActive(user);
    if (user.mustChangePassword || this.isTooOld(user, policy)) throw passwordExpired();
    return user;
  }

  private isTooOld(user: UserDoc, policy: PasswordPolicyDoc | undefined): boolean {
    const days = policy ? passwordRule(policy, "MAX_AGE_DAYS") : 0;
    return days > 0 && (user.passwordSetOn ?? user.createdOn) + days * DAY < this.nowMillis();
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
