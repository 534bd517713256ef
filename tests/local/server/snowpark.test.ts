import assert from "node:assert/strict";
import type { LocalServer } from "../../../local/index";
import { startServer } from "../support";
import { WireClient } from "./wire";

/** What Snowpark sends besides SQL. Source: _internal/server_connection.py of snowpark-python */
describe("requests of Snowpark", () => {
  let server: LocalServer;
  let client: WireClient;
  const keeping = { parameters: { SNOWPARK_SKIP_TXN_COMMIT_IN_DDL: true } };
  const transaction = async () =>
    (await client.query("SELECT CURRENT_TRANSACTION()")).data.rowset[0][0] as string | null;

  before(async () => {
    server = await startServer();
    client = new WireClient(server);
    await client.login();
    for (const sql of ["CREATE DATABASE D", "CREATE TABLE D.PUBLIC.T (A INT)", "INSERT INTO D.PUBLIC.T VALUES (1)"])
      await client.query(sql);
  });

  after(() => server.close());

  it("make temporary tables in a transaction that has only read, without ending it", async () => {
    await client.query("BEGIN");
    const open = await transaction();
    const made = await client.query("CREATE TEMPORARY TABLE D.PUBLIC.KEPT AS SELECT * FROM D.PUBLIC.T", keeping);
    assert.equal(made.success, true);
    assert.equal(await transaction(), open);
    await client.query("INSERT INTO D.PUBLIC.KEPT VALUES (2)");
    await client.query("ROLLBACK");
    assert.equal(await transaction(), null);
    assert.deepEqual((await client.query("SELECT A FROM D.PUBLIC.KEPT")).data.rowset, [["1"]]);
  });

  it("are refused where the temporary table would have to see changes that are not committed", async () => {
    await client.query("BEGIN");
    await client.query("INSERT INTO D.PUBLIC.T VALUES (2)");
    const refused = await client.query("CREATE TEMPORARY TABLE D.PUBLIC.LATE AS SELECT * FROM D.PUBLIC.T", keeping);
    assert.equal(
      refused.message,
      "Unsupported feature 'SNOWPARK_SKIP_TXN_COMMIT_IN_DDL in a transaction with changes'.",
    );
    assert.notEqual(await transaction(), null);
    await client.query("ROLLBACK");
  });

  it("commit by DDL where they do not say otherwise", async () => {
    await client.query("BEGIN");
    await client.query("CREATE OR REPLACE TEMPORARY TABLE D.PUBLIC.OTHER (A INT)");
    assert.equal(await transaction(), null);
  });

  it("bind values of the text that EXECUTE IMMEDIATE runs", async () => {
    const bindings = { "1": { type: "FIXED", value: "7" } };
    const { data } = await client.query("EXECUTE IMMEDIATE $$ SELECT ? + 1 AS X $$", { bindings });
    assert.deepEqual(data.rowset, [["8"]]);
    const unset = await client.query("EXECUTE IMMEDIATE $$ SELECT ? AS X $$");
    assert.equal(unset.message, "SQL compilation error: error line 1 at position 8\nBind variable ? not set.");
  });
});
