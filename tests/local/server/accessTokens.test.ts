import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { type ConnectOptions, connect, disconnect, query, SteerableClock, startServer } from "../support";

const DAY = 86_400_000;

describe("Programmatic access tokens", () => {
  let server: LocalServer;
  let admin: snowflake.Connection;
  let clock: SteerableClock;

  before(async () => {
    clock = new SteerableClock("2026-05-01T10:00:00Z");
    server = await startServer({ clock, sessionClock: clock });
    admin = await connect(server);
    for (const sql of [
      "create network policy HOME allowed_ip_list = ('127.0.0.1')",
      "create role READER",
      "create role WRITER",
      "create user PERSON password = 'long-enough' network_policy = HOME default_role = WRITER",
      "create user ROBOT type = SERVICE",
      "create user VISITOR",
      ...["PERSON", "ROBOT"].flatMap((user) =>
        ["READER", "WRITER"].map((role) => `grant role ${role} to user ${user}`),
      ),
    ])
      await query(admin, sql);
  });

  after(async () => {
    await disconnect(admin);
    await server.close();
  });

  const add = async (user: string, name: string, more = "", by = admin) => {
    const [row] = await query(by, `alter user ${user} add programmatic access token ${name} ${more}`);
    assert.deepEqual(Object.keys(row ?? {}), ["token_name", "token_secret"]);
    assert.equal(row?.["token_name"], name.toUpperCase());
    return String(row?.["token_secret"]);
  };
  const byToken = (username: string, token: string, more: ConnectOptions = {}) =>
    connect(server, { username, authenticator: "PROGRAMMATIC_ACCESS_TOKEN", token, ...more });
  const fails = (work: Promise<unknown>, code: string, message: string) =>
    assert.rejects(work, (error: Error & { code?: unknown }) => {
      assert.deepEqual([error.code, error.message], [code, message]);
      return true;
    });
  const refused = (work: Promise<snowflake.Connection>, code: string, message: string) =>
    fails(work.then(disconnect), code, message);
  const rejects = (connection: snowflake.Connection, sql: string, code: string, message: string) =>
    fails(query(connection, sql), code, message);
  /** The administrator's session does not last that long. */
  const later = async (milliseconds: number) => {
    await disconnect(admin);
    await clock.advance(milliseconds);
    admin = await connect(server);
  };
  const invalid = (work: Promise<snowflake.Connection>) =>
    refused(work, "394400", "Programmatic access token is invalid.");
  const shown = async (user: string) =>
    (await query(admin, `show user programmatic access tokens for user ${user}`)).map((row) =>
      [
        "name",
        "role_restriction",
        "status",
        "comment",
        "created_by",
        "mins_to_bypass_network_policy_requirement",
        "rotated_to",
      ]
        .map((column) => row[column] ?? "-")
        .join(" "),
    );
  const statement = async (secret: string, type?: string) => {
    const response = await fetch(`http://${server.host}:${server.port}/api/v2/statements`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${secret}`,
        "content-type": "application/json",
        ...(type ? { "x-snowflake-authorization-token-type": type } : {}),
      },
      body: JSON.stringify({ statement: "select current_user(), current_role()" }),
    });
    return { status: response.status, body: (await response.json()) as { data?: unknown; code: string } };
  };

  it("let their user in as a token, as a password and to the SQL API, and nobody else", async () => {
    const secret = await add("PERSON", "EVERYWHERE");
    for (const connection of [
      await byToken("person", secret),
      await connect(server, { username: "PERSON", password: secret }),
    ]) {
      assert.deepEqual(await query(connection, "select current_user() as U, current_role() as R"), [
        { U: "PERSON", R: "WRITER" },
      ]);
      await disconnect(connection);
    }
    for (const type of [undefined, "PROGRAMMATIC_ACCESS_TOKEN"]) {
      const { status, body } = await statement(secret, type);
      assert.equal(status, 200);
      assert.deepEqual(body.data, [["PERSON", "WRITER"]]);
    }
    await invalid(byToken("VISITOR", secret));
    await invalid(byToken("PERSON", `${secret}x`));
    assert.deepEqual(await statement(`${secret}x`, "PROGRAMMATIC_ACCESS_TOKEN"), {
      status: 401,
      body: { code: "394400", message: "Programmatic access token is invalid." },
    });
    await query(admin, "alter user PERSON remove pat EVERYWHERE");
    await invalid(byToken("PERSON", secret));
  });

  it("give the session one role where they are restricted to it, for as long as the user has it", async () => {
    const secret = await add("PERSON", "NARROW", "role_restriction = 'reader'");
    const connection = await byToken("PERSON", secret);
    assert.deepEqual(await query(connection, "select current_role() as R, current_secondary_roles() as S"), [
      { R: "READER", S: '{"roles":"","value":""}' },
    ]);
    await rejects(
      connection,
      "use role WRITER",
      "003013",
      "SQL access control error:\nRequested role 'WRITER' is not assigned to the executing user.  Specify another role to activate.",
    );
    await rejects(
      connection,
      "use secondary roles all",
      "003001",
      "SQL access control error:\nThe programmatic access token of this session is restricted to one role.",
    );
    await disconnect(connection);
    await refused(
      byToken("PERSON", secret, { role: "WRITER" }),
      "390189",
      "Role 'WRITER' specified in the connect string does not exist or not authorized. Contact your local system administrator, or attempt to login with another role, e.g. PUBLIC.",
    );
    await query(admin, "revoke role READER from user PERSON");
    await invalid(byToken("PERSON", secret));
    await query(admin, "grant role READER to user PERSON");
    await query(admin, "alter user PERSON remove programmatic access token NARROW");
  });

  it("take a network policy, or a person's leave to go without one for a while", async () => {
    const without = await add("VISITOR", "PLAIN");
    await refused(byToken("VISITOR", without), "390432", "Network policy is required.");
    await query(
      admin,
      "alter user VISITOR modify programmatic access token PLAIN set mins_to_bypass_network_policy_requirement = 10",
    );
    await disconnect(await byToken("VISITOR", without));
    assert.deepEqual(await shown("VISITOR"), ["PLAIN - ACTIVE - ADMIN 9 -"]);
    await later(11 * 60_000);
    await refused(byToken("VISITOR", without), "390432", "Network policy is required.");
    await rejects(
      admin,
      "alter user ROBOT add pat T role_restriction = 'READER'",
      "390432",
      "Network policy is required.",
    );
    await query(admin, "alter user ROBOT set network_policy = HOME");
    await rejects(
      admin,
      "alter user ROBOT add pat T",
      "001008",
      "SQL compilation error:\nROLE_RESTRICTION is required for users with TYPE=SERVICE.",
    );
    await disconnect(await byToken("ROBOT", await add("ROBOT", "T", 'role_restriction = "READER"')));
  });

  it("expire, are disabled with their user, and are rotated", async () => {
    const secret = await add("PERSON", "SHORT", "days_to_expiry = 2 comment = 'for a test'");
    assert.deepEqual(await shown("PERSON"), ["SHORT - ACTIVE for a test ADMIN - -"]);
    await later(DAY);
    const [rotated] = await query(admin, "alter user PERSON rotate pat SHORT expire_rotated_token_after_hours = 1");
    assert.match(String(rotated?.["rotated_token_name"]), /^SHORT_ROTATED_\d{13}$/);
    const fresh = String(rotated?.["token_secret"]);
    for (const good of [secret, fresh]) await disconnect(await byToken("PERSON", good));
    await later(DAY + 3_600_000);
    await invalid(byToken("PERSON", secret));
    assert.deepEqual(await shown("PERSON"), [
      "SHORT - ACTIVE for a test ADMIN - -",
      `${rotated?.["rotated_token_name"]} - EXPIRED for a test ADMIN - SHORT`,
    ]);
    await query(admin, "alter user PERSON set disabled = true");
    await query(admin, "alter user PERSON set disabled = false");
    await invalid(byToken("PERSON", fresh));
    await query(admin, "alter user PERSON modify pat SHORT set disabled = false");
    await query(admin, "alter user PERSON modify pat SHORT unset comment");
    await query(admin, "alter user PERSON modify pat SHORT rename to LATER");
    await disconnect(await byToken("PERSON", fresh));
    assert.match((await shown("PERSON"))[0] ?? "", /^LATER - ACTIVE - ADMIN - -$/);
    await later(7 * DAY);
    assert.deepEqual(await shown("PERSON"), ["LATER - EXPIRED - ADMIN - -"]);
  });

  it("are managed by their user, by password, and by whoever has the privilege", async () => {
    const person = await connect(server, { username: "PERSON", password: "long-enough" });
    const secret = await add("", "OWN", "", person);
    assert.equal((await query(person, "show user pats")).length, 2);
    const byItself = await byToken("PERSON", secret);
    await rejects(
      byItself,
      "alter user remove programmatic access token OWN",
      "003001",
      "SQL access control error:\nA programmatic access token cannot be changed in a session that was opened by a programmatic access token of the same user.",
    );
    await disconnect(byItself);
    await rejects(
      person,
      "alter user ROBOT remove pat T",
      "003001",
      "SQL access control error:\nInsufficient privileges to operate on user 'ROBOT'. Your primary role WRITER or one of your secondary roles must have MODIFY PROGRAMMATIC AUTHENTICATION METHODS granted on USER ROBOT.",
    );
    await query(admin, "grant modify programmatic authentication methods on user ROBOT to role WRITER");
    assert.deepEqual(await query(person, "alter user ROBOT remove pat T"), [
      { status: "Programmatic access token T successfully removed." },
    ]);
    await rejects(
      person,
      "alter user modify pat NOWHERE unset comment",
      "002003",
      "SQL compilation error:\nProgrammatic access token NOWHERE not found.",
    );
    await query(person, "alter user remove pat if exists NOWHERE");
    await query(person, "alter user add pat if not exists OWN");
    await rejects(person, "alter user add pat OWN", "002002", "SQL compilation error:\nObject 'OWN' already exists.");
    await disconnect(person);
  });

  it("are no way in where the authentication policy names other methods", async () => {
    for (const sql of [
      "create database D",
      "create authentication policy D.PUBLIC.KEYS authentication_methods = ('KEYPAIR')",
    ])
      await query(admin, sql);
    const secret = await add("PERSON", "SHUT");
    await query(admin, "alter user PERSON set authentication policy D.PUBLIC.KEYS");
    const rejected = "Authentication attempt rejected by the current authentication policy.";
    await refused(byToken("PERSON", secret), "390202", rejected);
    await rejects(admin, "alter user PERSON add pat MORE", "390202", rejected);
  });
});
