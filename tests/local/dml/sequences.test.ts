import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, type Row, startServer } from "../support";

describe("Sequences, identity columns and defaults", () => {
  let server: LocalServer;
  let connection: Connection;
  const run = (sql: string): Promise<Row[]> => query(connection, sql);
  const rows = async (sql: string) => (await run(sql)).map((row) => Object.values(row));

  before(async () => {
    server = await startServer();
    connection = await connect(server);
    await run("CREATE DATABASE d");
    await run("CREATE WAREHOUSE w");
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  it("each occurrence of NEXTVAL gives values of its own, a subquery's column the same one twice", async () => {
    await run("CREATE OR REPLACE SEQUENCE seq1");
    const [[a, b]] = (await rows("SELECT seq1.NEXTVAL a, seq1.NEXTVAL b")) as [[number, number]];
    assert.deepEqual([a, b], [1, 2]);
    assert.deepEqual(await rows("SELECT r.a a, r.a b FROM (SELECT seq1.NEXTVAL a) r"), [[3, 3]]);
    assert.deepEqual(await rows("SELECT seq1.NEXTVAL FROM VALUES (1), (2), (3)"), [[4], [5], [6]]);
  });

  it("starts and steps as told, also downwards, and shows what comes next", async () => {
    await run("CREATE SEQUENCE down START = 10 INCREMENT = -5");
    assert.deepEqual(await rows("SELECT down.NEXTVAL FROM VALUES (1), (2), (3)"), [[10], [5], [0]]);
    const [shown] = await run("SHOW SEQUENCES LIKE 'down'");
    assert.deepEqual([shown?.next_value, shown?.interval], [-5, -5]);
    await run("ALTER SEQUENCE down SET INCREMENT 1");
    assert.deepEqual(await rows("SELECT down.NEXTVAL"), [[-5]]);
    assert.deepEqual(await rows("SELECT down.NEXTVAL"), [[-4]]);
  });

  it("a clone goes on where its original stands, each for itself", async () => {
    await run("CREATE OR REPLACE SEQUENCE origin START = 5 INCREMENT = 10 COMMENT = 'tens'");
    await run("SELECT origin.NEXTVAL FROM VALUES (1), (2)");
    assert.deepEqual(await rows("CREATE SEQUENCE copy CLONE origin"), [["Sequence COPY successfully created."]]);
    assert.deepEqual(await rows("SELECT copy.NEXTVAL AS a, origin.NEXTVAL AS b"), [[25, 25]]);
    assert.deepEqual(await rows("SELECT copy.NEXTVAL FROM VALUES (1), (2)"), [[35], [45]]);
    assert.deepEqual(await rows("SELECT origin.NEXTVAL"), [[35]]);
    const [shown] = await run("SHOW SEQUENCES LIKE 'copy'");
    assert.deepEqual([shown?.interval, shown?.comment], [10, "tens"]);
    await assert.rejects(run("CREATE SEQUENCE copy2 CLONE nowhere"), {
      message: "SQL compilation error:\nSequence 'D.PUBLIC.NOWHERE' does not exist or not authorized.",
    });
  });

  it("GETNEXTVAL joins one value to every row before it", async () => {
    await run("CREATE OR REPLACE SEQUENCE seq1");
    await run("CREATE OR REPLACE TABLE foo (n NUMBER) AS SELECT * FROM VALUES (100), (101)");
    assert.deepEqual(
      await rows("SELECT n, s.nextval AS a, s.nextval AS b FROM foo, TABLE(GETNEXTVAL(seq1)) s ORDER BY 1"),
      [
        [100, 1, 1],
        [101, 2, 2],
      ],
    );
  });

  it("a column default names a sequence; also in INSERT … SELECT, with DEFAULT, and in UPDATE", async () => {
    await run("CREATE OR REPLACE SEQUENCE seq1");
    await run("CREATE OR REPLACE TABLE foo (k NUMBER DEFAULT seq1.NEXTVAL NOT NULL, v NUMBER)");
    await run("INSERT INTO foo (v) VALUES (100)");
    await run("INSERT INTO foo VALUES (DEFAULT, 101)");
    await run("INSERT INTO foo (v) SELECT v FROM foo");
    await run("INSERT INTO foo VALUES (1000, 1001)");
    assert.deepEqual(await rows("SELECT * FROM foo ORDER BY k"), [
      [1, 100],
      [2, 101],
      [3, 100],
      [4, 101],
      [1000, 1001],
    ]);
    await run("UPDATE foo SET k = DEFAULT WHERE k = 1000");
    assert.deepEqual(await rows("SELECT MAX(k) FROM foo"), [[5]]);
    // The name in the default is one of the table's own schema.
    await run("CREATE SCHEMA other");
    await run("INSERT INTO d.public.foo (v) VALUES (7)");
    await run("USE SCHEMA public");
    assert.deepEqual(await rows("SELECT MAX(k) FROM foo"), [[6]]);
    await run("DROP SEQUENCE seq1");
    await assert.rejects(run("INSERT INTO foo (v) VALUES (8)"), { code: "002003" });
  });

  it("identity columns count on through INSERT, MERGE, array binds and rolled-back statements", async () => {
    await run(
      "CREATE OR REPLACE TABLE t (id INT NOT NULL AUTOINCREMENT START 10 INCREMENT 5, v VARCHAR, at DATE DEFAULT CURRENT_DATE())",
    );
    await run("INSERT INTO t (v) VALUES ('a'), ('b')");
    await query(connection, "INSERT INTO t (v) VALUES (?)", [["c"], ["d"]] as never);
    await run("MERGE INTO t USING (SELECT 'e' AS v) s ON t.v = s.v WHEN NOT MATCHED THEN INSERT (v) VALUES (s.v)");
    assert.deepEqual(await rows("SELECT id, v FROM t ORDER BY id"), [
      [10, "a"],
      [15, "b"],
      [20, "c"],
      [25, "d"],
      [30, "e"],
    ]);
    await run("BEGIN");
    await run("INSERT INTO t (v) VALUES ('gone')");
    await run("ROLLBACK");
    await run("INSERT INTO t (id, v) VALUES (DEFAULT, 'f'), (1, 'own')");
    assert.deepEqual(await rows("SELECT id > 30 FROM t WHERE v = 'f'"), [[true]]);
    assert.deepEqual(await rows("SELECT COUNT(*) FROM t WHERE at = CURRENT_DATE()"), [[7]]);
  });

  it("USAGE is needed", async () => {
    await run("CREATE OR REPLACE SEQUENCE seq1");
    await run("CREATE ROLE counter");
    await run("GRANT ROLE counter TO USER admin");
    await run("GRANT USAGE ON DATABASE d TO ROLE counter");
    await run("GRANT USAGE ON SCHEMA d.public TO ROLE counter");
    const guest = await connect(server, { role: "COUNTER", database: "D", schema: "PUBLIC" });
    await query(guest, "USE SECONDARY ROLES NONE");
    await assert.rejects(query(guest, "SELECT seq1.NEXTVAL"), { code: "002003" });
    await run("GRANT USAGE ON SEQUENCE seq1 TO ROLE counter");
    assert.deepEqual(await query(guest, "SELECT seq1.NEXTVAL AS n"), [{ N: 1 }]);
    await disconnect(guest);
  });

  it("values are never given twice over a restart", async () => {
    const data = mkdtempSync(join(tmpdir(), "sequences-test-"));
    const given: unknown[] = [];
    for (let life = 0; life < 2; life++) {
      const one = await startServer({ data });
      const own = await connect(one);
      if (life === 0) {
        await query(own, "CREATE DATABASE d");
        await query(own, "CREATE SEQUENCE s");
        await query(own, "CREATE TABLE t (id INT IDENTITY, v INT)");
        await query(own, "CREATE WAREHOUSE w");
      }
      await query(own, "USE SCHEMA d.public");
      given.push(...(await query(own, "SELECT s.NEXTVAL AS n")).map((row) => row.N));
      await query(own, "INSERT INTO t (v) VALUES (1)");
      if (life === 1) given.push((await query(own, "SELECT COUNT(DISTINCT id) AS n FROM t"))[0]?.N);
      await disconnect(own);
      await one.close();
    }
    rmSync(data, { recursive: true });
    assert.deepEqual(given, [1, 2, 2]);
  });
});
