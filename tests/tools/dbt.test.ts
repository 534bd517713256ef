import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../local/index";
import { connect, disconnect, query, startServer } from "../local/support";
import { pythonWith, runTool } from "./support";

const PACKAGES = ["dbt-core~=1.10.0", "dbt-snowflake~=1.10.0"];

describe("dbt, unmodified", function () {
  this.timeout(600_000);
  let server: LocalServer;
  let admin: snowflake.Connection;
  let program: string;
  let project: string;

  before(async function () {
    const environment = await pythonWith("dbt", PACKAGES);
    if (typeof environment === "string") {
      console.log(`      skipped ${PACKAGES.join(", ")}: ${environment}`);
      this.skip();
    }
    program = join(environment.bin, "dbt");
    project = mkdtempSync(join(tmpdir(), "two-table-dbt-"));
    cpSync(join(__dirname, "dbt"), project, { recursive: true });
    server = await startServer();
    admin = await connect(server);
    await query(admin, "create database SHOP");
  });

  after(async () => {
    if (!server) return;
    await disconnect(admin);
    await server.close();
    rmSync(project, { recursive: true, force: true });
  });

  const dbt = (...args: string[]) =>
    runTool(server, program, ["--no-use-colors", ...args, "--profiles-dir", "."], project);
  const rows = async (sql: string) => (await query(admin, sql)).map((row) => Object.values(row).join(" "));

  it("debug finds its connection", async () => {
    assert.match(await dbt("debug"), /All checks passed!/);
  });

  it("seed loads a file", async () => {
    await dbt("seed");
    assert.deepEqual(await rows("select id, name, balance from SHOP.ANALYTICS.CUSTOMERS order by id"), [
      "1 Anna 10.5",
      "2 Bert ",
      "3 Cäsar, the third 7",
    ]);
  });

  it("run makes views, tables and incremental models, and makes them again", async () => {
    await dbt("run");
    assert.deepEqual(await rows("select name from SHOP.ANALYTICS.BIG order by 1"), ["Anna", "Cäsar, the third"]);
    const loaded = await rows("select id, loaded_at from SHOP.ANALYTICS.GROWN order by id");
    await dbt("run");
    const again = await rows("select id, loaded_at from SHOP.ANALYTICS.GROWN order by id");
    assert.equal(again.length, 3);
    assert.deepEqual(
      again.map((row, i) => row === loaded[i]),
      [true, false, false],
    );
  });

  it("test passes where data are right and fails where they are not", async () => {
    assert.match(await dbt("test"), /PASS=4 WARN=0 ERROR=0/);
    await query(admin, "insert into SHOP.ANALYTICS.CUSTOMERS select * from SHOP.ANALYTICS.CUSTOMERS where id = 1");
    await assert.rejects(dbt("test"), /Got 1 result, configured to fail if != 0/);
    await dbt("seed", "--full-refresh");
  });

  it("snapshot keeps what was", async () => {
    await dbt("snapshot");
    writeFileSync(
      join(project, "seeds", "customers.csv"),
      "id,name,since,balance\n1,Anna,2024-01-01,11.50\n2,Bert,2024-02-01,\n",
    );
    await dbt("seed", "--full-refresh");
    await dbt("snapshot");
    assert.deepEqual(
      await rows(
        "select id, balance, dbt_valid_to is null from SHOP.SNAPSHOTS.CUSTOMERS_SNAPSHOT where id = 1 order by dbt_valid_from",
      ),
      ["1 10.5 false", "1 11.5 true"],
    );
  });

  it("docs generate reads the catalogue", async () => {
    assert.match(await dbt("docs", "generate"), /Catalog written to/);
  });
});
