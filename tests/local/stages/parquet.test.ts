import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import snowflake, { type Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

describe("Parquet files", () => {
  let server: LocalServer;
  let connection: Connection;
  let folder: string;
  const run = (sql: string) => query(connection, sql);

  before(async () => {
    snowflake.configure({ representNullAsStringNull: false } as never);
    folder = mkdtempSync(join(tmpdir(), "parquet-test-"));
    server = await startServer();
    connection = await connect(server);
    for (const sql of [
      "CREATE DATABASE d",
      "CREATE WAREHOUSE w",
      "CREATE STAGE st",
      "CREATE FILE FORMAT pq TYPE = PARQUET",
      "CREATE FILE FORMAT pq_logical TYPE = PARQUET USE_LOGICAL_TYPE = TRUE",
      "CREATE FILE FORMAT js TYPE = JSON",
      "CREATE FILE FORMAT with_header TYPE = CSV PARSE_HEADER = TRUE",
    ])
      await run(sql);
  });

  after(async () => {
    await disconnect(connection);
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** A file as another tool writes it, put into the stage under `in/`. */
  async function put(name: string, sql: string): Promise<void> {
    const path = join(folder, name);
    const instance = await DuckDBInstance.create(":memory:");
    const engine = await instance.connect();
    await engine.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
    instance.closeSync();
    await run(`PUT file://${path} @st/in AUTO_COMPRESS = FALSE`);
  }

  const EVERY_TYPE = `SELECT 1::BIGINT AS i, 1.5::DOUBLE AS f, 2::DOUBLE AS whole, 'a' AS s, TRUE AS b, DATE '2024-02-29' AS d,
    TIMESTAMP '2024-02-29 12:34:56.123456' AS ts, TIMESTAMP_NS '2024-02-29 12:34:56.123456789' AS ns, 1.50::DECIMAL(5,2) AS n,
    [1, NULL] AS l, {'x': 1, 'y': NULL} AS o, 'raw'::BLOB AS raw, 12345678901234567890::HUGEINT::DECIMAL(38,0) AS big, NULL::INT AS gone`;

  it("are read by several at once", async () => {
    await run(
      "COPY INTO @st/many FROM (SELECT SEQ4() AS n FROM TABLE(GENERATOR(ROWCOUNT => 20000))) FILE_FORMAT = (TYPE = PARQUET) HEADER = TRUE",
    );
    const others = await Promise.all([1, 2, 3].map(() => connect(server, { database: "D", schema: "PUBLIC" })));
    const counts = await Promise.all(
      others.map((other) => query(other, "SELECT COUNT(*) AS n, SUM($1:N) AS s FROM @st/many (FILE_FORMAT => 'pq')")),
    );
    for (const rows of counts) assert.deepEqual(rows, [{ N: 20000, S: 199990000 }]);
    assert.deepEqual(
      await run(
        "SELECT COUNT(*) AS n FROM @st/many (FILE_FORMAT => 'pq') a JOIN @st/many (FILE_FORMAT => 'pq') b ON a.$1:N = b.$1:N",
      ),
      [{ N: 20000 }],
    );
    await Promise.all(others.map(disconnect));
  });

  it("are stored by PUT as they are, and their rows are objects", async () => {
    await put("types.parquet", EVERY_TYPE);
    assert.deepEqual(
      (await run("LIST @st/in")).map((row) => row.name),
      ["st/in/types.parquet"],
    );
    const [row] = await run("SELECT TO_JSON($1) AS j FROM @st/in/types.parquet (FILE_FORMAT => 'pq')");
    assert.equal(
      row?.J,
      '{"b":true,"big":12345678901234567890,"d":"2024-02-29","f":1.500000000000000e+00,"i":1,"l":[1,null],"n":1.5,"ns":1709210096123456789,"o":{"x":1},"raw":"raw","s":"a","ts":"2024-02-29 12:34:56.123","whole":2.000000000000000e+00}',
    );
  });

  it("have timestamps of the newer annotation as integers unless USE_LOGICAL_TYPE says otherwise", async () => {
    const sql = (format: string) =>
      `SELECT TYPEOF($1:ns) AS t, $1:ns::TIMESTAMP_NTZ(6)::VARCHAR AS v FROM @st/in/types.parquet (FILE_FORMAT => '${format}')`;
    // An integer in a VARIANT is an instant, shown in the session's time zone.
    assert.deepEqual({ ...(await run(sql("pq")))[0] }, { T: "INTEGER", V: "2024-02-29 04:34:56.123" });
    assert.deepEqual({ ...(await run(sql("pq_logical")))[0] }, { T: "TIMESTAMP_NTZ", V: "2024-02-29 12:34:56.123" });
  });

  it("are loaded into one VARIANT, by column names, or through a transformation", async () => {
    await put("two.parquet", "SELECT * FROM (VALUES (1, 'a', 1.25), (2, NULL, 2.5)) t(id, \"Name\", amount)");
    await run("CREATE TABLE raw (v VARIANT)");
    await run("COPY INTO raw FROM @st/in/two.parquet FILE_FORMAT = (TYPE = PARQUET)");
    assert.deepEqual(
      (await run("SELECT v:id::INT AS i, v:Name::VARCHAR AS n FROM raw ORDER BY i")).map((row) => [row.I, row.N]),
      [
        [1, "a"],
        [2, null],
      ],
    );
    await run("CREATE TABLE named (amount NUMBER(6, 2), name VARCHAR, id INT, other INT DEFAULT 7)");
    await run(
      "COPY INTO named FROM @st/in/two.parquet FILE_FORMAT = (FORMAT_NAME = pq) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE",
    );
    await run(
      'COPY INTO named (id, name) FROM (SELECT CONCAT(1, $1:id::VARCHAR)::INT, $1:"Name"::VARCHAR FROM @st/in/two.parquet) FILE_FORMAT = (FORMAT_NAME = pq) FORCE = TRUE',
    );
    assert.deepEqual(
      (await run("SELECT id, name, amount FROM named ORDER BY id")).map((row) => [row.ID, row.NAME, row.AMOUNT]),
      [
        [1, "a", 1.25],
        [2, null, 2.5],
        [11, "a", null],
        [12, null, null],
      ],
    );
    await assert.rejects(run("COPY INTO named FROM @st/in/two.parquet FILE_FORMAT = (TYPE = PARQUET) FORCE = TRUE"), {
      message:
        "SQL compilation error:\nPARQUET file format can produce one and only one column of type variant, object, or array. Load data into separate columns using the MATCH_BY_COLUMN_NAME copy option or copy with transformation.",
    });
  });

  it("that are none are refused", async () => {
    const path = join(folder, "no.parquet");
    writeFileSync(path, "id,name\n1,a\n");
    await run(`PUT file://${path} @st/bad AUTO_COMPRESS = FALSE`);
    await assert.rejects(run("SELECT $1 FROM @st/bad (FILE_FORMAT => 'pq')"), {
      message: "Error parsing the parquet file: 'bad/no.parquet' is not a Parquet file that can be read.",
    });
  });

  it("tell their columns to INFER_SCHEMA", async () => {
    const types = async (format: string, more = "") =>
      (
        await run(
          `SELECT column_name AS c, type AS t FROM TABLE(INFER_SCHEMA(LOCATION => '@st/in/types.parquet', FILE_FORMAT => '${format}'${more})) ORDER BY order_id`,
        )
      ).map((row) => `${row.C} ${row.T}`);
    assert.deepEqual(await types("pq"), [
      "i NUMBER(38, 0)",
      "f REAL",
      "whole REAL",
      "s TEXT",
      "b BOOLEAN",
      "d DATE",
      "ts TIMESTAMP_NTZ",
      "ns NUMBER(38, 0)",
      "n NUMBER(5, 2)",
      "l VARIANT",
      "o VARIANT",
      "raw BINARY",
      "big NUMBER(38, 0)",
      "gone NUMBER(38, 0)",
    ]);
    assert.equal((await types("pq_logical"))[7], "ns TIMESTAMP_NTZ");
    assert.equal((await types("pq", ", IGNORE_CASE => TRUE"))[0], "I NUMBER(38, 0)");
    const [first] = await run(
      "SELECT * FROM TABLE(INFER_SCHEMA(LOCATION => '@st/in/', FILE_FORMAT => 'pq', FILES => ('two.parquet')))",
    );
    assert.deepEqual(
      { ...first },
      {
        COLUMN_NAME: "id",
        TYPE: "NUMBER(38, 0)",
        NULLABLE: true,
        EXPRESSION: "$1:id::NUMBER(38, 0)",
        FILENAMES: "in/two.parquet",
        ORDER_ID: 0,
      },
    );
    await assert.rejects(
      run("SELECT * FROM TABLE(INFER_SCHEMA(LOCATION => '@st/in', FILE_FORMAT => 'pq', FILES => ('none.parquet')))"),
      /Remote file '@ST\/in\/none.parquet' was not found/,
    );
  });

  it("with instants and times of a zone tell them from wall clocks", async () => {
    await put("zones.parquet", "SELECT TIMESTAMPTZ '2024-02-29 12:00:00+02' AS z, TIMETZ '12:34:56+00' AS t");
    const columns = (format: string) =>
      run(
        `SELECT column_name || ' ' || type AS c FROM TABLE(INFER_SCHEMA(LOCATION => '@st/in/zones.parquet', FILE_FORMAT => '${format}'))`,
      );
    assert.deepEqual(await columns("pq_logical"), [{ C: "z TIMESTAMP_LTZ" }, { C: "t TIME" }]);
    assert.deepEqual(await columns("pq"), [{ C: "z TIMESTAMP_NTZ" }, { C: "t TIME" }]);
    const [row] = await run(
      "SELECT CONVERT_TIMEZONE('UTC', $1:z::TIMESTAMP_LTZ)::VARCHAR AS z, $1:t::TIME::VARCHAR AS t FROM @st/in/zones.parquet (FILE_FORMAT => 'pq_logical')",
    );
    assert.deepEqual({ ...row }, { Z: "2024-02-29 10:00:00.000 +0000", T: "12:34:56" });
  });

  it("are read by the expression that INFER_SCHEMA gives for names in any case", async () => {
    await put("names.parquet", `SELECT 'a' AS "Ema!l", 1.5::DOUBLE AS "it's"`);
    const found = await run(
      "SELECT expression AS e FROM TABLE(INFER_SCHEMA(LOCATION => '@st/in/names.parquet', FILE_FORMAT => 'pq', IGNORE_CASE => TRUE))",
    );
    const expressions = found.map((row) => row.E);
    assert.deepEqual(expressions, ["GET_IGNORE_CASE ($1, 'EMA!L')::TEXT", "GET_IGNORE_CASE ($1, 'IT''S')::REAL"]);
    const [row] = await run(`SELECT ${expressions.join(", ")} FROM @st/in/names.parquet (FILE_FORMAT => 'pq')`);
    assert.deepEqual(Object.values(row ?? {}), ["a", 1.5]);
  });

  it("columns of JSON and CSV are guessed from the values", async () => {
    writeFileSync(
      join(folder, "a.json"),
      '{"n":1,"s":"x","d":"2024-01-02","l":[1],"m":"x","v":1}\n{"n":22.5,"s":null,"t":"2024-01-02T03:04:05Z","m":true,"v":true}\n',
    );
    writeFileSync(join(folder, "b.csv"), "id,when,flag,text\n1,2024-01-02,true,x\n300,2024-01-02 10:00:00,false,2\n");
    await run(`PUT file://${folder}/a.json @st/guess/a`);
    await run(`PUT file://${folder}/b.csv @st/guess/b`);
    const guessed = async (path: string, format: string) =>
      (await run(`SELECT * FROM TABLE(INFER_SCHEMA(LOCATION => '@st/guess/${path}', FILE_FORMAT => '${format}'))`)).map(
        (row) => `${row.COLUMN_NAME} ${row.TYPE}`,
      );
    assert.deepEqual(await guessed("a", "js"), [
      "d DATE",
      "l ARRAY",
      "m TEXT",
      "n NUMBER(3, 1)",
      "s TEXT",
      "v VARIANT",
      "t TIMESTAMP_NTZ",
    ]);
    assert.deepEqual(await guessed("b", "with_header"), [
      "id NUMBER(3, 0)",
      "when TIMESTAMP_NTZ",
      "flag BOOLEAN",
      "text TEXT",
    ]);
  });

  it("are written by COPY INTO a stage, and read again", async () => {
    await run(`CREATE TABLE out (id INT, n NUMBER(10, 2), f FLOAT, s VARCHAR, ts TIMESTAMP_NTZ, v VARIANT) AS
      SELECT 1, 1.5, 2.5, 'a', '2024-01-02 03:04:05.678'::TIMESTAMP_NTZ, PARSE_JSON('{"k":[1]}') UNION ALL SELECT 2, NULL, NULL, NULL, NULL, NULL`);
    const [summary] = await run("COPY INTO @st/out/ FROM out FILE_FORMAT = (TYPE = PARQUET) HEADER = TRUE");
    assert.equal(summary?.rows_unloaded, 2);
    assert.deepEqual(
      (await run("LIST @st/out")).map((row) => row.name),
      ["st/out/data_0_0_0.snappy.parquet"],
    );
    const back = await run("SELECT TO_JSON($1) AS j FROM @st/out/ (FILE_FORMAT => 'pq') ORDER BY $1:ID::INT");
    assert.deepEqual(
      back.map((row) => row.J),
      [
        '{"F":2.500000000000000e+00,"ID":1,"N":1.5,"S":"a","TS":"2024-01-02 03:04:05.678","V":"{\\"k\\":[1]}"}',
        '{"ID":2}',
      ],
    );
    await run("COPY INTO @st/plain/x FROM (SELECT 1, 'b') FILE_FORMAT = (TYPE = PARQUET COMPRESSION = NONE)");
    const [plain] = await run("SELECT TO_JSON($1) AS j, METADATA$FILENAME AS f FROM @st/plain/ (FILE_FORMAT => 'pq')");
    assert.deepEqual({ ...plain }, { J: '{"_COL_0":1,"_COL_1":"b"}', F: "plain/x_0_0_0.parquet" });
  });

  it("are written one for each partition", async () => {
    await run("COPY INTO @st/parts/ FROM out PARTITION BY ('id=' || id) FILE_FORMAT = (TYPE = PARQUET) HEADER = TRUE");
    const files = (await run("LIST @st/parts")).map((row) =>
      String(row.name).replace(/data_[0-9a-f-]+_0/, "data_ID_0"),
    );
    assert.deepEqual(
      files,
      ["st/parts/id=1/data_ID_0_0_0.snappy.parquet", "st/parts/id=2/data_ID_0_0_0.snappy.parquet"].map((name) =>
        name.replace("_0_0_0", "_0_0_0"),
      ),
    );
  });

  it("hold no timestamps with time zones", async () => {
    await assert.rejects(run("COPY INTO @st/tz/ FROM (SELECT CURRENT_TIMESTAMP()) FILE_FORMAT = (TYPE = PARQUET)"), {
      message:
        "SQL compilation error:\nError encountered when unloading to PARQUET: TIMESTAMP_TZ and LTZ types are not supported for unloading to Parquet. Convert the column to TIMESTAMP_NTZ.",
    });
  });
});
