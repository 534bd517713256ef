import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, execute, startServer } from "../support";

/** Calls inside calls: text that doubled at every level would not end within the test's time. */
const SHAPES: [name: string, wrap: (inner: string) => string, start: string][] = [
  ["divisions by a division", (x) => `(n / ${x})`, "n"],
  ["divisions of a division", (x) => `(${x} / n)`, "n"],
  ["GET by place", (x) => `GET(${x}, 0)`, "v"],
  ["places of a value in parentheses", (x) => `(${x})[0]`, "v"],
  ["GREATEST", (x) => `GREATEST(n, ${x})`, "n"],
  ["NULLIF", (x) => `NULLIF(${x}, 'q')`, "s"],
  ["SUBSTR", (x) => `SUBSTR(s, LENGTH(${x}))`, "s"],
  ["REPLACE", (x) => `REPLACE(s, 'b', ${x})`, "s"],
  ["SPLIT_PART", (x) => `SPLIT_PART(${x}, s, 1)`, "s"],
  ["OBJECT_CONSTRUCT", (x) => `OBJECT_CONSTRUCT('a', ${x})`, "v"],
  ["ARRAY_APPEND", (x) => `ARRAY_APPEND(${x}::ARRAY, 1)`, "v"],
  ["DATEADD of DATEDIFF", (x) => `DATEADD(day, DATEDIFF(day, tz, ${x}), tz)`, "tz"],
  ["ADD_MONTHS", (x) => `ADD_MONTHS(${x}, 1)`, "tz"],
  ["DIV0", (x) => `DIV0(n, ${x})`, "n"],
  ["casts there and back", (x) => `(${x})::VARCHAR::NUMBER(10, 2)`, "n"],
];

describe("nested calls", () => {
  let server: LocalServer;
  let connection: Connection;
  before(async () => {
    server = await startServer();
    connection = await connect(server);
    await execute(connection, "CREATE DATABASE nesting");
    await execute(
      connection,
      "CREATE TABLE t AS SELECT 7.5 AS n, 's' AS s, PARSE_JSON('[[1]]') AS v, '2024-01-01 00:00:00 +0100'::TIMESTAMP_TZ AS tz",
    );
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  for (const [name, wrap, start] of SHAPES) {
    it(`${name}, twelve deep`, async () => {
      const nested = Array.from({ length: 12 }).reduce<string>((inner) => wrap(inner), start);
      const { rows } = await execute(connection, `SELECT ${nested} AS value FROM t`, { rowMode: "array" });
      assert.equal(rows.length, 1);
    });
  }

  it("a sum that overflows where threads put their parts together is refused, as is its average", async () => {
    await execute(
      connection,
      "CREATE TABLE many AS SELECT SEQ4() AS i, 0::NUMBER(38, 0) AS n FROM TABLE(GENERATOR(ROWCOUNT => 400000))",
    );
    await execute(
      connection,
      "UPDATE many SET n = 80000000000000000000000000000000000000 WHERE i IN (1, 2, 399998, 399999)",
    );
    const overflow = { code: "100058", message: "Value overflow in a SUM aggregate" };
    for (const sql of [
      "SELECT MOD(i, 1) AS g, SUM(n) FROM many GROUP BY g",
      "SELECT COUNT(*), SUM(n) FROM many",
      "SELECT SUM(n) OVER () FROM many LIMIT 1",
      "SELECT SUM(DISTINCT n + MOD(i, 10)) FROM many",
      "SELECT MOD(i, 1) AS g, AVG(n) FROM many GROUP BY g",
    ])
      await assert.rejects(execute(connection, sql), overflow, sql);
    await execute(connection, "UPDATE many SET n = -n WHERE i > 2");
    const { rows } = await execute(connection, "SELECT MOD(i, 1) AS g, SUM(n) AS s, AVG(n) AS a FROM many GROUP BY g");
    assert.deepEqual(rows, [{ G: 0, S: 0, A: 0 }]);
  });

  it("an array of as many constants as the longest vector has", async () => {
    const list = Array.from({ length: 4096 }, (_, i) => `${i}.25`).join(", ");
    const { rows } = await execute(connection, `SELECT [${list}]::VECTOR(FLOAT, 4096)::ARRAY[4095] AS value`);
    assert.deepEqual(rows, [{ VALUE: 4095.25 }]);
  });

  it("a BINARY of 8 MB from hexadecimal and other digits", async () => {
    const { rows } = await execute(
      connection,
      "SELECT LENGTH(TO_BINARY(REPEAT('0aFF', 4194304), 'HEX')) AS hex, LENGTH(TO_BINARY(REPEAT('AAAA', 2097152), 'BASE64')) AS base64",
    );
    assert.deepEqual(rows, [{ HEX: 8_388_608, BASE64: 6_291_456 }]);
  });

  // Planned as they are written, 2 000 of them would take the engine hours, and it refuses more than a thousand within one another.
  for (const [name, chained] of [
    ["operators", (texts: string[]) => texts.join(" || ")],
    ["arguments of CONCAT", (texts: string[]) => `CONCAT(${texts.join(", ")})`],
    ["arguments of CONCAT_WS", (texts: string[]) => `CONCAT_WS('', ${texts.join(", ")})`],
  ] as const)
    it(`2 000 texts joined as ${name}, from left to right`, async () => {
      const texts = Array.from({ length: 2000 }, (_, i) => (i % 2 ? "s" : `'${i}'`));
      const { rows } = await execute(connection, `SELECT ${chained(texts)} AS value FROM t`);
      assert.deepEqual(rows, [{ VALUE: texts.map((text) => text.replaceAll("'", "")).join("") }]);
    });

  it("sums of more terms than the engine takes are refused by name", async () => {
    const sum = Array.from({ length: 1500 }, () => "n").join(" + ");
    await assert.rejects(execute(connection, `SELECT ${sum} AS value FROM t`), {
      code: "000002",
      message: "Unsupported feature 'expressions of that many operators within one another'.",
    });
  });

  it("a lambda with a column of the row inside another lambda", async () => {
    const { rows } = await execute(
      connection,
      "SELECT TRANSFORM([1, 2], x -> TRANSFORM([10], y -> x::INT + y::INT + n))::VARCHAR AS value FROM t",
    );
    assert.deepEqual(rows, [{ VALUE: "[[18.5],[19.5]]" }]);
  });
});
