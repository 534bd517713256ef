import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, execute, query, type Row, startServer } from "../support";

describe("INSERT, UPDATE and DELETE", () => {
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
    await run("CREATE OR REPLACE TABLE t (k INT, v INT)");
    await run("INSERT INTO t VALUES (0, 10), (1, 20), (2, 30)");
  });

  it("a column that was added later changes like any other, and old rows keep their values and versions", async () => {
    for (const [column, from, to] of [
      ["n NUMBER", 5, 6],
      ["s VARCHAR", "'a'", "'b'"],
    ]) {
      await run("CREATE OR REPLACE TABLE t (k INT, gone INT)");
      await run("INSERT INTO t (k) VALUES (1), (2)");
      await run("ALTER TABLE t DROP COLUMN gone");
      await run(`ALTER TABLE t ADD COLUMN ${column}`);
      const name = String(column).charAt(0);
      await run(`UPDATE t SET ${name} = ${from}`);
      await run("CREATE OR REPLACE STREAM changes ON TABLE t");
      await run("SET before = (SELECT CURRENT_TIMESTAMP()::VARCHAR)");
      await run(`UPDATE t SET ${name} = ${to} WHERE k = 1`);
      await run("DELETE FROM t WHERE k = 2");
      const text = (value: unknown) => String(value).replaceAll("'", "");
      assert.deepEqual(
        await rows(`SELECT k, ${name}::VARCHAR FROM t AT (TIMESTAMP => $before::TIMESTAMP_LTZ) ORDER BY k`),
        [
          [1, text(from)],
          [2, text(from)],
        ],
      );
      assert.deepEqual(
        await rows(`SELECT k, ${name}::VARCHAR, METADATA$ACTION FROM changes ORDER BY k, METADATA$ACTION`),
        [
          [1, text(from), "DELETE"],
          [1, text(to), "INSERT"],
          [2, text(from), "DELETE"],
        ],
      );
    }
  });

  describe("UPDATE", () => {
    it("takes values and conditions from other tables", async () => {
      const [counts] = await run(
        "UPDATE t SET v = t.v + x.add FROM (SELECT column1 AS k, column2 AS add FROM VALUES (0, 1), (2, 2)) x WHERE t.k = x.k",
      );
      assert.deepEqual(counts, { "number of rows updated": 2, "number of multi-joined rows updated": 0 });
      assert.deepEqual(await rows("SELECT * FROM t ORDER BY k"), [
        [0, 11],
        [1, 20],
        [2, 32],
      ]);
    });

    it("a row that joins several is updated once and counted, or refused when the session says so", async () => {
      const sql =
        "UPDATE t SET v = s.v FROM (SELECT 0 AS k, column1 AS v FROM VALUES (11), (12), (13)) s WHERE t.k = s.k";
      await run("ALTER SESSION SET ERROR_ON_NONDETERMINISTIC_UPDATE = TRUE");
      await assert.rejects(run(sql), {
        code: "100090",
        message: "Duplicate row detected during DML action\nRow Values: [0, 10]",
      });
      await run("ALTER SESSION UNSET ERROR_ON_NONDETERMINISTIC_UPDATE");
      assert.deepEqual(await run(sql), [{ "number of rows updated": 1, "number of multi-joined rows updated": 1 }]);
      const [[v]] = (await rows("SELECT v FROM t WHERE k = 0")) as [[number]];
      assert.ok([11, 12, 13].includes(v));
    });

    it("sees the old values on the right of every assignment, and DEFAULT", async () => {
      await run("CREATE OR REPLACE TABLE u (a INT, b INT, c VARCHAR DEFAULT 'dflt') AS SELECT 1, 2, 'x'");
      await run("UPDATE u SET a = b, b = a, c = DEFAULT");
      assert.deepEqual(await rows("SELECT * FROM u"), [[2, 1, "dflt"]]);
    });

    it("joins, self-joins and flattened columns of the target stand in FROM", async () => {
      await run("UPDATE t SET v = o.v FROM t o WHERE t.k = o.k + 1");
      assert.deepEqual(await rows("SELECT v FROM t ORDER BY k"), [[10], [10], [20]]);
      await run("CREATE OR REPLACE TABLE j (id INT, list VARIANT, total INT)");
      await run("INSERT INTO j SELECT 1, PARSE_JSON('[5]'), 0 UNION ALL SELECT 2, PARSE_JSON('[7]'), 0");
      await run("UPDATE j SET total = f.value::INT FROM LATERAL FLATTEN(INPUT => j.list) f");
      assert.deepEqual(await rows("SELECT id, total FROM j ORDER BY id"), [
        [1, 5],
        [2, 7],
      ]);
    });

    it("columns may be named with database and schema, also quoted ones", async () => {
      await run('CREATE OR REPLACE SCHEMA "my.schema"');
      await run('CREATE TABLE "my.schema"."the table" ("a b" INT, c INT) AS SELECT 1, 2');
      await run(
        'UPDATE d."my.schema"."the table" SET c = "my.schema"."the table"."a b" + 5 WHERE d."my.schema"."the table".c = 2',
      );
      assert.deepEqual(await rows('SELECT c FROM "my.schema"."the table"'), [[6]]);
      await run('DELETE FROM "my.schema"."the table" WHERE "my.schema"."the table".c = 6');
      assert.deepEqual(await rows('SELECT c FROM "my.schema"."the table"'), []);
      await run("USE SCHEMA public");
    });

    it("refuses unknown columns, a column twice and another table's column", async () => {
      await assert.rejects(run("UPDATE t SET nope = 1"), /invalid identifier 'NOPE'/);
      await assert.rejects(run("UPDATE t SET v = 1, v = 2"), /duplicate column name 'V'/);
      await assert.rejects(run("UPDATE t SET s.v = 1 FROM t s"), /invalid identifier 'S.V'/);
    });
  });

  describe("DELETE", () => {
    it("USING deletes a row once, however many rows it joins", async () => {
      const [counts] = await run(
        "DELETE FROM t USING (SELECT 0 AS k FROM VALUES (1), (2)) x, VALUES (2) y WHERE t.k = x.k OR t.k = y.column1",
      );
      assert.deepEqual(counts, { "number of rows deleted": 2 });
      assert.deepEqual(await rows("SELECT k FROM t"), [[1]]);
    });

    it("in one transaction with an UPDATE takes only its own rows", async () => {
      await run("BEGIN");
      await run("UPDATE t SET v = 99 WHERE k = 0");
      await run("DELETE FROM t WHERE k = 1");
      await run("COMMIT");
      assert.deepEqual(await rows("SELECT * FROM t ORDER BY k"), [
        [0, 99],
        [2, 30],
      ]);
    });
  });

  describe("multi-table INSERT", () => {
    beforeEach(async () => {
      await run("CREATE OR REPLACE TABLE t1 (c1 INT)");
      await run("CREATE OR REPLACE TABLE t2 (c1 INT)");
      await run("CREATE OR REPLACE TABLE src AS SELECT column1 AS n1 FROM VALUES (1), (11), (101)");
    });
    const into = (mode: string) =>
      run(
        `INSERT ${mode} WHEN n1 > 100 THEN INTO t1 WHEN n1 > 10 THEN INTO t1 INTO t2 ELSE INTO t2 SELECT n1 FROM src`,
      );

    it("ALL runs every clause that holds, ELSE when none does", async () => {
      assert.deepEqual(await into("ALL"), [
        { "number of rows inserted into T1": 3, "number of rows inserted into T2": 3 },
      ]);
      assert.deepEqual(await rows("SELECT * FROM t1 ORDER BY 1"), [[11], [101], [101]]);
      assert.deepEqual(await rows("SELECT * FROM t2 ORDER BY 1"), [[1], [11], [101]]);
    });

    it("FIRST runs the first clause that holds", async () => {
      await into("FIRST");
      assert.deepEqual(await rows("SELECT * FROM t1 ORDER BY 1"), [[11], [101]]);
      assert.deepEqual(await rows("SELECT * FROM t2 ORDER BY 1"), [[1], [11]]);
    });

    it("is compiled as a whole before a row of its source is read", async () => {
      await run("CREATE OR REPLACE TABLE u (a INT)");
      const from = "SELECT 1 / 0 AS x";
      for (const [sql, message] of [
        [`INSERT ALL INTO t (k) VALUES (x) INTO u (nope) VALUES (x) ${from}`, /invalid identifier 'NOPE'/],
        [
          `INSERT ALL INTO t (k) VALUES (x) INTO u VALUES (x, 2) ${from}`,
          /Insert value list does not match column list/,
        ],
        [`INSERT ALL INTO t (k) VALUES (x) INTO u VALUES (nope) ${from}`, /invalid identifier 'NOPE'/],
        [
          `INSERT FIRST WHEN x = 1 THEN INTO t (k) VALUES (x) WHEN nope = 1 THEN INTO u ${from}`,
          /invalid identifier 'NOPE'/,
        ],
        [
          `INSERT FIRST WHEN x = 1 THEN INTO t (k) VALUES (x) ELSE INTO u VALUES (nope) ${from}`,
          /invalid identifier 'NOPE'/,
        ],
        [`INSERT ALL INTO t (k) VALUES (x) INTO u VALUES (x) ${from}`, /Division by zero/],
      ] as const) {
        await assert.rejects(run(sql), message, sql);
      }
    });

    it("unconditional, with columns, values, DEFAULT and positions; OVERWRITE empties first", async () => {
      await run("CREATE OR REPLACE TABLE a (x INT, y INT, z INT DEFAULT 7)");
      await run(
        `INSERT ALL INTO a INTO a (x, y, z) VALUES (n2, n1, DEFAULT) INTO a VALUES ($1, an_alias, "10 + 20")
        SELECT 1 AS n1, 2 AS n2, 3 AS an_alias, 10 + 20`.replace(
          "INTO a INTO",
          "INTO a (x, y, z) VALUES ($1, $2, $3) INTO",
        ),
      );
      assert.deepEqual(await rows("SELECT * FROM a ORDER BY 1, 2, 3"), [
        [1, 2, 3],
        [1, 3, 30],
        [2, 1, 7],
      ]);
      await run("INSERT OVERWRITE ALL INTO a (x) INTO t1 (c1) SELECT 5");
      assert.deepEqual(await rows("SELECT * FROM a"), [[5, null, 7]]);
      await assert.rejects(run("INSERT ALL INTO t1 VALUES (src.n1) SELECT n1 FROM src"), /invalid identifier 'SRC.N1'/);
    });
  });

  describe("INSERT", () => {
    it("OVERWRITE replaces all rows", async () => {
      assert.deepEqual(await run("INSERT OVERWRITE INTO t SELECT k, v + 1 FROM t WHERE k < 2"), [
        { "number of rows inserted": 2 },
      ]);
      assert.deepEqual(await rows("SELECT * FROM t ORDER BY 1"), [
        [0, 11],
        [1, 21],
      ]);
    });

    it("OVERWRITE fills the columns that are not named with their defaults, the time of the statement among them", async () => {
      await run(
        "CREATE OR REPLACE TABLE d (k INT, at TIMESTAMP_NTZ DEFAULT CURRENT_TIMESTAMP(), s VARCHAR DEFAULT 'x')",
      );
      await run("INSERT OVERWRITE INTO d (k) SELECT 1 UNION ALL SELECT 2");
      await run("INSERT OVERWRITE INTO d (k) VALUES (3)");
      assert.deepEqual(
        await rows("SELECT k, DATEDIFF(day, at, CURRENT_TIMESTAMP()::TIMESTAMP_NTZ) BETWEEN 0 AND 1, s FROM d"),
        [[3, true, "x"]],
      );
    });

    it("takes a subquery without FROM in VALUES", async () => {
      await run("INSERT INTO t VALUES (7, (SELECT 2)), (8, 1 + (SELECT ABS(-2)))");
      assert.deepEqual(await rows("SELECT * FROM t WHERE k > 6 ORDER BY 1"), [
        [7, 2],
        [8, 3],
      ]);
      await run("DELETE FROM t WHERE k > 6");
    });

    it("refuses what makes semi-structured values in VALUES, as Snowflake does", async () => {
      await run("CREATE OR REPLACE TABLE j (v VARIANT)");
      await assert.rejects(run("INSERT INTO j VALUES (PARSE_JSON('{}'))"), {
        code: "002014",
        message: "SQL compilation error:\nInvalid expression [PARSE_JSON('{}')] in VALUES clause",
      });
      await assert.rejects(run("INSERT INTO t VALUES (1, (SELECT MAX(k) FROM t))"), {
        message: "SQL compilation error:\nInvalid expression [(SELECT MAX(k) FROM t)] in VALUES clause",
      });
      await run("INSERT INTO j SELECT PARSE_JSON('{}')");
      await assert.rejects(run("INSERT INTO t (k, k) VALUES (1, 2)"), /duplicate column name 'K'/);
    });
  });

  it("many rows of VALUES mean what few rows mean", async () => {
    await run(
      "CREATE OR REPLACE TABLE many (i INT IDENTITY, n NUMBER(6,2), s VARCHAR, b BOOLEAN, f FLOAT, d DATE, at TIMESTAMP_NTZ, v VARIANT)",
    );
    const row = (i: number) =>
      `(${i}.25, ${i % 3 === 0 ? "NULL" : `'it''s ${i}'`}, ${i % 2 === 0}, -${i}.5, '2026-01-0${(i % 9) + 1}', CURRENT_TIMESTAMP(), NULL)`;
    const all = Array.from({ length: 60 }, (_, i) => row(i));
    const columns = "(n, s, b, f, d, at, v)";
    assert.deepEqual(await run(`INSERT INTO many ${columns} VALUES ${all.join(", ")}`), [
      { "number of rows inserted": 60 },
    ]);
    for (const one of all) await run(`INSERT INTO many ${columns} VALUES ${one}`);
    const difference = await run(
      "SELECT i, n, s, b, f, d FROM many WHERE i <= 60 MINUS SELECT i - 60, n, s, b, f, d FROM many WHERE i > 60",
    );
    assert.deepEqual(difference, []);
    const mixed = Array.from({ length: 30 }, (_, i) => `(${i === 29 ? "'x'" : i}, NULL)`);
    await assert.rejects(run(`INSERT INTO t VALUES ${mixed.join(", ")}`), { code: "100038" });
    const binds = Array.from({ length: 40 }, (_, i) => [i, i === 7 ? null : i / 4]).flat();
    await query(connection, `INSERT OVERWRITE INTO t VALUES ${Array(40).fill("(?, ?)").join(", ")}`, binds as never);
    assert.deepEqual(await rows("SELECT COUNT(*), COUNT(v), SUM(k) FROM t"), [[40, 39, 780]]);
  });

  describe("array binds", () => {
    it("INSERT … SELECT with expressions runs for every row", async () => {
      await run("CREATE OR REPLACE TABLE j (id INT, v VARIANT)");
      const binds = [
        [1, '{"a":1}'],
        [2, '{"a":2}'],
      ];
      const { statement } = await execute(connection, "INSERT INTO j SELECT ?, PARSE_JSON(?)", { binds });
      assert.equal(statement.getNumUpdatedRows(), 2);
      assert.deepEqual(await rows("SELECT id, v:a::INT FROM j ORDER BY 1"), [
        [1, 1],
        [2, 2],
      ]);
    });

    it("UPDATE, DELETE and MERGE run once per row of binds, and all or nothing", async () => {
      const update = await execute(connection, "UPDATE t SET v = ? WHERE k = ?", {
        binds: [
          [1, 0],
          [2, 1],
        ],
      });
      assert.equal(update.statement.getNumUpdatedRows(), 2);
      await execute(
        connection,
        "MERGE INTO t USING (SELECT ? AS k, ? AS v) s ON t.k = s.k WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT VALUES (s.k, s.v)",
        {
          binds: [
            [2, 3],
            [9, 9],
          ],
        },
      );
      assert.deepEqual(await rows("SELECT * FROM t ORDER BY k"), [
        [0, 1],
        [1, 2],
        [2, 3],
        [9, 9],
      ]);
      await assert.rejects(
        execute(connection, "UPDATE t SET v = ?::INT WHERE k = ?", {
          binds: [
            ["5", 0],
            ["x", 1],
          ],
        }),
        /Numeric value 'x' is not recognized/,
      );
      assert.deepEqual(await rows("SELECT v FROM t WHERE k = 0"), [[1]]);
      await execute(connection, "DELETE FROM t WHERE k = ?", { binds: [[0], [9]] });
      assert.deepEqual(await rows("SELECT k FROM t ORDER BY k"), [[1], [2]]);
    });
  });
});
