import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import type { Connection } from "snowflake-sdk";
import { PROCEDURES } from "../../components/catalogue";
import { call, NAMES, refusal, TestWarehouse } from "./warehouse";

const HASH = /^[0-9a-f]{64}$/;

/** Input that each procedure refuses, in its own words. */
const REFUSED: [text: string, message: RegExp][] = [
  ["SAFE_INSERT_EVENT(NULL::VARIANT)", /payload must be an event object, found NULL/],
  ["INGEST_EVENTS(PARSE_JSON('{}'), 'DIRECT')", /events must be an ARRAY of event objects/],
  ["GRANT_USER_PERMISSION('', '*')", /user_name must name a user or group: 1 to 255 characters/],
  ["GRANT_USER_PERMISSION('A', 'Order.*')", /action_pattern must be \*, an action such as order.placed, or a prefix/],
  [
    "GRANT_USER_PERMISSION(user_name => 'A', action_pattern => '*', subject_type => 'ROLE')",
    /subject_type must be USER or GROUP/,
  ],
  [
    "GRANT_USER_PERMISSION(user_name => 'A', action_pattern => '*', expires_at => '2030-01-01')",
    /expires_at must be an ISO 8601 time with an offset/,
  ],
  ["GRANT_USER_PERMISSION('A', '*', 0)", /must be whole numbers above 0/],
  ["DENY_USER_PERMISSION('A', '**')", /action_pattern must be/],
  ["REVOKE_USER_PERMISSION(NULL, '*')", /user_name must name a user or group/],
  ["ADD_GROUP_MEMBER('', 'A')", /must/],
  ["REMOVE_GROUP_MEMBER('G', NULL)", /must/],
  ["CREATE_MCP_USER('A B')", /user_name must be a plain identifier/],
  ["CREATE_MCP_USER('A\"; DROP USER ADMIN --')", /user_name must be a plain identifier/],
  ["CREATE_MCP_USER('A', 'nobody')", /email must be an e-mail address/],
  ["CREATE_MCP_USER('A', NULL, '-----BEGIN PUBLIC KEY-----')", /rsa_public_key must be the base64 text/],
  ["SET_CONFIG('Query Max', TO_VARIANT(1))", /key must be words of a-z, 0-9 and _ joined by dots/],
  ["SET_CONFIG('query.max_rows', NULL)", /value must not be NULL/],
  ["SET_CONFIG('query.max_rows', PARSE_JSON('null'))", /value must not be NULL/],
  ["SET_CONFIG('query.max_rows', TO_VARIANT('many'))", /value of this key must be a number not below 0/],
  ["SET_CONFIG('alert.daily_credits', TO_VARIANT(-1))", /value of this key must be a number not below 0/],
  ["EXPORT_EVENTS('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', 'x')", /the first before the second/],
  ["EXPORT_EVENTS('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '../x')", /path must be folders of letters/],
  ["BACKFILL_EVENTS('a b')", /path must be folders of letters/],
  ["BACKFILL_EVENTS('x', 0)", /batch_size must be a whole number from 1 to 1000000/],
  ["RECORD_TOOL_CALLS(PARSE_JSON('{}'))", /calls must be an ARRAY of 0 to 1000 objects/],
  ["RECORD_ALERT('Two Words')", /kind must be one word of a-z, 0-9 and _/],
  ["STRESS_TEST_INSERTS(0)", /event_count must be a whole number from 1 to 10000000/],
  ["STRESS_TEST_INSERTS(10, 1000000)", /batch_size from 1 to 100000/],
];

