import assert from "node:assert/strict";
import { tableFromIPC } from "apache-arrow";
import type { LocalServer } from "../../../local/index";
import { ADMIN_PASSWORD, startServer } from "../support";
import { WireClient } from "./wire";

describe("results for Python drivers", () => {
  let server: LocalServer;
  let client: WireClient;

  /** A session as snowflake-connector-python opens it, or another driver. */
  async function python(
    parameters: Record<string, string> = {},
    driver: Record<string, unknown> = {},
  ): Promise<WireClient> {
    const opened = new WireClient(server);
    const { data } = await opened.post("/session/v1/login-request", {
      data: {
        LOGIN_NAME: "ADMIN",
        PASSWORD: ADMIN_PASSWORD,
        CLIENT_APP_ID: "PythonConnector",
        CLIENT_ENVIRONMENT: { PYTHON_VERSION: "3.11.7" },
        SESSION_PARAMETERS: parameters,
        ...driver,
      },
    });
    opened.token = data.token;
    return opened;
  }

  const read = (base64: string) => tableFromIPC(Buffer.from(base64, "base64"));

  before(async () => {
    server = await startServer();
    client = await python();
    await client.query("CREATE DATABASE IN_ARROW");
    await client.query("CREATE SCHEMA IN_ARROW.S");
  });

  after(() => server.close());

  it("hold vectors as lists of numbers of 32 bits", async () => {
    const { data } = await client.query(
      "SELECT [1.5, 0.1234567]::VECTOR(FLOAT, 2) AS f, [7, 8]::VECTOR(INT, 2) AS i, NULL::VECTOR(INT, 2) AS n",
    );
    assert.equal(data.rowtype[0].vectorDimension, 2);
    assert.equal(data.rowtype[0].fields[0].type, "real");
    const table = read(data.rowsetBase64);
    assert.deepEqual(
      table.schema.fields.map((field) => [String(field.type), field.metadata.get("logicalType")]),
      [
        ["FixedSizeList[2]<Float32>", "VECTOR"],
        ["FixedSizeList[2]<Int32>", "VECTOR"],
        ["FixedSizeList[2]<Int32>", "VECTOR"],
      ],
    );
    const row = table.get(0)?.toArray() ?? [];
    assert.deepEqual([...row[0]], [1.5, Math.fround(0.1234567)]);
    assert.deepEqual([...row[1]], [7, 8]);
    assert.equal(row[2], null);
  });

  it("hold DECFLOAT as a power of ten and the bytes of a whole number", async () => {
    const { data } = await client.query(
      "SELECT column1::DECFLOAT AS d FROM VALUES ('555'), ('-1234e4000'), (NULL), ('-128')",
    );
    assert.deepEqual([data.rowtype[0].type, data.rowtype[0].precision], ["decfloat", 38]);
    const table = read(data.rowsetBase64);
    const [field] = table.schema.fields;
    assert.deepEqual(
      [String(field?.type), field?.metadata.get("logicalType")],
      ["Struct<{exponent:Int16, significand:Binary}>", "DECFLOAT"],
    );
    const parts = table.toArray().map(({ D }) => D && [D.exponent, Buffer.from(D.significand).toString("hex")]);
    assert.deepEqual(parts, [[0, "022b"], [4000, "fb2e"], null, [0, "80"]]);
  });

  it("take DECFLOAT that a driver binds, with all its digits", async () => {
    const { data } = await client.query("SELECT ? AS d, ? AS n", {
      bindings: { 1: { type: "DECFLOAT", value: "-1234E+4000" }, 2: { type: "DECFLOAT", value: null } },
      parameters: { PYTHON_CONNECTOR_QUERY_RESULT_FORMAT: "JSON" },
    });
    assert.deepEqual(data.rowset, [["-1.234e4003", null]]);
    await client.query("CREATE OR REPLACE TABLE IN_ARROW.S.BOUND (d DECFLOAT)");
    const given = ["0", "123.456", "12345678901234567890123456789012345678", null];
    await client.query("INSERT INTO IN_ARROW.S.BOUND VALUES (?)", {
      bindings: { 1: { type: "DECFLOAT", value: given } },
    });
    const { data: stored } = await client.query("SELECT d FROM IN_ARROW.S.BOUND ORDER BY d", {
      parameters: { PYTHON_CONNECTOR_QUERY_RESULT_FORMAT: "JSON" },
    });
    assert.deepEqual(stored.rowset.flat(), given);
  });

  it("hold intervals as months and nanoseconds, in 64 bits while those suffice", async () => {
    const { data } = await client.query(
      "SELECT '-1-3'::INTERVAL YEAR TO MONTH y, '7'::INTERVAL YEAR z, '14'::INTERVAL MONTH m, '1 2:3:4.5'::INTERVAL DAY(5) TO SECOND d, '999999999 23'::INTERVAL DAY TO HOUR h, NULL::INTERVAL DAY n",
    );
    assert.deepEqual(
      data.rowtype.map(({ type, scale, precision }: Record<string, unknown>) => [type, scale, Number(precision) & 15]),
      [
        ["interval_year_month", 0, 9],
        ["interval_year_month", 1, 9],
        ["interval_year_month", 2, 9],
        ["interval_day_time", 3, 5],
        ["interval_day_time", 3, 9],
        ["interval_day_time", 3, 9],
      ],
    );
    const table = read(data.rowsetBase64);
    assert.deepEqual(
      table.schema.fields.map(({ type }) => String(type)),
      ["Int64", "Int64", "Int64", "Int64", "Decimal[38e0]", "Decimal[38e0]"],
    );
    const [y, z, m, d] = table.get(0)?.toArray() ?? [];
    assert.deepEqual([y, z, m, d], [-15n, 84n, 14n, 93_784_500_000_000n]);
  });

  it("are what the Go driver gets too, unless its session says JSON", async () => {
    const go = await python({}, { CLIENT_APP_ID: "Go", CLIENT_ENVIRONMENT: { GO_VERSION: "go1.26" } });
    const formatOf = async (sql: string) => (await go.query(sql)).data.queryResultFormat;
    assert.deepEqual([await formatOf("SELECT 1"), await formatOf("SHOW ROLES")], ["arrow", "json"]);
    const { data } = await go.query("ALTER SESSION SET GO_QUERY_RESULT_FORMAT = JSON");
    const told = data.parameters.find(({ name }: { name: string }) => name === "GO_QUERY_RESULT_FORMAT");
    assert.deepEqual([told.value, await formatOf("SELECT 1")], ["JSON", "json"]);
  });

  it("are what JDBC gets too, unless its session says JSON", async () => {
    const jdbc = await python({}, { CLIENT_APP_ID: "JDBC", CLIENT_ENVIRONMENT: { JAVA_VERSION: "17.0.15" } });
    const formatOf = async (sql: string) => (await jdbc.query(sql)).data.queryResultFormat;
    assert.deepEqual([await formatOf("SELECT 1"), await formatOf("SHOW ROLES")], ["arrow", "json"]);
    const { data } = await jdbc.query("ALTER SESSION SET JDBC_QUERY_RESULT_FORMAT = JSON");
    const told = data.parameters.find(({ name }: { name: string }) => name === "JDBC_USE_SESSION_TIMEZONE");
    assert.deepEqual(told, { name: "JDBC_USE_SESSION_TIMEZONE", value: true });
    assert.equal(await formatOf("SELECT 1"), "json");
  });

  it("tell of texts how many bytes their characters may need", async () => {
    const { data } = await client.query("SELECT 'x'::VARCHAR(100) AS a, 'x'::VARCHAR AS b");
    assert.deepEqual(
      read(data.rowsetBase64).schema.fields.map(({ metadata }) => [
        metadata.get("charLength"),
        metadata.get("byteLength"),
      ]),
      [
        ["100", "400"],
        ["16777216", "16777216"],
      ],
    );
  });

  it("are Arrow streams whose fields tell Snowflake's types", async () => {
    const { data } = await client.query(
      "SELECT 1.50::NUMBER(12, 2) AS n, 'ä' AS s, TRUE AS b, '2024-02-29'::DATE AS d, 1.5::FLOAT AS f, x'00FF' AS x, [1] AS a, NULL AS u",
    );
    assert.equal(data.queryResultFormat, "arrow");
    assert.equal(data.rowset, undefined);
    const table = read(data.rowsetBase64);
    assert.deepEqual(
      table.schema.fields.map((field) => [
        field.name,
        String(field.type),
        field.metadata.get("logicalType"),
        field.metadata.get("scale"),
      ]),
      [
        ["N", "Int64", "FIXED", "2"],
        ["S", "Utf8", "TEXT", "0"],
        ["B", "Bool", "BOOLEAN", "0"],
        ["D", "Date32<DAY>", "DATE", "0"],
        ["F", "Float64", "REAL", "0"],
        ["X", "Binary", "BINARY", "0"],
        ["A", "Utf8", "ARRAY", "0"],
        ["U", "Utf8", "TEXT", "0"],
      ],
    );
    const row = table.get(0)?.toJSON() ?? {};
    assert.deepEqual(
      [row.N, row.S, row.B, row.F, [...row.X], row.A, row.U],
      [150n, "ä", true, 1.5, [0, 255], "[\n  1\n]", null],
    );
  });

  it("have the narrowest integers that hold the values of a column of a table, and decimals beyond 64 bits", async () => {
    await client.query(
      "CREATE OR REPLACE TABLE IN_ARROW.S.NUMBERS AS SELECT column1::INT a, column2::INT b, column3::INT c, column4::INT d, column5::INT e FROM VALUES (1, 300, 70000, 5000000000, 12345678901234567890123), (-128, NULL, -1, 0, NULL)",
    );
    const { data } = await client.query("SELECT * FROM IN_ARROW.S.NUMBERS ORDER BY a DESC");
    const table = read(data.rowsetBase64);
    assert.deepEqual(
      table.schema.fields.map((field) => String(field.type)),
      ["Int8", "Int16", "Int32", "Int64", "Decimal[38e0]"],
    );
    assert.deepEqual(
      [...table].map((row) => [...row].slice(0, 4).map(([, value]) => value)),
      [
        [1, 300, 70000, 5000000000n],
        [-128, null, -1, 0n],
      ],
    );
  });

  it("have integers of the type where a number is computed, whatever its value", async () => {
    const { data } = await client.query(
      "SELECT 1::NUMBER(2,0), 1::NUMBER(4,0), 1::NUMBER(9,2), 1::NUMBER(18,0), 1::NUMBER(19,0), 1.5::NUMBER(38,3), COUNT(*)",
    );
    assert.deepEqual(
      read(data.rowsetBase64).schema.fields.map((field) => String(field.type)),
      ["Int8", "Int16", "Int32", "Int64", "Decimal[19e0]", "Decimal[38e+3]", "Int64"],
    );
  });

  it("have timestamps as seconds, nanoseconds and the offset", async () => {
    const { data } = await client.query(
      "SELECT '1969-12-31 23:59:59.5'::TIMESTAMP_NTZ AS n, '2024-01-01 01:02:03.456 +01:00'::TIMESTAMP_TZ AS z, '12:00:01.5'::TIME(3) AS t, '2024-01-01 00:00:00.25'::TIMESTAMP_NTZ(3) AS m",
    );
    const row = read(data.rowsetBase64).get(0);
    assert.deepEqual({ ...row?.N.toJSON() }, { epoch: -1n, fraction: 500_000_000 });
    assert.deepEqual({ ...row?.Z.toJSON() }, { epoch: 1_704_067_323n, fraction: 456_000_000, timezone: 1500 });
    assert.equal(row?.T, 43_201_500n);
    assert.equal(row?.M, 1_704_067_200_250n);
  });

  it("have instants of few digits as one integer and the offset", async () => {
    const { data } = await client.query(
      "SELECT '1971-01-01 00:00:00 +0100'::TIMESTAMP_TZ(0) AS s, '1969-12-31 23:59:59.5 -0030'::TIMESTAMP_TZ(1) AS d, NULL::TIMESTAMP_TZ(3) AS n",
    );
    const table = read(data.rowsetBase64);
    assert.deepEqual(
      table.schema.fields.map((field) => field.metadata.get("byteLength")),
      ["8", "8", "8"],
    );
    const row = table.get(0);
    assert.deepEqual({ ...row?.S.toJSON() }, { epoch: 31_532_400n, timezone: 1500 });
    assert.deepEqual({ ...row?.D.toJSON() }, { epoch: 17_995n, timezone: 1410 });
    assert.equal(row?.N, null);
  });

  it("are Arrow for a session that forces it, whatever the case of the word", async () => {
    const { data } = await (await python({ PYTHON_CONNECTOR_QUERY_RESULT_FORMAT: "arrow_force" })).query("SELECT 1");
    assert.equal(data.queryResultFormat, "arrow");
  });

  it("announce no padding as data, whatever the number of rows", async () => {
    for (const rows of ["('a')", "('a'), ('bc')", "('a'), (NULL), ('def')", "('a'), ('b'), ('c'), ('d')"]) {
      const { data } = await client.query(`SELECT column1 FROM VALUES ${rows}`);
      for (const batch of read(data.rowsetBase64).batches) assert.equal(batch.numRows % 2, 1, rows);
    }
  });

  it("have their own types and values although the same columns were answered before", async () => {
    await client.query("CREATE OR REPLACE TABLE IN_ARROW.S.ONE (n NUMBER(38,0))");
    for (const [value, type, read_] of [
      [1, "Int8", 1],
      [2, "Int8", 2],
      [300, "Int16", 300],
      ["5000000000", "Int64", 5_000_000_000n],
      [3, "Int8", 3],
    ] as const) {
      await client.query(`INSERT OVERWRITE INTO IN_ARROW.S.ONE VALUES (${value})`);
      const { data } = await client.query("SELECT n FROM IN_ARROW.S.ONE");
      const table = read(data.rowsetBase64);
      assert.deepEqual([String(table.schema.fields[0]?.type), table.get(0)?.n ?? table.get(0)?.N], [type, read_]);
    }
  });

  it("come in pieces of Arrow when they are large", async () => {
    const { data } = await client.query(
      "SELECT seq8() AS n, REPEAT('x', 200) AS s FROM TABLE(GENERATOR(ROWCOUNT => 30000))",
    );
    assert.equal(data.rowsetBase64, "");
    let total = 0;
    for (const chunk of data.chunks) {
      const table = tableFromIPC(new Uint8Array(await (await fetch(chunk.url)).arrayBuffer()));
      assert.equal(table.numRows, chunk.rowCount);
      total += table.numRows;
    }
    assert.equal(total, 30_000);
  });

  it("are read again in the same format", async () => {
    const { data } = await client.query("SELECT 7 AS seven");
    const again = await client.get(`/queries/${data.queryId}/result`);
    assert.equal(read(again.data.rowsetBase64).get(0)?.SEVEN, 7);
  });

  it("are JSON where the session, the statement or the kind of statement says so", async () => {
    const format = async (asked: WireClient, sql: string, more = {}) =>
      (await asked.query(sql, more)).data.queryResultFormat;
    assert.equal(await format(client, "SHOW DATABASES"), "json");
    assert.equal(await format(await python({ PYTHON_CONNECTOR_QUERY_RESULT_FORMAT: "JSON" }), "SELECT 1"), "json");
    assert.equal(await format(await python({ QUERY_RESULT_FORMAT: "JSON" }), "SELECT 1"), "json");
    const parameters = { PYTHON_CONNECTOR_QUERY_RESULT_FORMAT: "JSON" };
    assert.equal(await format(client, "SELECT 1", { parameters }), "json");
    assert.equal(await format(client, "SELECT 1"), "arrow");
  });
});
