import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, execute, query, type Row, startServer } from "../support";

describe("MERGE", () => {
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
  beforeEach(async () => {
    await run("CREATE OR REPLACE TABLE t (id INT, val INT, status VARCHAR)");
    await run("INSERT INTO t VALUES (1, 10, 'Production'), (2, 20, 'Alpha'), (3, 30, 'Production')");
    await run("CREATE OR REPLACE TABLE s (id INT, marked VARCHAR, isnew INT, newval INT, newstatus VARCHAR)");
    await run(
      "INSERT INTO s VALUES (1, 'Y', 0, 10, 'Production'), (2, 'N', 1, 50, 'Beta'), (3, 'N', 0, 60, 'Deprecated'), (4, 'N', 0, 40, 'Production')",
    );
  });

  it("deletes, updates and inserts by the first clause that holds, and counts each kind", async () => {
    const { rows: counts, statement } = await execute(
      connection,
      `MERGE INTO t USING s ON t.id = s.id
         WHEN MATCHED AND s.marked = 'Y' THEN DELETE
         WHEN MATCHED AND s.isnew = 1 THEN UPDATE SET val = s.newval, status = s.newstatus
         WHEN MATCHED THEN UPDATE SET t.val = s.newval
         WHEN NOT MATCHED THEN INSERT (id, val, status) VALUES (s.id, s.newval, s.newstatus)`,
    );
    assert.deepEqual(counts, [
      { "number of rows inserted": 1, "number of rows updated": 2, "number of rows deleted": 1 },
    ]);
    assert.equal(statement.getNumUpdatedRows(), 4);
    assert.deepEqual(await rows("SELECT * FROM t ORDER BY id"), [
      [2, 50, "Beta"],
      [3, 60, "Production"],
      [4, 40, "Production"],
    ]);
  });

  it("says zero, not NULL, when nothing happened, and only the kinds it has", async () => {
    assert.deepEqual(await run("MERGE INTO t USING s ON t.id = s.id + 100 WHEN MATCHED THEN DELETE"), [
      { "number of rows deleted": 0 },
    ]);
  });

  it("is compiled as a whole before a row of its source is read", async () => {
    const over = (clauses: string, on = "t.id = z.id") =>
      `MERGE INTO t USING (SELECT 1 / 0 AS id) z ON ${on} ${clauses}`;
    for (const [sql, message] of [
      [over("WHEN MATCHED THEN DELETE", "t.id = z.nope"), /invalid identifier 'Z.NOPE'/],
      [over("WHEN MATCHED AND nope = 1 THEN DELETE"), /invalid identifier 'NOPE'/],
      [over("WHEN MATCHED THEN UPDATE SET nope = 1"), /invalid identifier 'NOPE'/],
      [over("WHEN MATCHED THEN UPDATE SET val = nope"), /invalid identifier 'NOPE'/],
      [
        over("WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id, nope) VALUES (1, 2)"),
        /invalid identifier 'NOPE'/,
      ],
      [over("WHEN NOT MATCHED THEN INSERT (id) VALUES (1, 2)"), /Insert value list does not match column list/],
      [over("WHEN NOT MATCHED THEN INSERT (id, id) VALUES (1, 2)"), /duplicate column name 'ID'/],
      [over("WHEN MATCHED THEN DELETE"), /Division by zero/],
    ] as const) {
      await assert.rejects(run(sql), message, sql);
    }
  });

  it("takes a subquery with an alias, an alias of the target, and conditions on rows that do not match", async () => {
    await run(`MERGE INTO t AS x USING (SELECT id, SUM(newval) AS v FROM s GROUP BY id) y ON x.id = y.id AND y.id <> 3
      WHEN MATCHED THEN UPDATE SET val = x.val + y.v
      WHEN NOT MATCHED AND y.v > 50 THEN INSERT VALUES (y.id, y.v, 'big')
      WHEN NOT MATCHED THEN INSERT (id) VALUES (y.id)`);
    assert.deepEqual(await rows("SELECT * FROM t ORDER BY id, val"), [
      [1, 20, "Production"],
      [2, 70, "Alpha"],
      [3, 30, "Production"],
      [3, 60, "big"],
      [4, null, null],
    ]);
  });

  it("ALL BY NAME matches columns by name in any order and refuses other columns", async () => {
    await run(
      "CREATE OR REPLACE TABLE b (status VARCHAR, id INT, val INT) AS SELECT 'new', 3, 33 UNION ALL SELECT 'add', 9, 99",
    );
    assert.deepEqual(
      await run(
        "MERGE INTO t USING b ON t.id = b.id WHEN MATCHED THEN UPDATE ALL BY NAME WHEN NOT MATCHED THEN INSERT ALL BY NAME",
      ),
      [{ "number of rows inserted": 1, "number of rows updated": 1 }],
    );
    assert.deepEqual(await rows("SELECT * FROM t WHERE id IN (3, 9) ORDER BY id"), [
      [3, 33, "new"],
      [9, 99, "add"],
    ]);
    await assert.rejects(run("MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE ALL BY NAME"), {
      message:
        "SQL compilation error:\nALL BY NAME expects the source to have the columns of the target: ID, VAL, STATUS; found: ID, MARKED, ISNEW, NEWVAL, NEWSTATUS.",
    });
  });

  it("two source rows for one target row are an error that shows the row, unless the session allows it", async () => {
    const sql = `MERGE INTO t USING (SELECT 1 AS id, column1 AS v FROM VALUES (7), (8)) x ON t.id = x.id
      WHEN MATCHED THEN UPDATE SET val = x.v`;
    await assert.rejects(run(sql), {
      code: "100090",
      sqlState: "42P18",
      message: 'Duplicate row detected during DML action\nRow Values: [1, 10, "Production"]',
    });
    assert.deepEqual(await rows("SELECT val FROM t WHERE id = 1"), [[10]]);
    await run("ALTER SESSION SET ERROR_ON_NONDETERMINISTIC_MERGE = FALSE");
    assert.deepEqual(await run(sql), [{ "number of rows updated": 1 }]);
    const [[value]] = (await rows("SELECT val FROM t WHERE id = 1")) as [[number]];
    assert.ok([7, 8].includes(value));
    await run("ALTER SESSION UNSET ERROR_ON_NONDETERMINISTIC_MERGE");
  });

  it("is deterministic when several source rows delete a row, or only one of them meets a clause", async () => {
    const source = "(SELECT 1 AS id, column1 AS v FROM VALUES (7), (8))";
    await run(`MERGE INTO t USING ${source} x ON t.id = x.id WHEN MATCHED AND x.v = 8 THEN UPDATE SET val = x.v`);
    assert.deepEqual(await rows("SELECT val FROM t WHERE id = 1"), [[8]]);
    assert.deepEqual(await run(`MERGE INTO t USING ${source} x ON t.id = x.id WHEN MATCHED THEN DELETE`), [
      { "number of rows deleted": 1 },
    ]);
    await assert.rejects(
      run(
        `MERGE INTO t USING (SELECT 2 AS id, column1 AS v FROM VALUES (7), (8)) x ON t.id = x.id
          WHEN MATCHED AND x.v = 8 THEN UPDATE SET val = x.v WHEN MATCHED THEN DELETE`,
      ),
      { code: "100090" },
    );
  });

  it("inserts source rows that do not match as often as they are there", async () => {
    await run(
      "MERGE INTO t USING (SELECT 5 AS id FROM VALUES (1), (2)) x ON t.id = x.id WHEN NOT MATCHED THEN INSERT (id) VALUES (x.id)",
    );
    assert.deepEqual(await rows("SELECT COUNT(*) FROM t WHERE id = 5"), [[2]]);
  });

  it("values see the table as it was before the statement", async () => {
    await run(
      "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET val = (SELECT SUM(val) FROM t) WHEN NOT MATCHED THEN INSERT (id, val) VALUES (s.id, (SELECT MAX(val) FROM t))",
    );
    assert.deepEqual(await rows("SELECT id, val FROM t ORDER BY id"), [
      [1, 60],
      [2, 60],
      [3, 60],
      [4, 30],
    ]);
  });

  it("refuses a clause that can never hold, target columns in NOT MATCHED, and columns twice", async () => {
    await assert.rejects(
      run("MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE WHEN MATCHED AND s.id = 1 THEN DELETE"),
      /^OperationFailedError: SQL compilation error: error line 1 at position 66\nUnreachable merge case\.$/,
    );
    await assert.rejects(
      run("MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (t.id)"),
      /invalid identifier 'T.ID'/,
    );
    await assert.rejects(run("MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET val = 1, val = 2"), {
      message: "SQL compilation error:\nduplicate column name 'VAL'",
    });
  });

  it("needs the privilege of each of its clauses", async () => {
    await run("CREATE ROLE IF NOT EXISTS merger");
    for (const grant of [
      "USAGE ON DATABASE d",
      "USAGE ON SCHEMA d.public",
      "USAGE ON WAREHOUSE w",
      "SELECT, INSERT ON TABLE t",
      "SELECT ON TABLE s",
    ])
      await run(`GRANT ${grant} TO ROLE merger`);
    await run("GRANT ROLE merger TO USER admin");
    const guest = await connect(server, { role: "MERGER", database: "D", schema: "PUBLIC", warehouse: "W" });
    await query(guest, "USE SECONDARY ROLES NONE");
    await query(guest, "MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)");
    await assert.rejects(query(guest, "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE"), {
      code: "003001",
      message: /Insufficient privileges to operate on table 'T'/,
    });
    await disconnect(guest);
  });

  it("its changes are seen by streams and dynamic tables", async () => {
    await run("CREATE OR REPLACE TABLE base (id INT, v INT) CHANGE_TRACKING = TRUE");
    await run("INSERT INTO base VALUES (1, 1), (2, 2)");
    await run("CREATE OR REPLACE STREAM st ON TABLE base");
    await run(
      "CREATE OR REPLACE DYNAMIC TABLE dt TARGET_LAG = '1 hour' WAREHOUSE = w AS SELECT SUM(v) AS total, COUNT(*) AS n FROM base",
    );
    await run(`MERGE INTO base USING (SELECT column1 AS id FROM VALUES (1), (2), (3)) x ON base.id = x.id
      WHEN MATCHED AND x.id = 1 THEN DELETE
      WHEN MATCHED THEN UPDATE SET v = 20
      WHEN NOT MATCHED THEN INSERT VALUES (x.id, 30)`);
    assert.deepEqual(await rows("SELECT id, v, METADATA$ACTION, METADATA$ISUPDATE FROM st ORDER BY 1, 2"), [
      [1, 1, "DELETE", false],
      [2, 2, "DELETE", true],
      [2, 20, "INSERT", true],
      [3, 30, "INSERT", false],
    ]);
    await run("ALTER DYNAMIC TABLE dt REFRESH");
    assert.deepEqual(await rows("SELECT * FROM dt"), [[50, 2]]);
  });
});
