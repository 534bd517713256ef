import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

describe("Unloading and reading staged files", () => {
  let server: LocalServer;
  let connection: Connection;
  const run = (sql: string) => query(connection, sql);

  before(async () => {
    server = await startServer();
    connection = await connect(server);
    await run("CREATE DATABASE d");
    await run("CREATE WAREHOUSE w");
    await run("CREATE STAGE st");
    await run("CREATE FILE FORMAT js TYPE = JSON");
    await run("CREATE FILE FORMAT quoted TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '\"'");
  });

  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  const names = async (place: string) => (await run(`LIST ${place}`)).map((row) => row.name);

  it("CSV goes out and comes back with quotes, delimiters, line breaks, NULL and empty text", async () => {
    await run(`CREATE TABLE t (n NUMBER(5,2), s VARCHAR) AS
      SELECT * FROM VALUES (1.5, 'plain'), (2, 'a,"b"'), (3, 'two\nlines'), (4, NULL), (5, '')`);
    const [summary] = await run("COPY INTO @st/csv/ FROM t FILE_FORMAT = (FORMAT_NAME = quoted COMPRESSION = NONE)");
    assert.equal(summary?.rows_unloaded, 5);
    assert.equal(summary?.input_bytes, summary?.output_bytes);
    assert.deepEqual(await names("@st/csv"), ["st/csv/data_0_0_0.csv"]);
    const back = await run("SELECT $1, $2 FROM @st/csv/ (FILE_FORMAT => 'quoted') ORDER BY 1");
    assert.deepEqual(
      back.map((row) => [row.$1, row.$2]),
      [
        ["1.50", "plain"],
        ["2.00", 'a,"b"'],
        ["3.00", "two\nlines"],
        ["4.00", null],
        ["5.00", ""],
      ],
    );
  });

  it("without enclosure delimiters are escaped", async () => {
    await run("COPY INTO @st/bare/x FROM (SELECT 'a,b', 'c\\\\d', NULL) ");
    assert.deepEqual(await names("@st/bare"), ["st/bare/x_0_0_0.csv.gz"]);
    assert.deepEqual(await run("SELECT $1, $2, $3 FROM @st/bare"), [{ $1: "a,b", $2: "c\\d", $3: null }]);
  });

  it("JSON keeps every digit and sorts by file and row", async () => {
    await run(`COPY INTO @st/json FROM (
        SELECT OBJECT_CONSTRUCT('n', column1::NUMBER(38,0), 'x', PARSE_JSON('1.10')) FROM VALUES (12345678901234567890123456789012345678), (2))
      PARTITION BY ('part=' || 'a') FILE_FORMAT = (TYPE = JSON COMPRESSION = GZIP)`);
    const [name] = await names("@st/json");
    assert.match(String(name), /^st\/json\/part=a\/data_[0-9a-f-]{36}_0_0_0\.json\.gz$/);
    const rows = await run(
      "SELECT METADATA$FILENAME AS f, METADATA$FILE_ROW_NUMBER AS r, TO_JSON($1) AS j FROM @st/json (FILE_FORMAT => 'js') ORDER BY r",
    );
    assert.deepEqual(
      rows.map((row) => [String(row.F).startsWith("json/part=a/data_"), row.R, row.J]),
      [
        [true, 1, '{"n":12345678901234567890123456789012345678,"x":1.1}'],
        [true, 2, '{"n":2,"x":1.1}'],
      ],
    );
  });

  it("PARTITION BY makes a folder per value, NULL one of its own", async () => {
    await run(`COPY INTO @st/p FROM (SELECT column1 AS k FROM VALUES ('a'), ('b'), (NULL), ('a')) PARTITION BY (k)`);
    assert.deepEqual(
      (await names("@st/p")).map((name) => String(name).split("/")[2]),
      ["__NULL__", "a", "b"],
    );
    assert.deepEqual(await run("SELECT COUNT(*) AS n FROM @st/p/a/"), [{ N: 2 }]);
  });

  it("refuses to replace files unless told to, and to put too much into one", async () => {
    await run("COPY INTO @st/once/ FROM (SELECT 1)");
    await assert.rejects(run("COPY INTO @st/once/ FROM (SELECT 2)"), {
      code: "001030",
      message: "Files already existing at the unload destination: @st/once/. Use overwrite option to force unloading.",
    });
    await run("COPY INTO @st/once/ FROM (SELECT 3) OVERWRITE = TRUE");
    assert.deepEqual(await run("SELECT $1 AS v FROM @st/once/"), [{ V: "3" }]);
    await run("COPY INTO @st/one.csv FROM (SELECT 4) SINGLE = TRUE FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE)");
    assert.deepEqual(await names("@st/one"), ["st/one.csv"]);
    await assert.rejects(
      run(
        "COPY INTO @st/big FROM (SELECT 'aaaaa' FROM TABLE(GENERATOR(ROWCOUNT => 9))) SINGLE = TRUE MAX_FILE_SIZE = 20",
      ),
      { code: "100080" },
    );
    assert.deepEqual(await names("@st/big"), []);
  });

  it("splits at MAX_FILE_SIZE and tells of each file in DETAILED_OUTPUT, with HEADER in each", async () => {
    const files =
      await run(`COPY INTO @st/split/ FROM (SELECT column1 AS "n" FROM VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9))
      FILE_FORMAT = (COMPRESSION = NONE) MAX_FILE_SIZE = 8 HEADER = TRUE DETAILED_OUTPUT = TRUE`);
    assert.deepEqual(
      files.map((file) => [file.FILE_NAME, file.FILE_SIZE, file.ROW_COUNT]),
      [
        ["split/data_0_0_0.csv", 10, 4],
        ["split/data_0_0_1.csv", 10, 4],
        ["split/data_0_0_2.csv", 4, 1],
      ],
    );
  });

  it("nothing to unload leaves no file", async () => {
    const [summary] = await run("COPY INTO @st/none/ FROM (SELECT 1 WHERE FALSE)");
    assert.deepEqual(summary, { rows_unloaded: 0, input_bytes: 0, output_bytes: 0 });
    assert.deepEqual(await names("@st/none"), []);
  });

  it("VALIDATION_MODE gives the rows instead", async () => {
    assert.deepEqual(await run("COPY INTO @st/v/ FROM (SELECT 7 AS a) VALIDATION_MODE = RETURN_ROWS"), [{ A: 7 }]);
    assert.deepEqual(await names("@st/v"), []);
  });

  it("JSON takes one semi-structured column only", async () => {
    await assert.rejects(run("COPY INTO @st/j FROM (SELECT 1, 2) FILE_FORMAT = (TYPE = JSON)"), {
      code: "000002",
      message: "Unsupported feature 'unloading of more than one column or non-json values'.",
    });
  });

  it("columns of staged files are not part of *, a bad document is named with its place", async () => {
    await assert.rejects(run("SELECT * FROM @st/once/"), /SELECT with no columns/);
    await assert.rejects(run("SELECT $1 FROM @st/one.csv (FILE_FORMAT => 'nowhere')"), {
      code: "002003",
      message: "SQL compilation error:\nFile format 'NOWHERE' does not exist or not authorized.",
    });
    await run(
      "COPY INTO @st/bad.json FROM (SELECT '{\"a\":1}' UNION ALL SELECT '{\"a\":') SINGLE = TRUE FILE_FORMAT = (COMPRESSION = NONE)",
    );
    await assert.rejects(run("SELECT $1 FROM @st/bad.json (FILE_FORMAT => js)"), {
      code: "100069",
      message:
        'Error parsing JSON: incomplete object value, pos 7\n  File \'bad.json\', line 3, character 1\n  Row 2, column "ST"["$1":1]',
    });
  });

  it("a view reads staged files, joins and windows over them work", async () => {
    await run("COPY INTO @st/nums/ FROM (SELECT column1, column1 * 10 FROM VALUES (1), (2), (3))");
    await run("CREATE VIEW nums AS SELECT $1::INT AS a, $2::INT AS b FROM @st/nums/");
    assert.deepEqual(await run("SELECT SUM(n.b) AS s FROM nums n JOIN @st/nums/ f ON f.$1 = n.a WHERE f.$1 > 1"), [
      { S: 50 },
    ]);
  });
});
