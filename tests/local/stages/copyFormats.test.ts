import assert from "node:assert/strict";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { loading } from "./loading";

describe("COPY INTO a table reads files in their format", () => {
  const { run, rows, put } = loading();

  it("formats: header, delimiters, quotes, NULL_IF, dates, trimming, TRUNCATECOLUMNS", async () => {
    await run("CREATE OR REPLACE TABLE f (d DATE, n NUMBER(5,2), s VARCHAR(4), ts TIMESTAMP_NTZ, v VARIANT)");
    await put(
      "f.csv",
      `d|n|s|ts|v\r\n31.12.2025| 1.005 |'a|b'|2026-01-02 03:04:05|{"k":1}\r\nnil|-|'it''s long'||[1]\r\n`,
    );
    await run(`COPY INTO f FROM @st TRUNCATECOLUMNS = TRUE FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = '|' SKIP_HEADER = 1
      FIELD_OPTIONALLY_ENCLOSED_BY = '\\'' DATE_FORMAT = 'DD.MM.YYYY' NULL_IF = ('nil', '-') TRIM_SPACE = TRUE)`);
    assert.deepEqual(await rows("SELECT TO_VARCHAR(d), n, s, TO_VARCHAR(ts), TO_JSON(v) FROM f ORDER BY 1"), [
      ["2025-12-31", 1.01, "a|b", "2026-01-02 03:04:05.000", '{"k":1}'],
      [null, null, "it's", null, "[1]"],
    ]);
    await run("CREATE OR REPLACE TABLE nn (a INT NOT NULL, b VARCHAR)");
    await put("f.csv", ",x\n");
    await assert.rejects(
      run("COPY INTO nn FROM @st"),
      /^OperationFailedError: NULL result in a non-nullable column\. Use quotes if an empty field should be interpreted as an empty string instead of a null\n {2}File 'f\.csv', line 1, character 1\n {2}Row 1, column "NN"\["A":1\]/,
    );
  });

  it("JSON goes into one VARIANT column, or by name into several", async () => {
    await put("j.json", '[{"a": 1, "B": "x", "more": 1},\n {"A": "2"}]');
    await run("CREATE OR REPLACE TABLE j (v VARIANT)");
    await run("COPY INTO j FROM @st FILE_FORMAT = (TYPE = JSON STRIP_OUTER_ARRAY = TRUE)");
    assert.deepEqual(await rows("SELECT TO_JSON(v) FROM j ORDER BY 1"), [['{"A":"2"}'], ['{"B":"x","a":1,"more":1}']]);
    await assert.rejects(run("COPY INTO t FROM @st FILE_FORMAT = (TYPE = JSON)"), {
      code: "002019",
      sqlState: "0A000",
    });
    await run(
      "COPY INTO t FROM @st FILE_FORMAT = (TYPE = JSON STRIP_OUTER_ARRAY = TRUE) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE",
    );
    assert.deepEqual(await rows("SELECT * FROM t ORDER BY a"), [
      [1, "x"],
      [2, null],
    ]);
    await put("j.json", '{"a": 1}\n{"a": \n{"a": 3}\n');
    await assert.rejects(run("COPY INTO j FROM @st FILE_FORMAT = (TYPE = JSON)"), { code: "100069" });
  });

  it("CSV by the names in its header", async () => {
    await put("h.csv", "b,zzz,a\nx,1,7\n");
    await run("COPY INTO t FROM @st FILE_FORMAT = (PARSE_HEADER = TRUE) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE");
    assert.deepEqual(await rows("SELECT * FROM t"), [[7, "x"]]);
  });

  it("INCLUDE_METADATA puts facts of a file into columns, before what the file has for them", async () => {
    await put("m.json", '{"a": 1, "file": "own"}\n{"a": 2}');
    await run(
      'CREATE OR REPLACE TABLE m (a INT, file VARCHAR, "the row" INT, at TIMESTAMP_NTZ, scan TIMESTAMP_LTZ, k VARCHAR)',
    );
    const copy = (more: string) => `COPY INTO m FROM @st/m.json FILE_FORMAT = (TYPE = JSON) ${more}`;
    const byName = "MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE";
    await assert.rejects(run(copy("INCLUDE_METADATA = (file = METADATA$FILENAME)")), {
      code: "001008",
      message: "SQL compilation error:\nINCLUDE_METADATA can only be used with the MATCH_BY_COLUMN_NAME copy option.",
    });
    await assert.rejects(run(copy(`${byName} INCLUDE_METADATA = (file = METADATA$OWNER)`)), {
      code: "001008",
      message: "SQL compilation error:\nMetadata column METADATA$OWNER is not supported",
    });
    await assert.rejects(run(copy(`${byName} INCLUDE_METADATA = (missing = METADATA$FILENAME)`)), { code: "000904" });
    const facts =
      '(file = METADATA$FILENAME, "the row" = METADATA$FILE_ROW_NUMBER, at = METADATA$FILE_LAST_MODIFIED, scan = METADATA$START_SCAN_TIME, k = METADATA$FILE_CONTENT_KEY)';
    await run(copy(`${byName} INCLUDE_METADATA = ${facts}`));
    const seen = "at <= SYSDATE(), scan <= CURRENT_TIMESTAMP(), LENGTH(k)";
    assert.deepEqual(await rows(`SELECT a, file, "the row", ${seen} FROM m ORDER BY a`), [
      [1, "m.json", 1, true, true, 32],
      [2, "m.json", 2, true, true, 32],
    ]);
  });

  it("XML goes into one VARIANT column, its outer element or those within", async () => {
    const list = '<?xml version="1.0"?>\n<list n="2"><item id="1">one</item>\n <item id="2"><n>2.50</n></item></list>';
    await put("x.xml", list);
    await run("CREATE OR REPLACE TABLE x (v VARIANT)");
    const copy = (options = "") => `COPY INTO x FROM @st/x.xml FILE_FORMAT = (TYPE = XML ${options}) FORCE = TRUE`;
    await run(copy());
    assert.deepEqual(await rows('SELECT v:"@", v:"@n", XMLGET(v, \'item\', 1):"@id"::INT FROM x'), [["list", 2, 2]]);
    await run("TRUNCATE TABLE x");
    await run(copy("STRIP_OUTER_ELEMENT = TRUE"));
    const item = 'v:"@id"::INT AS id, COALESCE(XMLGET(v, \'n\'):"$", v:"$")::VARCHAR';
    assert.deepEqual(await rows(`SELECT ${item} FROM x ORDER BY 1`), [
      [1, "one"],
      [2, "2.5"],
    ]);
    await run("TRUNCATE TABLE x");
    await run(copy("STRIP_OUTER_ELEMENT = TRUE DISABLE_AUTO_CONVERT = TRUE"));
    assert.deepEqual(await rows(`SELECT ${item} FROM x ORDER BY 1`), [
      [1, "one"],
      [2, "2.50"],
    ]);
    await run("CREATE OR REPLACE FILE FORMAT xf TYPE = XML STRIP_OUTER_ELEMENT = TRUE");
    assert.deepEqual(await rows('SELECT METADATA$FILE_ROW_NUMBER, $1:"@" FROM @st/x.xml (FILE_FORMAT => xf)'), [
      [1, "item"],
      [2, "item"],
    ]);
    await put("x.xml", "<list>\n<item></list>");
    await assert.rejects(run(copy()), { code: "100100" });
    await assert.rejects(run("COPY INTO @st/out FROM x FILE_FORMAT = (TYPE = XML)"), {
      code: "000002",
      message: "Unsupported feature 'file format XML'.",
    });
  });

  it("finds out by the content how a file is compressed, whatever its name says", async () => {
    await put("text.csv.gz", "1,text\n");
    await put("text.csv.raw_deflate", "2,text\n");
    await put("text.csv.zst", "3,text\n");
    await put("packed.csv", gzipSync("4,gzip\n"));
    await put("packed.csv.deflate", deflateSync("5,zlib\n"));
    await put("packed.csv.raw_deflate", deflateRawSync("6,raw\n"));
    await run("COPY INTO t FROM @st");
    assert.deepEqual(await rows("SELECT * FROM t ORDER BY a"), [
      [1, "text"],
      [2, "text"],
      [3, "text"],
      [4, "gzip"],
      [5, "zlib"],
      [6, "raw"],
    ]);
    await put("packed.csv.gz", gzipSync("7,".repeat(50)).subarray(0, 15));
    await assert.rejects(run("COPY INTO t FROM @st FILES = ('packed.csv.gz')"), {
      message: "Cannot decompress file 'packed.csv.gz' as GZIP",
    });
    await put("whole.csv", "8,whole\n");
    const [torn, whole] = await run("COPY INTO t FROM @st FILES = ('packed.csv.gz', 'whole.csv') ON_ERROR = CONTINUE");
    assert.deepEqual(
      [torn?.file, torn?.status, torn?.rows_loaded, torn?.first_error, whole?.status],
      ["st/packed.csv.gz", "LOAD_FAILED", 0, "Cannot decompress file 'packed.csv.gz' as GZIP", "LOADED"],
    );
    const found = await run("COPY INTO t FROM @st FILES = ('packed.csv.gz') VALIDATION_MODE = RETURN_ERRORS");
    assert.deepEqual(
      found.map((error) => [error.ERROR, error.FILE, error.CODE]),
      [["Cannot decompress file 'packed.csv.gz' as GZIP", "@ST/packed.csv.gz", 100092]],
    );
    await put("packed.bin", Buffer.from("BZh91AY&SY"));
    await assert.rejects(run("COPY INTO t FROM @st FILES = ('packed.bin')"), {
      message: "Unsupported feature 'compression BZ2'.",
    });
  });
});
