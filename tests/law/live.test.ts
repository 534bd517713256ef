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
      'TT07 grant of CREATE TABLE to ROLE "MCP_ADMIN_ROLE": Grants CREATE TABLE on schema MCP to role MCP_ADMIN_ROLE.',
      'TT07 grant of SYSADMIN to ROLE "MCP_ADMIN_ROLE": Grants the administrator role SYSADMIN to role MCP_ADMIN_ROLE.',
      "TT07 schema CLAUDE_BI.OPEN: The schema OPEN is created without managed access.",
      'TT08 grant of INSERT to ROLE "MCP_INGEST_ROLE": Grants INSERT on the landing table to MCP_INGEST_ROLE.',
      'TT08 grant of INSERT to ROLE "MCP_USER_ROLE": Grants INSERT on the landing table to MCP_USER_ROLE.',
      "TT09 warehouse DT_XS_WH: The warehouse is LARGE.",
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
