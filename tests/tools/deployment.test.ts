import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../local/index";
import { ADMIN_PASSWORD, connect, disconnect, query, startServer } from "../local/support";
import { facts, pythonWith, runTool } from "./support";

const PACKAGES = ["snowflake-cli==3.30.0", "schemachange==4.4.0", "snowflake-snowpark-python[pandas]==1.53.0"];

describe("Snowflake's own command line, schemachange and Snowpark, unmodified", function () {
  this.timeout(600_000);
  let server: LocalServer;
  let connection: Connection;
  let bin: string;
  let folder: string;

  before(async function () {
    const environment = await pythonWith("deployment", PACKAGES);
    if (typeof environment === "string") {
      console.log(`      skipped ${PACKAGES.join(", ")}: ${environment}`);
      this.skip();
    }
    bin = environment.bin;
    folder = mkdtempSync(join(tmpdir(), "deployment-test-"));
    server = await startServer();
    connection = await connect(server);
    for (const name of ["CLI", "CHANGES", "FRAMES"]) {
      await query(connection, `CREATE DATABASE ${name}`);
      await query(connection, `CREATE WAREHOUSE ${name}`);
    }
  });

  after(async () => {
    if (connection) await disconnect(connection);
    await server?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  const tool = (name: string, ...args: string[]) => runTool(server, join(bin, name), args, folder);

  const address = () => ({
    account: server.account,
    user: server.user,
    password: ADMIN_PASSWORD,
    host: server.host,
    port: server.port,
    protocol: "http",
    role: "ACCOUNTADMIN",
  });

  it("snow: tests a connection, runs SQL and lists, describes and drops objects", async () => {
    const connection = Object.entries({ ...address(), warehouse: "CLI", database: "CLI", schema: "PUBLIC" });
    const lines = connection.map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    writeFileSync(join(folder, "config.toml"), `[connections.local]\n${lines.join("\n")}\n`, { mode: 0o600 });
    const snow = async (...args: string[]) =>
      JSON.parse(await tool("snow", "--config-file", "config.toml", ...args, "-c", "local", "--format", "json"));
    assert.equal((await snow("connection", "test")).Status, "OK");
    assert.deepEqual(
      await snow("sql", "-q", "create table t (a int); insert into t values (1), (2); select * from t"),
      [[{ status: "Table T successfully created." }], [{ "number of rows inserted": 2 }], [{ A: 1 }, { A: 2 }]],
    );
    const [listed] = await snow("object", "list", "table", "--like", "T");
    assert.deepEqual([listed.name, listed.rows, listed.owner], ["T", 2, "ACCOUNTADMIN"]);
    assert.equal((await snow("object", "describe", "table", "T"))[0].type, "NUMBER(38,0)");
    assert.deepEqual(await snow("object", "drop", "table", "T"), [{ status: "T successfully dropped." }]);
  });

  it("snow: brings scripts into a stage and executes them there", async () => {
    const snow = async (...args: string[]) =>
      JSON.parse(
        await tool("snow", "--config-file", "config.toml", "stage", ...args, "-c", "local", "--format", "json"),
      );
    mkdirSync(join(folder, "scripts"));
    writeFileSync(join(folder, "scripts", "a.sql"), "create table made (a int);\nexecute immediate from './b.sql';\n");
    writeFileSync(join(folder, "scripts", "b.sql"), "insert into made values (1);\n");
    await snow("create", "code");
    await snow("copy", "scripts", "@code/scripts");
    const files = (await snow("list-files", "@code")) as { name: string }[];
    assert.deepEqual(files.map(({ name }) => name).sort(), ["code/scripts/a.sql", "code/scripts/b.sql"]);
    const [executed] = await snow("execute", "@code/scripts/a.sql", "--silent");
    assert.deepEqual([executed.File, executed.Status], ["@code/scripts/a.sql", "SUCCESS"]);
    assert.deepEqual(await query(connection, "SELECT * FROM CLI.PUBLIC.MADE"), [{ A: 1 }]);
  });

  it("schemachange: applies what is new, and only that, and notes it", async () => {
    const change = (name: string, text: string) => writeFileSync(join(folder, name), text);
    const settings = Object.entries({ ...address(), warehouse: "CHANGES", database: "CHANGES", schema: "PUBLIC" });
    change(
      "schemachange-config.yml",
      `config-version: 2
schemachange:
  root-folder: .
  create-change-history-table: true
  change-history-table: CHANGES.PUBLIC.HISTORY
snowflake:
${settings.map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`).join("\n")}
`,
    );
    change(
      "V1.0.0__orders.sql",
      "create table orders (id int, note varchar);\ninsert into orders values (1, 'a;b');\n",
    );
    change(
      "V1.1.0__add.sql",
      "create procedure add_order(n int) returns int language sql as\n$$\nbegin\n  return n;\nend;\n$$;\n",
    );
    change("R__ids.sql", "create or replace view ids as select id from {{ 'orders' }};\n");
    for (let round = 0; round < 2; round++) await tool("schemachange", "deploy");
    assert.deepEqual(await query(connection, "SELECT script, status FROM CHANGES.PUBLIC.HISTORY"), [
      { SCRIPT: "V1.0.0__orders.sql", STATUS: "Success" },
      { SCRIPT: "V1.1.0__add.sql", STATUS: "Success" },
      { SCRIPT: "R__ids.sql", STATUS: "Success" },
    ]);
    assert.deepEqual(await query(connection, "SELECT id FROM CHANGES.PUBLIC.IDS"), [{ ID: 1 }]);
  });

  it("Snowpark: data frames that read, write, join, merge, load and unload", async () => {
    assert.deepEqual(facts(await tool("python", join(__dirname, "python", "snowpark.py"))), {
      schema: ["LongType()", "StringType()", "DoubleType()"],
      count: 6,
      groups: [
        ["a", 5, 2],
        ["b", 7, 2],
        [null, null, 2],
      ],
      window: [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
        [3, 1],
        [3, 2],
      ],
      join: 6,
      pivot: [[5, 7]],
      updated: 2,
      deleted: 2,
      merged: [1, 4],
      pandas: [5, 3],
      written: [
        [1, "x"],
        [2, "y"],
      ],
      read: [[1, "a"]],
      unloaded: 5,
      view: "B",
      called: "waited 0 seconds",
    });
  });
});
