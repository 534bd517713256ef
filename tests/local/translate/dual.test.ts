import assert from "node:assert/strict";
import snowflake, { type Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

describe("DUAL", () => {
  let server: LocalServer;
  let connection: Connection;
  before(async () => {
    snowflake.configure({ logLevel: "OFF" });
    server = await startServer();
    connection = await connect(server, { role: "ACCOUNTADMIN" });
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  const rows = async (sql: string) => (await query(connection, sql)).map((row) => Object.values(row));

  it("has one row, and needs no current database", async () => {
    assert.deepEqual(await rows("SELECT 1, 'a' FROM dual"), [[1, "a"]]);
    assert.deepEqual(await rows("SELECT COUNT(*) FROM DUAL"), [[1]]);
    assert.deepEqual(await rows("SELECT 1 FROM DUAL WHERE 1 = 0"), []);
  });

  it("stands wherever a table stands", async () => {
    await query(connection, "CREATE DATABASE D");
    await query(connection, "CREATE TABLE T (A INT)");
    await query(connection, "CREATE VIEW V AS SELECT 5 AS A FROM DUAL");
    await query(connection, "INSERT INTO T SELECT 7 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM T WHERE A = 7)");
    await query(
      connection,
      "MERGE INTO T USING (SELECT 8 AS A FROM DUAL D) S ON T.A = S.A WHEN NOT MATCHED THEN INSERT VALUES (S.A)",
    );
    assert.deepEqual(await rows("SELECT T.A + V.A FROM T, V, DUAL ORDER BY 1"), [[12], [13]]);
    assert.deepEqual(await rows("SELECT A FROM T WHERE EXISTS (SELECT 1 FROM DUAL) ORDER BY 1"), [[7], [8]]);
    assert.deepEqual(await rows("WITH DUAL AS (SELECT 3 AS A) SELECT * FROM DUAL"), [[3]]);
  });

  it("has columns that are not told: a star over it is refused by name", async () => {
    const message = "Unsupported feature '* over DUAL'.";
    for (const sql of ["SELECT * FROM DUAL", "SELECT D.* FROM DUAL D", "SELECT * FROM T, DUAL"])
      await assert.rejects(query(connection, sql), { message }, sql);
    assert.deepEqual(await rows("SELECT T.* FROM T, DUAL ORDER BY 1"), [[7], [8]]);
  });

  it("is no name with quotes in small letters, and none with a schema", async () => {
    for (const name of ['"dual"', "PUBLIC.DUAL"])
      await assert.rejects(query(connection, `SELECT 1 FROM ${name}`), /does not exist or not authorized/);
    await assert.rejects(query(connection, "SELECT 1 FROM DUAL AT (OFFSET => -1)"), {
      message: "Unsupported feature 'time travel on DUAL'.",
    });
  });

  it("gives way to a table of that name", async () => {
    const sql = "SELECT COUNT(*) FROM DUAL";
    for (let time = 0; time < 4; time++) assert.deepEqual(await rows(sql), [[1]]);
    await query(connection, "CREATE TABLE DUAL (A INT)");
    assert.deepEqual(await rows(sql), [[0]]);
    await query(connection, "DROP TABLE DUAL");
    assert.deepEqual(await rows(sql), [[1]]);
  });
});
