import assert from "node:assert/strict";
import snowflake, { type Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

/** Paths into a column of FROM are taken together; each place where SQL treats a column otherwise than an expression of it is tried. */
describe("Paths into a VARIANT column", () => {
  let server: LocalServer;
  let connection: Connection;
  before(async () => {
    snowflake.configure({ logLevel: "OFF" });
    server = await startServer();
    connection = await connect(server, { role: "ACCOUNTADMIN" });
    for (const sql of [
      "CREATE DATABASE P",
      "CREATE TABLE T (ID INT, V VARIANT)",
      `INSERT INTO T SELECT COLUMN1, PARSE_JSON(COLUMN2) FROM VALUES (1, '{"a": 1, "b": {"c": "x"}, "0": "zero", "l": [10, {"m": 5}]}'),
         (2, '{"a": 2, "b": {"c": "y"}, "l": []}'), (3, '{"a": 2, "b": null}'), (4, 'null'), (5, '[7, 8]'), (6, '"text"')`,
      "INSERT INTO T (ID) VALUES (7)",
    ])
      await query(connection, sql);
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  const rows = async (sql: string) =>
    (await query(connection, sql)).map((row) =>
      Object.values(row).map((value) => (value === null ? null : String(value))),
    );

  const CASES: [name: string, sql: string, expected: (string | null)[][]][] = [
    [
      "many of them in one SELECT",
      "SELECT ID, V:a::INT, V:b.c::VARCHAR, V:l[0]::INT, V:l[1].m::INT, V['0']::VARCHAR, V[1]::INT FROM T ORDER BY ID",
      [
        ["1", "1", "x", "10", "5", "zero", null],
        ["2", "2", "y", null, null, null, null],
        ["3", "2", null, null, null, null, null],
        ["4", null, null, null, null, null, null],
        ["5", null, null, null, null, null, "8"],
        ["6", null, null, null, null, null, null],
        ["7", null, null, null, null, null, null],
      ],
    ],
    ["JSON null is not SQL NULL", "SELECT ID FROM T WHERE V:b IS NOT NULL AND IS_NULL_VALUE(V:b)", [["3"]]],
    ["behind GROUP BY of the column itself", "SELECT V:a::INT, COUNT(*) FROM T WHERE ID < 3 GROUP BY V ORDER BY 1", [["1", "1"], ["2", "1"]]],
    ["as grouping keys", "SELECT V:a::INT AS A, COUNT(V:b.c) FROM T GROUP BY V:a::INT ORDER BY A NULLS LAST", [["1", "1"], ["2", "1"], [null, "0"]]],
    ["in HAVING and in aggregates", "SELECT SUM(V:a::INT) FROM T GROUP BY V:b.c::VARCHAR HAVING MAX(V:b.c::VARCHAR) = 'y'", [["2"]]],
    ["in a correlated subquery", "SELECT ID, (SELECT MAX(S.ID) FROM T S WHERE S.V:a = T.V:a) FROM T WHERE T.V:a IS NOT NULL ORDER BY ID", [["1", "1"], ["2", "3"], ["3", "3"]]],
    ["correlated to a grouped column", "SELECT (SELECT V:a::INT) AS A FROM T WHERE ID = 1 GROUP BY V", [["1"]]],
    ["on both sides of an outer join", "SELECT A.ID AS A, B.ID AS B, B.V:a::INT FROM T A LEFT JOIN T B ON A.V:a = B.V:a AND A.ID <> B.ID WHERE A.ID < 4 ORDER BY 1, 2", [["1", null, null], ["2", "3", "2"], ["3", "2", "2"]]],
    ["behind USING", "SELECT A.V:a::INT, B.V:b.c::VARCHAR FROM T A JOIN T B USING (ID) WHERE ID = 1", [["1", "x"]]],
    ["in a sample", "SELECT V:a::INT FROM T SAMPLE (100) WHERE ID = 2", [["2"]]],
    ["with FLATTEN beside", "SELECT ID, F.INDEX, F.VALUE:m::INT, V:a::INT FROM T, LATERAL FLATTEN(INPUT => V:l) F ORDER BY ID, F.INDEX", [["1", "0", null, "1"], ["1", "1", "5", "1"]]],
    ["of what FLATTEN gives", `SELECT VALUE:x::INT, VALUE:y::INT FROM TABLE(FLATTEN(PARSE_JSON('[{"x":1,"y":2},{"y":3}]'))) ORDER BY INDEX`, [["1", "2"], [null, "3"]]],
    ["of a common table and a subquery", "WITH W AS (SELECT V AS D FROM T) SELECT D:a::INT FROM (SELECT D FROM W) WHERE D:b.c::VARCHAR = 'y'", [["2"]]],
    ["in window functions and QUALIFY", "SELECT ID FROM T WHERE V:a IS NOT NULL QUALIFY ROW_NUMBER() OVER (PARTITION BY V:a::INT ORDER BY V:b.c::VARCHAR NULLS LAST) = 1 ORDER BY ID", [["1"], ["2"]]],
    ["under DISTINCT", "SELECT DISTINCT V:a::INT FROM T WHERE V:a IS NOT NULL ORDER BY 1", [["1"], ["2"]]],
    ["in CONNECT BY", "SELECT V:a::INT FROM T START WITH V:a::INT = 1 CONNECT BY PRIOR ID = ID - 1 AND V:b.c::VARCHAR = 'y'", [["1"], ["2"]]],
    ["in a UNION", "SELECT V:a::INT AS X FROM T WHERE ID = 1 UNION ALL SELECT V:l[0]::INT FROM T WHERE ID = 1 ORDER BY X", [["1"], ["10"]]],
    ["in PIVOT", "SELECT * FROM (SELECT V:a::INT AS A, V:b.c::VARCHAR AS C FROM T) PIVOT (COUNT(A) FOR C IN ('x', 'y')) AS P (X, Y)", [["1", "1"]]],
  ]; // biome-ignore format: one case a line

  for (const [name, sql, expected] of CASES) it(name, async () => assert.deepEqual(await rows(sql), expected));

  it("columns of FLATTEN are found wherever they are named, and by *", async () => {
    const flat = `TABLE(FLATTEN(PARSE_JSON('{"k": 7}')))`;
    assert.deepEqual(await rows(`SELECT KEY, PATH, INDEX, VALUE FROM ${flat}`), [["k", "k", null, "7"]]);
    assert.deepEqual(await rows(`SELECT VALUE FROM ${flat} ORDER BY KEY, INDEX`), [["7"]]);
    assert.equal((await rows(`SELECT * FROM ${flat}`))[0]?.length, 6);
    assert.deepEqual(await rows(`SELECT K FROM ${flat} AS F (S, K, P, I, VAL, TH)`), [["k"]]);
    assert.deepEqual(await rows(`SELECT $2, COUNT(*) FROM ${flat} GROUP BY 1`), [["k", "1"]]);
    assert.deepEqual(await rows(`SELECT (SELECT F.PATH) FROM ${flat} F`), [["k"]]);
    assert.deepEqual(await rows(`SELECT COUNT(*) FROM ${flat}`), [["1"]]);
    assert.deepEqual(await rows(`SELECT Q.KEY FROM (SELECT * FROM ${flat}) Q`), [["k"]]);
  });

  it("UPDATE, DELETE and MERGE take paths of their target and of what stands beside it", async () => {
    await query(connection, "CREATE TABLE U AS SELECT ID, V, 0::INT AS N FROM T");
    await query(connection, "UPDATE U SET N = U.V:a::INT + S.V:a::INT FROM T S WHERE S.ID = U.ID AND S.V:b.c::VARCHAR = 'y'");
    await query(connection, "DELETE FROM U USING T S WHERE S.ID = U.ID AND S.V:a::INT = U.V:a::INT AND U.V:b.c::VARCHAR = 'x'");
    await query(connection, "MERGE INTO U USING T S ON S.ID = U.ID AND S.V:a::INT = 1 WHEN NOT MATCHED AND S.V:a::INT = 1 THEN INSERT (ID, V, N) VALUES (S.ID, S.V:b, S.V:a::INT * 100)");
    assert.deepEqual(await rows("SELECT ID, N, V:c::VARCHAR FROM U WHERE N <> 0 ORDER BY ID"), [["1", "100", "x"], ["2", "4", null]]);
  }); // biome-ignore format: one statement a line
});
