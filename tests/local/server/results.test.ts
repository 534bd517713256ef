import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, execute, query, type Row, startServer } from "../support";
import { WireClient } from "./wire";

const ROWS = 200_000;
/** 200 000 numbered rows, in order, without any function. */
const MANY = `WITH d AS (SELECT column1 AS c FROM VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))
  SELECT e.c * 10000 + f.c * 1000 + g.c * 100 + h.c * 10 + i.c + j.c * 100000 AS n, 'a text that fills the answer' AS s
  FROM (SELECT c FROM d WHERE c < 2) j, d e, d f, d g, d h, d i ORDER BY n`;

describe("results", () => {
  let server: LocalServer;
  let connection: snowflake.Connection;

  before(async () => {
    server = await startServer();
    connection = await connect(server);
  });

  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  it("of many rows come in pieces, complete and in order", async () => {
    const { rows, statement } = await execute(connection, MANY);
    assert.equal(statement.getNumRows(), ROWS);
    assert.equal(rows.length, ROWS);
    for (const at of [0, 1, 99_999, ROWS - 1]) assert.equal(rows[at]?.N, at);
  });

  it("of 50 000 numbers come in pieces already, of a few thousand in the answer itself", async () => {
    const client = new WireClient(server);
    await client.login();
    const answer = async (rows: number) =>
      (await client.query(`SELECT SEQ8() AS n FROM TABLE(GENERATOR(ROWCOUNT => ${rows}))`)).data;
    const many = await answer(50_000);
    assert.deepEqual([many.total, many.rowset.length, many.chunks.length], [50_000, 0, 2]);
    const sizes = many.chunks.map(({ rowCount }: { rowCount: number }) => rowCount);
    assert.equal(sizes[0] + sizes[1], 50_000);
    const few = await answer(5_000);
    assert.deepEqual([few.rowset.length, few.chunks], [5_000, undefined]);
  });

  it("can be streamed", async () => {
    const { statement } = await execute(connection, MANY, { streamResult: true });
    let count = 0;
    await new Promise((resolve, reject) => {
      const stream = statement.streamRows();
      stream.on("data", (row: Row) => {
        assert.equal(row.N, count++);
      });
      stream.on("end", resolve).on("error", reject);
    });
    assert.equal(count, ROWS);
  });

  it("have columns with the facts that every driver reads", async () => {
    const client = new WireClient(server);
    await client.login();
    const { data } = await client.query("SELECT 1 AS a, 'x' AS b");
    assert.deepEqual(data.rowset, [["1", "x"]]);
    assert.deepEqual([data.total, data.returned, data.statementTypeId, data.queryResultFormat], [1, 1, 0x1000, "json"]);
    for (const column of data.rowtype) {
      assert.deepEqual(Object.keys(column).sort(), [
        "byteLength",
        "collation",
        "database",
        "length",
        "name",
        "nullable",
        "precision",
        "scale",
        "schema",
        "table",
        "type",
      ]);
    }
  });

  it("say by a number which kind of statement they answer: rows, counts, or a word of success", async () => {
    const client = new WireClient(server);
    await client.login();
    for (const [sql, number] of [
      ["CREATE DATABASE kinds", 0x6000],
      ["CREATE TABLE t (id INT)", 0x6000],
      ["INSERT INTO t VALUES (1)", 0x3100],
      ["UPDATE t SET id = 2", 0x3200],
      ["DELETE FROM t", 0x3300],
      ["MERGE INTO t USING (SELECT 1 AS i) s ON t.id = s.i WHEN NOT MATCHED THEN INSERT (id) VALUES (i)", 0x3400],
      ["INSERT ALL INTO t SELECT 2", 0x3500],
      ["CREATE STAGE st", 0x6000],
      ["COPY INTO @st FROM t", 0x3700],
      ["COPY INTO t FROM @st", 0x3600],
      ["LIST @st", 0x4701],
      ["REMOVE @st", 0x7103],
      ["TRUNCATE TABLE t", 0x6000],
      ["ALTER SESSION SET QUERY_TAG = 'a'", 0x4100],
      ["USE SCHEMA public", 0x4300],
      ["SHOW TABLES", 0x4400],
      ["DESCRIBE TABLE t", 0x4500],
      ["BEGIN", 0x5000],
      ["COMMIT", 0x5100],
      ["GRANT USAGE ON DATABASE kinds TO ROLE PUBLIC", 0x6000],
      ["CREATE PROCEDURE p() RETURNS INT AS BEGIN RETURN 1; END", 0x6000],
      ["CALL p()", 0x9000],
      ["SHOW TABLES ->> SELECT * FROM $1", 0x1000],
      ["DROP DATABASE kinds", 0x6000],
    ] as const) {
      const { data, message } = await client.query(sql);
      assert.deepEqual([sql, message, data.statementTypeId], [sql, null, number]);
    }
    const { data } = await client.query("CREATE DATABASE kinds; SELECT 1; SHOW ROLES", {
      parameters: { MULTI_STATEMENT_COUNT: 3 },
    });
    assert.deepEqual([data.statementTypeId, data.resultTypes], [0xa000, "24576,4096,17408"]);
  });

  it("are counted for who asks for the status of their statement", async () => {
    const client = new WireClient(server);
    await client.login();
    const { data } = await client.query("SELECT column1 FROM VALUES (1), (2), (3)");
    const [entry] = (await client.get(`/monitoring/queries/${data.queryId}`)).data.queries;
    assert.deepEqual([entry.status, entry.stats], ["SUCCESS", { producedRows: 3 }]);
  });

  it("say of computed truth values and VARIANTs that they can be NULL, and of other values what is known", async () => {
    const client = new WireClient(server);
    await client.login();
    const { data } = await client.query(
      "SELECT 1 AS n, 'x' AS s, TRUE AS b, 1 > 0 AS c, 1 IS NULL AS d, 1::VARIANT AS v",
    );
    const nullable = data.rowtype.map((column: { nullable: boolean }) => column.nullable);
    assert.deepEqual(nullable, [false, false, true, true, true, true]);
  });

  it("of INTERSECT and EXCEPT can be NULL where their first input can", async () => {
    const client = new WireClient(server);
    await client.login();
    const [known, unknown] = ["SELECT 1 AS n", "SELECT column1 AS n FROM VALUES (1), (NULL)"];
    const nullable = async (sql: string) => (await client.query(sql)).data.rowtype[0].nullable;
    for (const operator of ["INTERSECT", "EXCEPT", "MINUS"]) {
      assert.equal(await nullable(`${known} ${operator} ${unknown}`), false);
      assert.equal(await nullable(`${unknown} ${operator} ${known}`), true);
    }
    assert.equal(await nullable(`${known} UNION ${unknown}`), true);
  });

  it("of an asynchronous statement that failed say so once", async () => {
    const { statement } = await execute(connection, "SELECT TO_NUMBER('x')", { asyncExec: true });
    await assert.rejects(connection.getResultsFromQueryId({ queryId: statement.getQueryId(), sqlText: "" }), {
      message: "Numeric value 'x' is not recognized",
      sqlState: "22018",
    });
  });

  it("print the numbers that JSON does not have inside VARIANT values as every driver's parser reads them", async () => {
    const client = new WireClient(server);
    await client.login();
    const { data } = await client.query(
      "SELECT PARSE_JSON('[Infinity, -Infinity, NaN, undefined]'), '-inf'::DOUBLE::VARIANT, OBJECT_CONSTRUCT('a', 'inf'::DOUBLE)",
    );
    assert.deepEqual(data.rowset, [
      ["[\n  Infinity,\n  -Infinity,\n  NaN,\n  undefined\n]", "-Infinity", '{\n  "a": Infinity\n}'],
    ]);
  });

  it("can be described without running the statement", async () => {
    const client = new WireClient(server);
    await client.login();
    const { data } = await client.query("SELECT 1 AS a", { describeOnly: true });
    assert.deepEqual([data.rowset, data.total, data.rowtype[0].name], [[], 0, "A"]);
  });

  it("of several statements take no NULL that is bound: it counts as a value that is missing", async () => {
    const client = new WireClient(server);
    await client.login();
    const bound = (value: string | null) =>
      client.query("SELECT ?; SELECT ?", {
        parameters: { MULTI_STATEMENT_COUNT: 2 },
        bindings: { "1": { type: "FIXED", value: "1" }, "2": { type: "ANY", value } },
      });
    assert.equal((await bound("2")).message, null);
    const { code, message } = await bound(null);
    assert.deepEqual([code, message], ["002049", "SQL compilation error:\nBind variable ? not set."]);
  });

  it("of several statements are fetched one by one", async () => {
    const found: Row[][] = [];
    await new Promise<void>((resolve, reject) => {
      connection.execute({
        sqlText: "SELECT 1 AS a; SELECT 2 AS b, 3 AS c",
        parameters: { MULTI_STATEMENT_COUNT: 2 },
        complete: (error, statement, rows) => {
          if (error) return reject(error);
          found.push(rows as Row[]);
          const next = statement as unknown as { hasNext(): boolean; NextResult(): void };
          if (next.hasNext()) next.NextResult();
          else resolve();
        },
      } as snowflake.StatementOption);
    });
    assert.deepEqual(found, [[{ A: 1 }], [{ B: 2, C: 3 }]]);
  });

  it("of an asynchronous statement are there when it has ended", async () => {
    const { statement } = await execute(connection, "SELECT 7 AS a", { asyncExec: true });
    const queryId = statement.getQueryId();
    const later = await connection.getResultsFromQueryId({ queryId, sqlText: "" });
    const rows = await new Promise<Row[]>((resolve, reject) => {
      const list: Row[] = [];
      later
        .streamRows()
        .on("data", (row: Row) => list.push(row))
        .on("end", () => resolve(list))
        .on("error", reject);
    });
    assert.deepEqual(rows, [{ A: 7 }]);
    assert.equal(await connection.getQueryStatus(queryId), "SUCCESS");
  });

  it("of several asynchronous statements are found by the id of all and by those of each", async () => {
    const client = new WireClient(server);
    await client.login();
    const { data } = await client.query("SELECT 1; SELECT 'b'", {
      asyncExec: true,
      parameters: { MULTI_STATEMENT_COUNT: 2 },
    });
    let status: string;
    do {
      const { data: seen } = await client.get(`/monitoring/queries/${data.queryId}`);
      status = seen.queries[0].status;
    } while (status === "RUNNING");
    assert.equal(status, "SUCCESS");
    const scanned = await client.query(`SELECT * FROM TABLE(RESULT_SCAN('${data.queryId}'))`);
    assert.deepEqual(scanned.data.rowset, [["Multiple statements executed successfully."]]);
    const { data: all } = await client.get(`/queries/${data.queryId}/result`);
    const each = all.resultIds.split(",").map((id: string) => client.get(`/queries/${id}/result`));
    assert.deepEqual(
      (await Promise.all(each)).map((answer) => answer.data.rowset),
      [[["1"]], [["b"]]],
    );
  });

  it("of a failed asynchronous statement are its error", async () => {
    const { statement } = await execute(connection, "SELECT FROM", { asyncExec: true });
    await assert.rejects(
      connection.getResultsFromQueryId({ queryId: statement.getQueryId(), sqlText: "" }),
      (error: Error) => {
        assert.match(error.message, /FAILED_WITH_ERROR|syntax error/);
        return true;
      },
    );
  });

  it("are for the user who ran the statement only", async () => {
    const client = new WireClient(server);
    await client.login();
    const { data } = await client.query("SELECT 1");
    assert.equal((await client.get(`/queries/${data.queryId}/result`)).data.rowset[0][0], "1");
    assert.equal((await client.get("/queries/01000000-0000-0000-0000-000000000000/result")).code, "000709");
    await query(connection, "SELECT 1");
  });
});
