import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Connection } from "snowflake-sdk";
import type { NamedResult } from "../../cli/checks/check";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import { ACCOUNT_ROLE, bootstrapSql, creditCapSql } from "../../cli/setup/bootstrapSql";
import { ensureKeyPair } from "../../cli/setup/keyPair";
import { LocalStack } from "../../cli/stack/localStack";
import type { WarehouseOutputs } from "../../components/outputs";
import type { LocalServer } from "../../local/index";
import { runPulumi } from "../../toolchain/index";
import { connect, disconnect, query, startServer } from "../local/support";

const EVENTS = 50;
const PASSPHRASE = "only-for-this-test";

/** A copy of the program, so that its query can be edited as somebody would. */
function copyOfProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), "two-table-program-"));
  for (const part of ["index.ts", "components", "sql", "dialect", "tsconfig.json", "package.json"]) {
    cpSync(join(PROJECT_ROOT, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(PROJECT_ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** `npm run validate -- --json` */
function validate(env: Record<string, string>): Promise<{ code: number; results: NamedResult[] }> {
  const program = ["--require", "ts-node/register/transpile-only", join(PROJECT_ROOT, "cli", "validate.ts"), "--json"];
  return new Promise((resolve) => {
    execFile(process.execPath, program, { env: { ...process.env, ...env } }, (error, stdout) =>
      resolve({ code: error ? Number(error.code) : 0, results: JSON.parse(stdout) as NamedResult[] }),
    );
  });
}

/** The one dynamic table as SHOW tells it, its rows, and how its refreshes ended. */
async function eventsTable(session: Connection, { database, tables }: WarehouseOutputs) {
  const [shown] = await query(session, `SHOW DYNAMIC TABLES IN DATABASE ${database}`);
  const rows = await query(session, `SELECT ACTION, COUNT(*) AS N FROM ${tables.events} GROUP BY 1 ORDER BY 1`);
  return { lag: shown?.target_lag, mode: shown?.refresh_mode, rows: rows.map((row) => [row.ACTION, Number(row.N)]) };
}

describe("The stack's life on the embedded server, with events in it, deployed by a role of few privileges", function () {
  this.timeout(600_000);
  let server: LocalServer;
  let session: Connection;
  let stack: LocalStack;
  let outputs: WarehouseOutputs;
  let deployer: { user: string; privateKey: string };
  const program = copyOfProgram();
  const folder = mkdtempSync(join(tmpdir(), "two-table-stack-"));

  before(async () => {
    server = await startServer();
    const { port } = server;
    const { privateKey, publicKey } = await ensureKeyPair(join(folder, "deployer.p8"));
    deployer = { user: "TWO_TABLE_DEPLOY", privateKey };
    const administrator = await connect(server, { role: "ACCOUNTADMIN" });
    for (const statement of bootstrapSql({ user: deployer.user, publicKey, accountRole: ACCOUNT_ROLE }).split("\n"))
      await query(administrator, statement);
    const settings = { ...deployer, accountRole: ACCOUNT_ROLE, creditMonitor: "none" };
    stack = new LocalStack({
      folder,
      passphrase: PASSPHRASE,
      port,
      program,
      settings,
    });
    await stack.up();
    outputs = await stack.outputs();
    const warehouses = Object.values(outputs.warehouses);
    for (const statement of creditCapSql("CLAUDE_BI_CREDITS", warehouses, 20).split("\n"))
      await query(administrator, statement);
    await stack.set("creditMonitor", "attached");
    await stack.refresh();
    await query(administrator, `GRANT ROLE ${outputs.roles.deployer} TO USER ${server.user}`);
    await disconnect(administrator);
    session = await connect(server, { role: outputs.roles.deployer, warehouse: outputs.warehouses.query });
    await query(
      session,
      `INSERT INTO ${outputs.tables.rawEvents} (PAYLOAD)
       SELECT OBJECT_CONSTRUCT('action', 'thing.seen', 'actor_id', 'a' || SEQ4(), 'occurred_at', '2026-03-01T10:00:00Z')
       FROM TABLE(GENERATOR(ROWCOUNT => ${EVENTS}))`,
    );
    await query(session, `ALTER DYNAMIC TABLE ${outputs.tables.events} REFRESH`);
  });
  after(async () => {
    await disconnect(session);
    await server.close();
    for (const path of [folder, program]) rmSync(path, { recursive: true, force: true });
  });

  const held = async () => {
    const { rows } = await eventsTable(session, outputs);
    return rows.find(([action]) => action === "thing.seen")?.[1];
  };

  /** How often everything was read anew; creating the table is the first time. */
  const readAnew = async () => {
    const { database, tables } = outputs;
    const history = `${database}.INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => '${tables.events}')`;
    const [row] = await query(session, `SELECT COUNT_IF(REFRESH_ACTION = 'REINITIALIZE') AS N FROM TABLE(${history})`);
    return Number(row?.N);
  };

  it("a second update and a refresh have nothing to do", async () => {
    await stack.upWithoutChange();
    await stack.refreshWithoutChange();
    assert.equal(await held(), EVENTS);
  });

  it("npm run validate finds everything in order, and names what is not", async () => {
    const env = {
      SNOWFLAKE_ACCOUNT: outputs.account.account,
      SNOWFLAKE_HOST: server.host,
      SNOWFLAKE_PORT: String(server.port),
      SNOWFLAKE_PROTOCOL: "http",
      SNOWFLAKE_ACCOUNT_ROLE: ACCOUNT_ROLE,
      SNOWFLAKE_USER: deployer.user,
      SNOWFLAKE_PRIVATE_KEY: deployer.privateKey,
    };
    const sound = await validate(env);
    assert.deepEqual(
      sound.results.map(({ name, state }) => `${name}: ${state}`),
      ["settings: ok", "connection: ok", "roles: ok", "objects: ok", "credits: ok", "law: ok", "refresh: ok"],
      JSON.stringify(sound.results),
    );
    assert.equal(sound.code, 0);
    await query(session, `ALTER DYNAMIC TABLE ${outputs.tables.events} SUSPEND`);
    const suspended = await validate(env);
    await query(session, `ALTER DYNAMIC TABLE ${outputs.tables.events} RESUME`);
    const { state, found, todo } = suspended.results.at(-1) as NamedResult;
    assert.deepEqual([suspended.code, state], [1, "failed"]);
    assert.match(found, /^SUSPENDED: /);
    assert.equal(todo, `Mend the cause, then: ALTER DYNAMIC TABLE ${outputs.tables.events} RESUME;`);
    const { code, results } = await validate({ ...env, SNOWFLAKE_PRIVATE_KEY: "", SNOWFLAKE_PASSWORD: "wrong" });
    assert.equal(code, 1);
    assert.match(results[1]?.found ?? "", /^390100.*Incorrect username or password was specified\.$/);
  });

  it("another program reads its outputs by a StackReference (examples/second-stack)", async () => {
    const second = mkdtempSync(join(tmpdir(), "two-table-second-"));
    cpSync(join(PROJECT_ROOT, "examples", "second-stack"), second, { recursive: true });
    symlinkSync(join(PROJECT_ROOT, "node_modules"), join(second, "node_modules"));
    const env = {
      PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
      PULUMI_CREDENTIALS_PATH: join(folder, "credentials"),
    };
    const pulumi = (...args: string[]) => runPulumi([...args, "--stack", "app"], { cwd: second, env });
    try {
      await runPulumi(["stack", "init", "app"], { cwd: second, env });
      await pulumi("config", "set", "warehouseStack", "organization/two-table-warehouse/local");
      await pulumi("up", "--yes", "--skip-preview");
      const { stdout } = await pulumi("stack", "output", "producer", "--json");
      assert.deepEqual(JSON.parse(stdout), {
        url: `http://127.0.0.1:${server.port}`,
        role: "MCP_INGEST_ROLE",
        procedure: "CLAUDE_BI.MCP.INGEST_EVENTS",
      });
    } finally {
      rmSync(second, { recursive: true, force: true });
    }
  });

  it("another lag is set in place: not a row is lost, and no refresh reads them anew", async () => {
    const before = await readAnew();
    await stack.set("targetLag", "2 minutes");
    await stack.up();
    const { lag, mode } = await eventsTable(session, outputs);
    assert.deepEqual([lag, mode, await held()], ["2 minutes", "INCREMENTAL", EVENTS]);
    assert.equal(await readAnew(), before);
    await stack.upWithoutChange();
  });

  it("another query reads everything anew, and a reader finds the old rows or the new ones, never none", async () => {
    const file = join(program, "sql", "fragments", "deduplicated_events.sql");
    const original = readFileSync(file, "utf8");
    const edited = original.replace(/count\(\*\) as _copies/i, "count(*) + 100 as _copies");
    assert.notEqual(edited, original);
    writeFileSync(file, edited);
    const reader = await connect(server, { role: outputs.roles.deployer, warehouse: outputs.warehouses.query });
    let done = false;
    const seen = new Set<unknown>();
    const reading = (async () => {
      while (!done) {
        const [row] = await query(reader, `SELECT COUNT_IF(ACTION = 'thing.seen') AS N FROM ${outputs.tables.events}`);
        seen.add(Number(row?.N));
        await sleep(20);
      }
    })();
    const before = await readAnew();
    await stack.up();
    done = true;
    await reading;
    await disconnect(reader);
    assert.deepEqual([...seen], [EVENTS]);
    assert.equal(await readAnew(), before + 1);
    const copies = await query(
      session,
      `SELECT DISTINCT _COPIES FROM ${outputs.tables.events} WHERE ACTION = 'thing.seen'`,
    );
    assert.deepEqual(copies, [{ _COPIES: 101 }]);
    writeFileSync(file, original);
  });

  it("destroy leaves nothing", async () => {
    await stack.destroy();
    const admin = await connect(server, { role: "ACCOUNTADMIN" });
    assert.deepEqual(await query(admin, `SHOW DATABASES LIKE '${outputs.database}'`), []);
    assert.deepEqual(await query(admin, `SHOW WAREHOUSES LIKE '${outputs.warehouses.refresh}'`), []);
    await disconnect(admin);
  });
});