describe("The procedures", () => {
  let warehouse: TestWarehouse;
  let admin: Connection;
  before(async () => {
    warehouse = await TestWarehouse.start();
    admin = await warehouse.person("BOSS", "admin");
  });
  after(() => warehouse?.close());

  const values = async (sqlText: string, connection = warehouse.deployer) =>
    (await warehouse.query(sqlText, connection)).map((row) => Object.values(row));

  for (const [text, message] of REFUSED) {
    it(`refuse ${text.slice(0, 100)}`, async () => {
      assert.match(await refusal(call(warehouse.deployer, text)), message);
    });
  }

  it("refuse something each, those without arguments apart", () => {
    const refusing = new Set(REFUSED.map(([text]) => text.slice(0, text.indexOf("("))));
    const untested = PROCEDURES.filter(({ name, arguments: types }) => types.length > 0 && !refusing.has(name));
    assert.deepEqual(
      untested.map(({ name }) => name),
      // A plan is rejected with reasons, never refused; a user who is not there is Snowflake's to refuse.
      ["VALIDATE_QUERY_PLAN", "EXECUTE_QUERY_PLAN", "ENABLE_MCP_USER", "DISABLE_MCP_USER"],
    );
  });

  it("land one event and answer its id; a client that sends it again gets the same", async () => {
    const payload = JSON.stringify({ action: "order.placed", actor_id: "u1", _recv_at: "2026-03-01T10:00:05.000Z" });
    const first = await call(warehouse.deployer, "SAFE_INSERT_EVENT(payload => PARSE_JSON(?), source_lane => 'APP')", [
      payload,
    ]);
    const again = await call(warehouse.deployer, "SAFE_INSERT_EVENT(PARSE_JSON(?), 'APP')", [payload]);
    assert.match(String(first.event_id), HASH);
    assert.deepEqual(first, {
      status: "accepted",
      event_id: first.event_id,
      retries: 0,
      recv_at: "2026-03-01T10:00:05.000Z",
    });
    assert.deepEqual(again, first);
    const dead = await call(warehouse.deployer, "SAFE_INSERT_EVENT(PARSE_JSON('5'))");
    assert.deepEqual(
      [dead.status, dead.event_id, dead.reason],
      ["dead_lettered", undefined, "payload is INTEGER; expected an OBJECT"],
    );
  });

  it("grant, deny and revoke: each an event by the caller, in force at once", async () => {
    const effect = () =>
      values(
        "SELECT PATTERN, EFFECT, SOURCE, MAX_ROWS, DECIDED_BY FROM CLAUDE_BI.MCP.CURRENT_PERMISSIONS WHERE USER_NAME = 'ANN' ORDER BY 1",
      );
    const granted = await call(
      admin,
      "GRANT_USER_PERMISSION(user_name => 'ann', action_pattern => 'order.*', max_rows => 50, reason => 'new')",
    );
    assert.match(String(granted.event_id), HASH);
    assert.deepEqual(
      { ...granted, event_id: 0 },
      { status: "granted", subject: "ANN", subject_type: "USER", pattern: "order.*", event_id: 0 },
    );
    assert.deepEqual(await effect(), [["order.*", "GRANT", "USER", 50, "BOSS"]]);
    await call(admin, "ADD_GROUP_MEMBER('SALES', 'ANN')");
    await call(
      admin,
      "GRANT_USER_PERMISSION(user_name => 'SALES', action_pattern => 'page.*', subject_type => 'GROUP')",
    );
    await call(
      admin,
      "DENY_USER_PERMISSION(user_name => 'SALES', action_pattern => 'order.*', subject_type => 'GROUP')",
    );
    assert.deepEqual(await effect(), [
      ["order.*", "DENY", "GROUP SALES", null, "BOSS"],
      ["page.*", "INHERIT", "GROUP SALES", null, "BOSS"],
    ]);
    await call(
      admin,
      "REVOKE_USER_PERMISSION(user_name => 'SALES', action_pattern => 'order.*', subject_type => 'GROUP')",
    );
    await call(admin, "REMOVE_GROUP_MEMBER('SALES', 'ANN')");
    assert.deepEqual(await effect(), [["order.*", "GRANT", "USER", 50, "BOSS"]]);
  });

  it("create a person with a one-time password that must be changed, told once and kept nowhere", async () => {
    const answer = await call(admin, "CREATE_MCP_USER('eve', 'eve@example.com')");
    const password = String(answer.one_time_password);
    assert.ok(password.length > 40);
    assert.deepEqual(
      { ...answer, one_time_password: 0, event_id: 0 },
      { status: "created", user: "EVE", role: NAMES.roles.user, login: "password", one_time_password: 0, event_id: 0 },
    );
    const again = await refusal(call(admin, "CREATE_MCP_USER('eve')"));
    assert.match(again, /already exists/);
    const kept = await warehouse.query(
      "SELECT PAYLOAD FROM CLAUDE_BI.LANDING.RAW_EVENTS WHERE _SOURCE_LANE = 'SYSTEM'",
    );
    assert.ok(!JSON.stringify(kept).includes(password));
    const another = await call(admin, "CREATE_MCP_USER('eve2')");
    assert.notEqual(another.one_time_password, password);
  });

  it("create a program with a key pair, which then logs in and may only ask", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const key = publicKey.replace(/-----[A-Z ]+-----|\s/g, "");
    const answer = await call(admin, "CREATE_MCP_USER('robot', NULL, ?)", [key]);
    assert.deepEqual([answer.login, answer.one_time_password], ["key_pair", undefined]);
    const robot = await warehouse.connect({
      username: "ROBOT",
      password: undefined as never,
      authenticator: "SNOWFLAKE_JWT",
      privateKey,
    });
    assert.deepEqual(await values("SELECT CURRENT_USER(), CURRENT_ROLE(), CURRENT_WAREHOUSE()", robot), [
      ["ROBOT", NAMES.roles.user, NAMES.warehouses.query],
    ]);
    assert.match(await refusal(warehouse.query("SELECT * FROM CLAUDE_BI.ACTIVITY.EVENTS", robot)), /not authorized/);
    assert.equal((await call(robot, "VALIDATE_QUERY_PLAN(PARSE_JSON('{}'))")).valid, false);
  });

  it("disable a user and enable it again", async () => {
    const disabled = async () => {
      const account = await warehouse.connect({ role: "ACCOUNTADMIN" });
      const rows = await warehouse.query("SHOW USERS LIKE 'ROBOT'", account);
      return rows[0]?.disabled;
    };
    assert.equal((await call(admin, "DISABLE_MCP_USER('robot')")).status, "disabled");
    assert.equal(await disabled(), "true");
    assert.equal((await call(admin, "ENABLE_MCP_USER('robot')")).status, "enabled");
    assert.equal(await disabled(), "false");
    assert.match(await refusal(call(admin, "DISABLE_MCP_USER('ADMIN')")), /not authorized|Insufficient privileges/);
  });

  it("refresh at once", async () => {
    const answer = await call(admin, "REFRESH_NOW()");
    assert.equal(answer.status, "refreshed");
    assert.deepEqual(await values("SELECT COUNT(*) > 0 FROM CLAUDE_BI.ACTIVITY.EVENTS"), [[true]]);
  });

  const landed = () => values("SELECT COUNT(*), MAX(_RECV_AT)::VARCHAR FROM CLAUDE_BI.LANDING.RAW_EVENTS");

  it("run the named edge cases, all of which pass, and leave nothing behind", async () => {
    const before = await landed();
    const cases = (await call(admin, "RUN_EDGE_CASE_TESTS()")) as unknown as { test_name: string; status: string }[];
    assert.ok(cases.length >= 12, `${cases.length} cases`);
    assert.deepEqual(
      cases.filter(({ status }) => status !== "PASS"),
      [],
    );
    assert.equal(new Set(cases.map(({ test_name }) => test_name)).size, cases.length);
    assert.deepEqual(await landed(), before);
  });

  it("measure inserts at a rate of their own and leave nothing behind", async () => {
    const before = await landed();
    const answer = await call(admin, "STRESS_TEST_INSERTS(2500, 1000)");
    assert.deepEqual([answer.events, answer.landed, answer.batches, answer.batch_size], [2500, 2500, 3, 1000]);
    const { seconds, events_per_second: rate } = answer as { seconds: number; events_per_second: number };
    assert.ok(seconds > 0 && Math.abs(rate - 2500 / seconds) <= 1, `${rate} in ${seconds}`);
    assert.deepEqual(await landed(), before);
  });
});
