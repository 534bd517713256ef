import assert from "node:assert/strict";
import { type ChildProcess, type ExecFileOptions, execFile, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import { outputsOn } from "../../cli/warehouse/ingestPath";
import { ADMIN_PASSWORD } from "../local/support";
import { TestWarehouse } from "../sql/warehouse";
import { pythonWith } from "../tools/support";

/** Beside the server, which lives in this process. */
const run = async (command: string, args: string[], options: ExecFileOptions) =>
  String((await promisify(execFile)(command, args, { ...options, encoding: "utf8" })).stdout);

const EXAMPLES = join(PROJECT_ROOT, "examples");

describe("The examples, as their README says", function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), "two-table-examples-"));
  const outputsFile = join(folder, "outputs.json");
  let warehouse: TestWarehouse;
  let service: ChildProcess | undefined;
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    warehouse = await TestWarehouse.start();
    const { server } = warehouse;
    const outputs = outputsOn(server);
    writeFileSync(outputsFile, JSON.stringify(outputs));
    environment = {
      ...process.env,
      WAREHOUSE_OUTPUTS: outputsFile,
      SNOWFLAKE_USER: server.user,
      SNOWFLAKE_PASSWORD: ADMIN_PASSWORD,
    };
  });
  after(async () => {
    service?.kill("SIGKILL");
    await warehouse.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("node-service acknowledges orders, and they are in EVENTS", async () => {
    await run("npm", ["run", "--silent", "build"], { cwd: PROJECT_ROOT });
    service = spawn(process.execPath, [join(EXAMPLES, "node-service", "service.mjs")], {
      env: { ...environment, PORT: "0", SPOOL: join(folder, "spool") },
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const running = service;
    const url = await new Promise<string>((resolve) =>
      createInterface({ input: running.stdout as NodeJS.ReadableStream }).once("line", resolve),
    );
    const post = (body: object) => fetch(`${url}/orders`, { method: "POST", body: JSON.stringify(body) });
    for (const [customer, order, total] of [
      ["ann", "o1", 12.5],
      ["ann", "o2", 3],
      ["bob", "o3", 7],
    ]) {
      const answer = await post({ customer, order, total });
      assert.equal(answer.status, 202);
      assert.equal(((await answer.json()) as { status: string }).status, "accepted");
    }
    assert.equal((await fetch(`${url}/orders`, { method: "POST", body: "no json" })).status, 400);
    const ended = new Promise((resolve) => running.once("exit", (_code, signal) => resolve(signal)));
    const landed = () => warehouse.query("SELECT 1 FROM CLAUDE_BI.LANDING.RAW_EVENTS WHERE _SOURCE_LANE = 'SHOP'");
    while ((await landed()).length < 3) await sleep(50);
    running.kill("SIGTERM");
    assert.equal(await ended, "SIGTERM");
    await warehouse.refresh();
    const events = await warehouse.query(
      "SELECT ACTOR_ID, OBJECT_ID FROM CLAUDE_BI.ACTIVITY.EVENTS ORDER BY OBJECT_ID",
    );
    assert.deepEqual(
      events.map((row) => Object.values(row)),
      [
        ["ann", "o1"],
        ["ann", "o2"],
        ["bob", "o3"],
      ],
    );
  });

  it("python-reader prints the stream", async function () {
    const python = await pythonWith("connector", ["snowflake-connector-python==5.2.0", "snowflake-sqlalchemy==2.1.0"]);
    if (typeof python === "string") {
      console.log(`      skipped: ${python}`);
      this.skip();
    }
    const script = join(EXAMPLES, "python-reader", "read_stream.py");
    const said = await run(join(python.bin, "python"), [script], { env: environment });
    assert.equal(said, "order.placed\t3\tann\n");
  });

  it("dbt builds views on the stream and tests them", async function () {
    const dbt = await pythonWith("dbt", ["dbt-core~=1.10.0", "dbt-snowflake~=1.10.0"]);
    if (typeof dbt === "string") {
      console.log(`      skipped: ${dbt}`);
      this.skip();
    }
    const project = join(folder, "dbt");
    cpSync(join(EXAMPLES, "dbt"), project, { recursive: true });
    const account = await warehouse.connect({ role: "ACCOUNTADMIN" });
    await warehouse.query("CREATE DATABASE REPORTS", account);
    await warehouse.query("GRANT OWNERSHIP ON DATABASE REPORTS TO ROLE MCP_ADMIN_ROLE", account);
    const { server } = warehouse;
    const said = await run(join(dbt.bin, "dbt"), ["--no-use-colors", "build", "--profiles-dir", "."], {
      cwd: project,
      env: {
        ...environment,
        SNOWFLAKE_ACCOUNT: server.account,
        SNOWFLAKE_HOST: server.host,
        SNOWFLAKE_PORT: String(server.port),
        SNOWFLAKE_PROTOCOL: "http",
        SNOWFLAKE_ROLE: "MCP_ADMIN_ROLE",
        DO_NOT_TRACK: "1",
      },
    });
    assert.match(said, /Completed successfully/);
    const reader = await warehouse.connect({ role: "MCP_ADMIN_ROLE", warehouse: "CLAUDE_WAREHOUSE" });
    const rows = await warehouse.query(
      "SELECT CUSTOMER, FIRST_TOTAL FROM REPORTS.ACTIVITY.FIRST_ORDERS ORDER BY 1",
      reader,
    );
    assert.deepEqual(
      rows.map((row) => Object.values(row).map(String)),
      [
        ["ann", "12.5"],
        ["bob", "7"],
      ],
    );
  });
});
