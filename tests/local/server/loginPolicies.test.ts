import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { type ConnectOptions, connect, disconnect, query, SteerableClock, startServer } from "../support";

const DAY = 86_400_000;
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

describe("Password and authentication policies are enforced where they are attached", () => {
  let server: LocalServer;
  let admin: snowflake.Connection;
  let clock: SteerableClock;

  before(async () => {
    // The driver dates its tokens by the machine's clock, which goes on while other files are tested first.
    clock = new SteerableClock(new Date().toISOString());
    server = await startServer({ clock, sessionClock: clock });
    admin = await connect(server);
    const publicKey = keys.publicKey.export({ type: "spki", format: "der" }).toString("base64");
    await run(
      "create database D",
      "create schema D.S",
      `create user GUEST password = 'weak-pass' rsa_public_key = '${publicKey}'`,
    );
  });

  after(async () => {
    await disconnect(admin);
    await server.close();
  });

  const run = async (...statements: string[]) => {
    for (const sql of statements) await query(admin, sql);
  };
  const enter = async (options: ConnectOptions) => disconnect(await connect(server, { username: "GUEST", ...options }));
  const byPassword = (password: string) => enter({ password });
  const byKey = () =>
    enter({
      authenticator: "SNOWFLAKE_JWT",
      privateKey: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    });
  const refused = (work: Promise<unknown>, code: string, message: string) =>
    assert.rejects(work, (error: Error & { code?: unknown }) => {
      assert.equal(error.message, message);
      assert.equal(error.code, code);
      return true;
    });
  const rejected = "Authentication attempt rejected by the current authentication policy.";

  it("an authentication policy lets in by its methods and clients only", async () => {
    await run(
      "create authentication policy D.S.KEYS authentication_methods = ('KEYPAIR')",
      "create authentication policy D.S.CONSOLE client_types = ('SNOWFLAKE_UI')",
      "alter user GUEST set authentication policy D.S.KEYS",
    );
    await refused(byPassword("weak-pass"), "390202", rejected);
    await byKey();
    await run("alter user GUEST set authentication policy D.S.CONSOLE force");
    await refused(byKey(), "390202", rejected);
    await run("alter authentication policy D.S.CONSOLE unset client_types");
    await byPassword("weak-pass");
    await run("alter authentication policy D.S.CONSOLE set mfa_enrollment = 'REQUIRED'");
    await refused(
      byPassword("weak-pass"),
      "390197",
      "Multi-factor authentication is required for this account. Log in to Snowsight to enroll.",
    );
    await byKey();
    await run("alter user GUEST unset authentication policy");
    await byPassword("weak-pass");
  });

  it("the account's policy holds for users without one of their own", async () => {
    await run(
      "alter user ADMIN set authentication policy D.S.CONSOLE",
      "alter account set authentication policy D.S.KEYS",
    );
    await refused(byPassword("weak-pass"), "390202", rejected);
    await run(
      "create authentication policy D.S.ANY",
      "alter user GUEST set authentication policy D.S.ANY",
      "alter account unset authentication policy",
      "alter user ADMIN unset authentication policy",
    );
    await byPassword("weak-pass");
  });

  it("a new password has what the policy asks for, and is not one of the last", async () => {
    await run(
      "create password policy D.S.PP password_min_length = 10 password_max_length = 20 password_min_special_chars = 1 password_history = 2",
      "alter user GUEST set password policy D.S.PP",
    );
    const set = (password: string) => run(`alter user GUEST set password = '${password}'`);
    const because = (reason: string) => `New password rejected by current policy. Reason: '${reason}'`;
    for (const [password, reason] of [
      ["Short-123", "Password is too short. Must be at least 10 characters."],
      ["Longer-than-any-1-may-be", "Password is too long. Must be at most 20 characters."],
      ["no-upper-case-1", "Password must contain at least 1 uppercase character(s)."],
      ["NO-LOWER-CASE-1", "Password must contain at least 1 lowercase character(s)."],
      ["No-digit-in-it", "Password must contain at least 1 numeric character(s)."],
      ["NoSpecial12345", "Password must contain at least 1 special character(s)."],
    ] as const) {
      await refused(set(password), "003002", because(reason));
    }
    await set("First-one-1");
    await set("Second-one-2");
    await refused(set("First-one-1"), "003002", because("Password was used recently."));
    await set("Third-one-3");
    await set("Fourth-one-4");
    await set("First-one-1");
    await byPassword("First-one-1");
  });

  it("a password grows too old, and wrong ones lock for as long as the policy says", async () => {
    await run(
      "alter password policy D.S.PP set password_max_age_days = 10 password_max_retries = 2 password_lockout_time_mins = 3",
    );
    await clock.advance(10 * DAY - 1);
    await byPassword("First-one-1");
    await clock.advance(2);
    // Meanwhile the administrator's own session ran out.
    admin = await connect(server);
    await refused(
      byPassword("First-one-1"),
      "390106",
      "Specified password has expired.  Password must be changed using the Snowflake web console.",
    );
    await run("alter password policy D.S.PP set password_max_age_days = 0");
    for (const _ of [1, 2]) await assert.rejects(byPassword("wrong"), /Incorrect username or password/);
    await refused(
      byPassword("First-one-1"),
      "390102",
      "Your user account has been temporarily locked due to too many failed attempts. Try again after 3 minutes, or contact your account administrator for assistance.",
    );
    await clock.advance(3 * 60_000);
    await byPassword("First-one-1");
  });

  it("one that is attached can be neither dropped nor replaced nor doubled, and is found by POLICY_REFERENCES", async () => {
    const inUse =
      "SQL compilation error:\nPolicy PP cannot be dropped/replaced as it is associated with one or more entities.";
    await run("alter user GUEST unset authentication policy");
    for (const sql of ["drop password policy D.S.PP", "create or replace password policy D.S.PP", "drop schema D.S"]) {
      await refused(query(admin, sql), "003531", inUse);
    }
    await refused(
      query(admin, "alter user GUEST set password policy D.S.PP"),
      "003550",
      "SQL compilation error:\nObject GUEST already has a PASSWORD_POLICY. Only one PASSWORD_POLICY is allowed at a time.",
    );
    const found = `select POLICY_DB, POLICY_SCHEMA, POLICY_NAME, POLICY_KIND, REF_ENTITY_NAME, REF_ENTITY_DOMAIN from table(D.information_schema.policy_references`;
    const expected = {
      POLICY_DB: "D",
      POLICY_SCHEMA: "S",
      POLICY_NAME: "PP",
      POLICY_KIND: "PASSWORD_POLICY",
      REF_ENTITY_NAME: "GUEST",
      REF_ENTITY_DOMAIN: "USER",
    };
    assert.deepEqual(await query(admin, `${found}(policy_name => 'D.S.PP'))`), [expected]);
    assert.deepEqual(await query(admin, `${found}(ref_entity_name => 'guest', ref_entity_domain => 'user'))`), [
      expected,
    ]);
    assert.deepEqual(await query(admin, `${found}(policy_name => 'D.S.P'))`), []);
  });

  it("what is not enforced is refused by name", async () => {
    for (const [sql, feature] of [
      [
        "create authentication policy D.S.X mfa_policy = (allowed_methods = ('TOTP'))",
        "AUTHENTICATION POLICY (MFA_POLICY)",
      ],
      [
        "alter account set authentication policy D.S.ANY for all service users",
        "SET AUTHENTICATION POLICY … FOR ALL SERVICE USERS",
      ],
    ] as const) {
      await refused(query(admin, sql), "000002", `Unsupported feature '${feature}'.`);
    }
    await run("create password policy D.S.OLD_ENOUGH password_min_age_days = 1");
    await refused(
      query(admin, "alter account set password policy D.S.OLD_ENOUGH"),
      "000002",
      "Unsupported feature 'PASSWORD POLICY (PASSWORD_MIN_AGE_DAYS)'.",
    );
  });
});
