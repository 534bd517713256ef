import assert from "node:assert/strict";
import { connect, disconnect, query, type Row } from "../support";
import { loading } from "./loading";

describe("COPY INTO a table", () => {
  const { server, connection, run, rows, put } = loading();
  const names = async () => (await run("LIST @st")).map((row) => row.name);
  const brief = (result: Row[]) =>
    result.map((row) => [row.file, row.status, row.rows_parsed, row.rows_loaded, row.errors_seen]);
  const HINT =
    "\n  If you would like to continue loading when an error is encountered, use other values such as 'SKIP_FILE' or 'CONTINUE' for the ON_ERROR option. For more information on loading options, please run 'info loading_data' in a SQL client.";

  it("loads CSV and says so per file; the same files a second time only with FORCE or when they changed", async () => {
    await put("x.csv", "1,one\n2,two\n");
    await put("y.csv", "3,\n");
    const first = await run("COPY INTO t FROM @st");
    assert.deepEqual(first[0], {
      file: "st/x.csv",
      status: "LOADED",
      rows_parsed: 2,
      rows_loaded: 2,
      error_limit: 1,
      errors_seen: 0,
      first_error: null,
      first_error_line: null,
      first_error_character: null,
      first_error_column_name: null,
    });
    assert.deepEqual(await rows("SELECT * FROM t ORDER BY a"), [
      [1, "one"],
      [2, "two"],
      [3, null],
    ]);
    assert.deepEqual(await run("COPY INTO t FROM @st"), [{ status: "Copy executed with 0 files processed." }]);
    await put("x.csv", "9,nine\n");
    assert.deepEqual(brief(await run("COPY INTO t FROM @st")), [["st/x.csv", "LOADED", 1, 1, 0]]);
    assert.deepEqual(brief(await run("COPY INTO t FROM @st FILES = ('x.csv')")), [
      ["st/x.csv", "LOAD_SKIPPED", 0, 0, 1],
    ]);
    assert.equal((await run("COPY INTO t FROM @st FORCE = TRUE")).length, 2);
    await run("TRUNCATE TABLE t");
    assert.equal((await run("COPY INTO t FROM @st")).length, 2);
  });

  it("forgets what a transaction that was rolled back has loaded", async () => {
    await put("x.csv", "1,one\n");
    await run("BEGIN");
    await run("COPY INTO t FROM @st PURGE = TRUE");
    await run("ROLLBACK");
    assert.deepEqual(await names(), ["st/x.csv"]);
    await run("COPY INTO t FROM @st PURGE = TRUE");
    assert.deepEqual(await names(), []);
    assert.deepEqual(await rows("SELECT a FROM t"), [[1]]);
  });

  it("ABORT_STATEMENT names file, line, character, row and column, and loads nothing", async () => {
    await put("bad.csv", "1,one\nx,two\n");
    await assert.rejects(run("COPY INTO t FROM @st"), {
      code: "100038",
      message: `Numeric value 'x' is not recognized\n  File 'bad.csv', line 2, character 1\n  Row 2, column "T"["A":1]${HINT}`,
    });
    await put("bad.csv", "1,one\n2,toolong\n");
    await assert.rejects(run("COPY INTO t FROM @st"), {
      code: "100074",
      message: `User character length limit (5) exceeded by string 'toolong'\n  File 'bad.csv', line 2, character 3\n  Row 2, column "T"["B":2]${HINT}`,
    });
    await put("bad.csv", "1,one\n2\n");
    await assert.rejects(run("COPY INTO t FROM @st"), {
      code: "100068",
      message: `End of record reached while expected to parse column '"T"["B":2]'\n  File 'bad.csv', line 2, character 2\n  Row 2, column "T"["B":2]${HINT}`,
    });
    assert.deepEqual(await rows("SELECT * FROM t"), []);
    await run("COPY INTO t FROM @st FILE_FORMAT = (ERROR_ON_COLUMN_COUNT_MISMATCH = FALSE)");
    assert.deepEqual(await rows("SELECT * FROM t ORDER BY a"), [
      [1, "one"],
      [2, null],
    ]);
  });

  it("CONTINUE leaves bad rows out, SKIP_FILE bad files", async () => {
    await put("good.csv", "1,a\n2,b\n");
    await put("mixed.csv", "x,a\n3,c\ny,d\n4,e\n");
    const skipped = await run("COPY INTO t FROM @st ON_ERROR = SKIP_FILE");
    assert.deepEqual(brief(skipped), [
      ["st/good.csv", "LOADED", 2, 2, 0],
      ["st/mixed.csv", "LOAD_FAILED", 4, 0, 2],
    ]);
    assert.deepEqual(
      [
        skipped[1]?.first_error,
        skipped[1]?.first_error_line,
        skipped[1]?.first_error_character,
        skipped[1]?.first_error_column_name,
      ],
      ["Numeric value 'x' is not recognized", 1, 1, '"T"["A":1]'],
    );
    assert.deepEqual(brief(await run("COPY INTO t FROM @st ON_ERROR = SKIP_FILE_2")), [
      ["st/mixed.csv", "LOAD_FAILED", 4, 0, 2],
    ]);
    assert.deepEqual(brief(await run("COPY INTO t FROM @st ON_ERROR = 'SKIP_FILE_49%'")), [
      ["st/mixed.csv", "LOAD_FAILED", 4, 0, 2],
    ]);
    assert.deepEqual(brief(await run("COPY INTO t FROM @st ON_ERROR = CONTINUE")), [
      ["st/mixed.csv", "PARTIALLY_LOADED", 4, 2, 2],
    ]);
    assert.deepEqual(await rows("SELECT a FROM t ORDER BY a"), [[1], [2], [3], [4]]);
    assert.deepEqual(await run("COPY INTO t FROM @st ON_ERROR = CONTINUE"), [
      { status: "Copy executed with 0 files processed." },
    ]);
    assert.deepEqual(
      brief(await run("COPY INTO t FROM @st ON_ERROR = CONTINUE FORCE = TRUE RETURN_FAILED_ONLY = TRUE")).map(
        (r) => r[0],
      ),
      ["st/mixed.csv"],
    );
  });

  it("VALIDATION_MODE shows errors or rows and stores nothing", async () => {
    await put("mixed.csv", "x,a\n3,c\n4,toolong\n5\n");
    const errors = await run("COPY INTO t FROM @st VALIDATION_MODE = RETURN_ERRORS");
    assert.deepEqual(
      errors.map((e) => [e.ERROR, e.FILE, e.LINE, e.CHARACTER, e.CATEGORY, e.CODE, e.COLUMN_NAME, e.ROW_NUMBER]),
      [
        ["Numeric value 'x' is not recognized", "@ST/mixed.csv", 1, 1, "conversion", 100038, '"T"["A":1]', 1],
        [
          "User character length limit (5) exceeded by string 'toolong'",
          "@ST/mixed.csv",
          3,
          3,
          "conversion",
          100074,
          '"T"["B":2]',
          3,
        ],
        [
          `End of record reached while expected to parse column '"T"["B":2]'`,
          "@ST/mixed.csv",
          4,
          2,
          "parsing",
          100068,
          '"T"["B":2]',
          4,
        ],
      ],
    );
    await assert.rejects(run("COPY INTO t FROM @st VALIDATION_MODE = RETURN_2_ROWS"), { code: "100038" });
    await put("mixed.csv", "3,c\n4,d\n5,e\n");
    assert.deepEqual(await run("COPY INTO t FROM @st VALIDATION_MODE = 'RETURN_2_ROWS'"), [
      { A: 3, B: "c" },
      { A: 4, B: "d" },
    ]);
    assert.deepEqual(await rows("SELECT * FROM t"), []);
  });

  it("FILES and PATTERN choose, SIZE_LIMIT stops, a missing file ends the statement or not", async () => {
    for (const n of [1, 2, 3]) await put(`f${n}.csv`, `${n},f\n`, "@st/in");
    await assert.rejects(run("COPY INTO t FROM @st/in FILES = ('f1.csv', 'none.csv')"), { code: "091016" });
    assert.deepEqual(brief(await run("COPY INTO t FROM @st/in FILES = ('f1.csv', 'none.csv') ON_ERROR = CONTINUE")), [
      ["st/in/f1.csv", "LOADED", 1, 1, 0],
      ["st/in/none.csv", "LOAD_FAILED", 0, 0, 1],
    ]);
    await run("COPY INTO t FROM @st PATTERN = '.*f3[.]csv'");
    assert.deepEqual(await rows("SELECT a FROM t ORDER BY a"), [[1], [3]]);
    await run("CREATE OR REPLACE TABLE t (a INT, b VARCHAR(5))");
    assert.equal((await run("COPY INTO t FROM @st SIZE_LIMIT = 5")).length, 2);
  });

  it("other locations are refused in Snowflake's words", async () => {
    await assert.rejects(run("COPY INTO t FROM 'invalid_source' FILES = ('x.csv')"), {
      code: "001011",
      sqlState: "42601",
      message: "SQL compilation error:\ninvalid URL prefix found in: 'invalid_source'",
    });
    await assert.rejects(run("COPY INTO t FROM 's3://bucket/'"), {
      code: "000002",
      message: "Unsupported feature 'external location 's3://bucket/''.",
    });
  });

  it("transformations compute columns from fields and metadata, defaults and identity fill the others", async () => {
    await run(
      "CREATE OR REPLACE TABLE x (id INT IDENTITY, f VARCHAR, r INT, n INT, at DATE DEFAULT '2026-01-01'::DATE)",
    );
    await put("t.csv", "1,one\n2,two\n");
    await run(
      "COPY INTO x (f, r, n) FROM (SELECT METADATA$FILENAME, METADATA$FILE_ROW_NUMBER, s.$1 || '0' FROM @st s)",
    );
    assert.deepEqual(await rows("SELECT id, f, r, n, TO_VARCHAR(at) FROM x ORDER BY id"), [
      [1, "t.csv", 1, 10, "2026-01-01"],
      [2, "t.csv", 2, 20, "2026-01-01"],
    ]);
    await put("u.json", '{"k": {"v": 5}}{"k": {"v": "x"}}');
    await assert.rejects(
      run("COPY INTO x (n) FROM (SELECT $1:k.v FROM @st/u.json) FILE_FORMAT = (TYPE = JSON)"),
      /Failed to cast variant value "x" to FIXED\n {2}File 'u\.json', line 1, character 1\n {2}Row 2, column "X"\["N":1\]/,
    );
    assert.deepEqual(
      brief(
        await run(
          "COPY INTO x (n) FROM (SELECT $1:k.v FROM @st/u.json) FILE_FORMAT = (TYPE = JSON) ON_ERROR = CONTINUE",
        ),
      ),
      [["st/u.json", "PARTIALLY_LOADED", 2, 1, 1]],
    );
    await assert.rejects(run("COPY INTO x (n) FROM (SELECT $1 FROM @st WHERE $1 = 1)"), {
      message: "SQL compilation error:\nCOPY statement only supports simple SELECT from stage statements for import.",
    });
  });

  it("files of a table's own stage need no FROM; what was unloaded comes back the same", async () => {
    await run(
      "CREATE OR REPLACE TABLE s AS SELECT column1 AS a, column2 AS b FROM VALUES (1, 'a,b'), (2, NULL), (3, 'q\"q')",
    );
    await run("COPY INTO @%s/out/ FROM s FILE_FORMAT = (FIELD_OPTIONALLY_ENCLOSED_BY = '\"')");
    await run("CREATE OR REPLACE TABLE back LIKE s");
    await run("COPY INTO back FROM @%s/out FILE_FORMAT = (FIELD_OPTIONALLY_ENCLOSED_BY = '\"')");
    assert.deepEqual(await rows("SELECT * FROM back ORDER BY 1"), await rows("SELECT * FROM s ORDER BY 1"));
    assert.equal((await run("COPY INTO s FILE_FORMAT = (FIELD_OPTIONALLY_ENCLOSED_BY = '\"')")).length, 1);
  });

  it("privileges come first: INSERT on the table, READ on the stage, also when the format is unsupported", async () => {
    await run("CREATE ROLE IF NOT EXISTS loader");
    await run("GRANT ROLE loader TO USER admin");
    for (const grant of [
      "USAGE ON DATABASE d",
      "USAGE ON SCHEMA d.public",
      "USAGE ON WAREHOUSE w",
      "SELECT ON TABLE t",
      "WRITE ON STAGE st",
    ])
      await run(`GRANT ${grant} TO ROLE loader`).catch(() => run(`GRANT READ, WRITE ON STAGE st TO ROLE loader`));
    const guest = await connect(server(), { role: "LOADER", database: "D", schema: "PUBLIC", warehouse: "W" });
    await query(guest, "USE SECONDARY ROLES NONE");
    const sql = "COPY INTO t FROM @st FILE_FORMAT = (TYPE = AVRO)";
    await assert.rejects(query(guest, sql), { code: "003001", message: /table 'T'/ });
    await run("GRANT INSERT ON TABLE t TO ROLE loader");
    await assert.rejects(query(guest, sql), { code: "000002", message: "Unsupported feature 'file format AVRO'." });
    await disconnect(guest);
  });

  it("COPY_HISTORY tells what was loaded since the last TRUNCATE", async () => {
    await put("x.csv", "1,one\nx,two\n");
    await run("COPY INTO t FROM @st ON_ERROR = CONTINUE");
    const history = () =>
      rows(
        "SELECT FILE_NAME, STAGE_LOCATION, ROW_COUNT, ROW_PARSED, ERROR_COUNT, FIRST_ERROR_MESSAGE, STATUS, TABLE_CATALOG_NAME, TABLE_NAME FROM TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 't', START_TIME => DATEADD('hour', -1, CURRENT_TIMESTAMP())))",
      );
    assert.deepEqual(await history(), [
      ["st/x.csv", "@ST", 1, 2, 1, "Numeric value 'x' is not recognized", "Partially loaded", "D", "T"],
    ]);
    assert.deepEqual(
      await rows(
        "SELECT SCHEMA_NAME, FILE_NAME, TABLE_NAME, STATUS, ROW_COUNT, ERROR_COUNT FROM INFORMATION_SCHEMA.LOAD_HISTORY WHERE TABLE_NAME = 'T'",
      ),
      [["PUBLIC", "st/x.csv", "T", "PARTIALLY LOADED", 1, 1]],
    );
    await run("TRUNCATE TABLE t");
    assert.deepEqual(await history(), []);
  });

  it("a dynamic table and a stream see the loaded rows", async () => {
    await run("CREATE OR REPLACE STREAM strm ON TABLE t");
    await put("x.csv", "1,one\n2,two\n");
    await run("COPY INTO t FROM @st");
    assert.deepEqual(await rows("SELECT a, METADATA$ACTION FROM strm ORDER BY 1"), [
      [1, "INSERT"],
      [2, "INSERT"],
    ]);
  });

  it("says of a table that is not there what write_pandas of Snowpark looks for", async () => {
    await assert.rejects(run('COPY INTO "nowhere" FROM @st'), {
      code: "001757",
      message: "SQL compilation error:\nTable '\"nowhere\"' does not exist",
    });
  });

  it("files of the table take its STAGE_FILE_FORMAT where the statement says none", async () => {
    await run(
      "CREATE OR REPLACE TABLE piped (a INT, b VARCHAR) STAGE_FILE_FORMAT = (FIELD_DELIMITER = '|' SKIP_HEADER = 1)",
    );
    await put("piped.csv", "a|b\n1|x\n", "@%piped");
    await run("COPY INTO piped");
    assert.deepEqual(await run("SELECT * FROM piped"), [{ A: 1, B: "x" }]);
    const described = await run("DESCRIBE TABLE piped TYPE = STAGE");
    const delimiter = described.find(({ property }) => property === "FIELD_DELIMITER");
    assert.deepEqual([delimiter?.property_value, delimiter?.property_default], ["|", ","]);
    await assert.rejects(run("CREATE TABLE other (a INT) STAGE_COPY_OPTIONS = (PURGE = TRUE)"), {
      code: "000002",
      message: "Unsupported feature 'STAGE_COPY_OPTIONS'.",
    });
  });

  it("takes the stage as a bound text, as connectors send it", async () => {
    await put("bound.csv", "1,one\n");
    await query(connection(), "COPY INTO t FROM ? FILES = ('bound.csv')", ["@st"]);
    assert.deepEqual(await rows("SELECT * FROM t"), [[1, "one"]]);
    await assert.rejects(query(connection(), "COPY INTO t FROM ?", ["st"]), /syntax error: 'st' is no stage path\./);
  });
});
