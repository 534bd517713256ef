import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { liveSources } from "../../cli/law/live/liveSources";
import { DEFAULT_SETTINGS, type Judgement, judge } from "../../law/index";
import { ADMIN_PASSWORD, query } from "../local/support";
import { NAMES, TestWarehouse } from "../sql/warehouse";

const ROOT = join(__dirname, "..", "..");

describe("the law on a live account", function () {
  this.timeout(120_000);
  let warehouse: TestWarehouse;

  const read = async (): Promise<Judgement & { unread: string[] }> => {
    const { sources, unread } = await liveSources((sqlText) => query(warehouse.deployer, sqlText), DEFAULT_SETTINGS);
    return { ...judge(sources, { settings: DEFAULT_SETTINGS, whole: true }), unread };
  };

  const told = async (): Promise<string[]> =>
    (await read()).findings.map(({ code, message, where }) => `${code} ${where.resource}: ${message}`).sort();

  const run = (sqlText: string) => query(warehouse.deployer, sqlText);

  before(async () => {
    warehouse = await TestWarehouse.start();
  });

  after(() => warehouse?.close());

  it("finds nothing in the warehouse as it is deployed, and reads all of it", async () => {
    const { findings, exceptions, remarks, unread } = await read();
    assert.deepEqual(unread, []);
    assert.deepEqual(findings, []);
    assert.deepEqual(
      exceptions.map(({ code, used, where }) => [code, used, where.resource]),
      [["TT10", true, "CLAUDE_BI.MCP.RUN_EDGE_CASE_TESTS"]],
    );
    assert.deepEqual(remarks, []);
  });

  const policy = (values: Record<string, string | null>) => ({
    POLICY_DB: "GOV",
    POLICY_SCHEMA: "P",
    POLICY_NAME: "HIDE",
    POLICY_KIND: "MASKING_POLICY",
    REF_COLUMN_NAME: null,
    TAG_NAME: null,
    ...values,
  });

  /** The warehouse as it is, with policies on the landing table, which the embedded server does not attach. */
  const withPolicies = async (answer: () => Record<string, unknown>[]) => {
    const { sources, unread, unseen } = await liveSources(
      async (sqlText) =>
        /POLICY_REFERENCES.*RAW_EVENTS/.test(sqlText) ? answer() : query(warehouse.deployer, sqlText),
      DEFAULT_SETTINGS,
    );
    const { findings } = judge(sources, { settings: DEFAULT_SETTINGS, whole: true });
    return {
      told: findings.map(({ code, message, where }) => `${code} ${where.resource}: ${message}`),
      unread,
      unseen,
    };
  };

  it("finds policies on the landing table, also those that come by a tag", async () => {
    const { told: found } = await withPolicies(() => [
      policy({ REF_COLUMN_NAME: "PAYLOAD" }),
      policy({ REF_COLUMN_NAME: "PAYLOAD", TAG_NAME: "PII" }),
      policy({ POLICY_KIND: "ROW_ACCESS_POLICY", POLICY_NAME: "ROWS", TAG_NAME: "PII" }),
      policy({ POLICY_KIND: "AGGREGATION_POLICY" }),
      policy({ POLICY_KIND: "STORAGE_LIFECYCLE_POLICY" }),
    ]);
    const of = "policy on CLAUDE_BI.LANDING.RAW_EVENTS would hide from the refresh what was received.";
    assert.deepEqual(found, [
      `TT03 policy HIDE on CLAUDE_BI.LANDING.RAW_EVENTS: A masking ${of}`,
      `TT03 policy HIDE on CLAUDE_BI.LANDING.RAW_EVENTS by the tag PII: A masking ${of}`,
      `TT03 policy ROWS on CLAUDE_BI.LANDING.RAW_EVENTS by the tag PII: A row access ${of}`,
      `TT03 policy HIDE on CLAUDE_BI.LANDING.RAW_EVENTS: An aggregation ${of}`,
      "TT03 policy HIDE on CLAUDE_BI.LANDING.RAW_EVENTS: A lifecycle policy would expire rows of CLAUDE_BI.LANDING.RAW_EVENTS.",
    ]);
  });

  it("says that a role does not see policies, and judges all else as a whole", async () => {
    const answer = await withPolicies(() => {
      throw new Error("Insufficient\nprivileges");
    });
    assert.deepEqual(answer, {
      told: [],
      unread: [],
      unseen: ["the policies on CLAUDE_BI.LANDING.RAW_EVENTS: Insufficient privileges"],
    });
  });

  it("finds what somebody did by hand", async () => {
    const administrator = await warehouse.connect({ role: "ACCOUNTADMIN" });
    await run("CREATE TRANSIENT TABLE CLAUDE_BI.MCP.COPY AS SELECT 1 AS A");
    await run(
      "CREATE DYNAMIC TABLE CLAUDE_BI.ACTIVITY.DAILY TARGET_LAG = '1 hour' WAREHOUSE = CLAUDE_WAREHOUSE AS SELECT ACTION FROM CLAUDE_BI.ACTIVITY.EVENTS",
    );
    await run("CREATE SCHEMA CLAUDE_BI.OPEN");
    await run("GRANT CREATE TABLE ON SCHEMA CLAUDE_BI.MCP TO ROLE MCP_ADMIN_ROLE");
    await run("GRANT INSERT ON TABLE CLAUDE_BI.LANDING.RAW_EVENTS TO ROLE MCP_INGEST_ROLE");
    await run("GRANT SELECT, INSERT ON FUTURE TABLES IN SCHEMA CLAUDE_BI.LANDING TO ROLE MCP_USER_ROLE");
    await run("ALTER TABLE CLAUDE_BI.LANDING.RAW_EVENTS SET DATA_RETENTION_TIME_IN_DAYS = 0");
    await run("ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS SUSPEND");
    await query(administrator, "ALTER WAREHOUSE DT_XS_WH SET WAREHOUSE_SIZE = LARGE");
    await query(administrator, "GRANT ROLE SYSADMIN TO ROLE MCP_ADMIN_ROLE");
    await run(
      "CREATE PROCEDURE CLAUDE_BI.MCP.SCRATCH() RETURNS INT LANGUAGE SQL AS $$BEGIN CREATE TABLE CLAUDE_BI.MCP.S (A INT); RETURN 1; END$$",
    );
    const third = ": CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.";
    assert.deepEqual(await told(), [
      `TT01 CLAUDE_BI.ACTIVITY.DAILY: Creates the dynamic table CLAUDE_BI.ACTIVITY.DAILY${third}`,
      `TT01 CLAUDE_BI.MCP.COPY: Creates the transient table CLAUDE_BI.MCP.COPY${third}`,
      `TT01 CLAUDE_BI.MCP.SCRATCH: Creates the table CLAUDE_BI.MCP.S${third} (in procedure CLAUDE_BI.MCP.SCRATCH)`,
      "TT03 CLAUDE_BI.LANDING.RAW_EVENTS: Sets the retention of CLAUDE_BI.LANDING.RAW_EVENTS to 0 days: no time travel, and no incremental refresh.",
      "TT04 CLAUDE_BI.ACTIVITY.EVENTS: Suspends the events table: nothing would be refreshed.",
      'TT07 grant of CREATE TABLE to ROLE "MCP_ADMIN_ROLE": Grants CREATE TABLE on schema CLAUDE_BI.MCP to role MCP_ADMIN_ROLE; only TWO_TABLE_DEPLOYER may have it.',
      'TT07 grant of SYSADMIN to ROLE "MCP_ADMIN_ROLE": Grants the administrator role SYSADMIN to role MCP_ADMIN_ROLE.',
      "TT07 schema CLAUDE_BI.OPEN: The schema OPEN is created without managed access.",
      'TT08 grant of INSERT to ROLE "MCP_INGEST_ROLE": Grants INSERT on the landing table to MCP_INGEST_ROLE.',
      'TT08 grant of INSERT to ROLE "MCP_USER_ROLE": Grants INSERT on the landing table to MCP_USER_ROLE.',
      "TT09 warehouse DT_XS_WH: The warehouse is LARGE; it must be X-Small.",
    ]);
  });

  it("says what it was not allowed to read", async () => {
    const person = await warehouse.person("READER", "user");
    const { unread } = await liveSources((sqlText) => query(person, sqlText), DEFAULT_SETTINGS);
    assert.ok(
      unread.some((line) => line.startsWith('SHOW GRANTS ON TABLE "CLAUDE_BI"."LANDING"."RAW_EVENTS": ')),
      unread.join("\n"),
    );
  });

  it("finds what can be done to settings, code, roles, users and columns", async () => {
    const administrator = await warehouse.connect({ role: "ACCOUNTADMIN" });
    const before = new Set(await told());
    for (const sqlText of [
      "CREATE TABLE CLAUDE_BI.MCP.LIKE_IT LIKE CLAUDE_BI.LANDING.RAW_EVENTS",
      "ALTER TABLE CLAUDE_BI.LANDING.RAW_EVENTS SET CHANGE_TRACKING = FALSE ENABLE_SCHEMA_EVOLUTION = TRUE",
      "ALTER SCHEMA CLAUDE_BI.LANDING SET DATA_RETENTION_TIME_IN_DAYS = 0",
      "ALTER SCHEMA CLAUDE_BI.MCP DISABLE MANAGED ACCESS",
      "ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS SET TARGET_LAG = '1 hour' WAREHOUSE = CLAUDE_WAREHOUSE",
      "GRANT OPERATE ON DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS TO ROLE MCP_USER_ROLE",
      "CREATE DATABASE ROLE CLAUDE_BI.BUILDERS",
      "GRANT CREATE SCHEMA ON DATABASE CLAUDE_BI TO DATABASE ROLE CLAUDE_BI.BUILDERS",
      "GRANT OWNERSHIP ON FUTURE TABLES IN SCHEMA CLAUDE_BI.MCP TO ROLE MCP_USER_ROLE",
      "GRANT UPDATE ON TABLE CLAUDE_BI.LANDING.RAW_EVENTS TO ROLE MCP_SERVICE_ROLE",
      "CREATE TASK CLAUDE_BI.MCP.NIGHTLY WAREHOUSE = DT_XS_WH SCHEDULE = '5 MINUTE' AS DELETE FROM CLAUDE_BI.LANDING.RAW_EVENTS",
      "CREATE ALERT CLAUDE_BI.MCP.CLEAN WAREHOUSE = CLAUDE_WAREHOUSE SCHEDULE = '5 MINUTE' IF (EXISTS (SELECT 1)) THEN TRUNCATE TABLE CLAUDE_BI.LANDING.RAW_EVENTS",
      "CREATE FUNCTION CLAUDE_BI.MCP.ONE() RETURNS VARCHAR LANGUAGE JAVASCRIPT AS 'return 1'",
      "CREATE PROCEDURE CLAUDE_BI.MCP.GRANT_ME() RETURNS INT LANGUAGE SQL AS $$BEGIN INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT OBJECT_CONSTRUCT('action', 'system.permission.granted'); RETURN 1; END$$",
      "ALTER TABLE CLAUDE_BI.LANDING.RAW_EVENTS DROP COLUMN _SOURCE_LANE",
    ])
      await run(sqlText);
    for (const sqlText of [
      "GRANT MANAGE GRANTS ON ACCOUNT TO ROLE MCP_USER_ROLE",
      "GRANT OPERATE ON WAREHOUSE DT_XS_WH TO ROLE MCP_USER_ROLE",
      "ALTER WAREHOUSE CLAUDE_WAREHOUSE SET AUTO_SUSPEND = 600",
      "ALTER USER ADMIN SET DEFAULT_WAREHOUSE = DT_XS_WH",
      "GRANT OWNERSHIP ON ROLE MCP_SERVICE_ROLE TO ROLE MCP_USER_ROLE COPY CURRENT GRANTS",
    ])
      await query(administrator, sqlText);
    const found = (await told()).filter((one) => !before.has(one));
    const user = 'to ROLE "MCP_USER_ROLE"';
    assert.deepEqual(found, [
      "TT01 CLAUDE_BI.MCP.LIKE_IT: Creates the table CLAUDE_BI.MCP.LIKE_IT: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
      "TT03 CLAUDE_BI.LANDING.RAW_EVENTS: Drops columns of CLAUDE_BI.LANDING.RAW_EVENTS.",
      "TT03 CLAUDE_BI.LANDING.RAW_EVENTS: Lets loads change the columns of CLAUDE_BI.LANDING.RAW_EVENTS: what they bring would lie beside PAYLOAD, where the events table does not look.",
      "TT03 CLAUDE_BI.LANDING.RAW_EVENTS: Switches change tracking of CLAUDE_BI.LANDING.RAW_EVENTS off; the events table is refreshed from it.",
      "TT03 CLAUDE_BI.MCP.CLEAN: Truncates CLAUDE_BI.LANDING.RAW_EVENTS, which is append-only. (in alert CLAUDE_BI.MCP.CLEAN)",
      "TT03 CLAUDE_BI.MCP.NIGHTLY: Deletes rows of CLAUDE_BI.LANDING.RAW_EVENTS, which is append-only. (in task CLAUDE_BI.MCP.NIGHTLY)",
      "TT03 schema CLAUDE_BI.LANDING: Sets the retention of the schema LANDING to 0 days: no time travel, and no incremental refresh.",
      "TT04 CLAUDE_BI.ACTIVITY.EVENTS: The lag of the events table is '1 hour'; it must be 60 seconds.",
      "TT04 CLAUDE_BI.ACTIVITY.EVENTS: WAREHOUSE of the events table is CLAUDE_WAREHOUSE; it refreshes on DT_XS_WH alone.",
      "TT06 CLAUDE_BI.MCP.ONE: The body of this function is JAVASCRIPT, which is not read here.",
      'TT07 grant of CREATE SCHEMA to DATABASE ROLE "BUILDERS": Grants CREATE SCHEMA on database CLAUDE_BI to database role BUILDERS; only TWO_TABLE_DEPLOYER may have it.',
      `TT07 grant of MANAGE GRANTS ${user}: Grants MANAGE GRANTS on the account to role MCP_USER_ROLE; only ACCOUNTADMIN and TWO_TABLE_DEPLOYER may have it.`,
      `TT07 grant of OPERATE ${user}: Grants OPERATE on dynamic table CLAUDE_BI.ACTIVITY.EVENTS to role MCP_USER_ROLE; only TWO_TABLE_DEPLOYER may have it.`,
      `TT07 grant of OWNERSHIP ${user}: Gives OWNERSHIP on future tables in schema CLAUDE_BI.MCP to role MCP_USER_ROLE.`,
      "TT07 schema CLAUDE_BI.MCP: The schema MCP is created without managed access.",
      `TT08 grant of OWNERSHIP ${user}: Gives OWNERSHIP of the service role MCP_SERVICE_ROLE to MCP_USER_ROLE, which may then grant it to anybody.`,
      'TT08 grant of UPDATE to ROLE "MCP_SERVICE_ROLE": Grants UPDATE on the landing table to MCP_SERVICE_ROLE.',
      "TT09 CLAUDE_BI.MCP.NIGHTLY: DT_XS_WH refreshes the events table and nothing else.",
      `TT09 grant of OPERATE ${user}: Grants OPERATE on DT_XS_WH: whoever has it can stop or change what refreshes the events table.`,
      "TT09 user ADMIN: DT_XS_WH refreshes the events table and nothing else.",
      "TT09 warehouse CLAUDE_WAREHOUSE: AUTO_SUSPEND is 600; at most 60 seconds are allowed.",
      "TT10 CLAUDE_BI.MCP.GRANT_ME: Writes the reserved action 'system.permission.granted' in GRANT_ME. (in procedure CLAUDE_BI.MCP.GRANT_ME)",
    ]);
  });

  it("is asked by npm run law -- --live", async () => {
    const { server } = warehouse;
    const env = {
      ...process.env,
      SNOWFLAKE_ACCOUNT: server.account,
      SNOWFLAKE_HOST: server.host,
      SNOWFLAKE_PORT: String(server.port),
      SNOWFLAKE_PROTOCOL: "http",
      SNOWFLAKE_USER: server.user,
      SNOWFLAKE_PASSWORD: ADMIN_PASSWORD,
      SNOWFLAKE_ROLE: NAMES.roles.deployer,
    };
    const args = ["--require", "ts-node/register/transpile-only", "cli/law.ts", "--live", "--format", "json"];
    const { code, stdout } = await new Promise<{ code: unknown; stdout: string }>((resolve) =>
      execFile(process.execPath, args, { cwd: ROOT, env }, (error, out) =>
        resolve({ code: error?.code ?? 0, stdout: out }),
      ),
    );
    const { findings } = await read();
    assert.deepEqual((JSON.parse(stdout) as Judgement).findings, JSON.parse(JSON.stringify(findings)));
    assert.equal(code, 1);
  });

  it("finds a table that is gone", async () => {
    await run("DROP DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS");
    const findings = await told();
    assert.ok(
      findings.some((one) => one.endsWith("The events table CLAUDE_BI.ACTIVITY.EVENTS is missing.")),
      findings.join("\n"),
    );
  });
});
