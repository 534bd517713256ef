import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { LocalServer } from "../../../local/index";
import { startServer } from "../support";
import { WireClient } from "./wire";

describe("the values of many rows, bound at once", () => {
  let server: LocalServer;
  let client: WireClient;

  const rows = async (sqlText: string, more: Record<string, unknown> = {}) => {
    const answer = await client.query(sqlText, more);
    assert.equal(answer.message, null);
    return answer.data.rowset as (string | null)[][];
  };

  before(async () => {
    server = await startServer();
    client = new WireClient(server);
    await client.login();
    await rows("CREATE DATABASE d");
  });

  after(() => server.close());

  it("lose what is below the microsecond, before 1970 as after", async () => {
    const value = ["-1000999999996", "1000000000004"];
    await rows("CREATE OR REPLACE TABLE fine (ts TIMESTAMP_NTZ(9))");
    await rows("INSERT INTO fine VALUES (?)", { bindings: { 1: { type: "TIMESTAMP_NTZ", value } } });
    assert.deepEqual(await rows("SELECT TO_VARCHAR(ts, 'YYYY-MM-DD HH24:MI:SS.FF6') FROM fine ORDER BY ts"), [
      ["1969-12-31 23:43:19.000000"],
      ["1970-01-01 00:16:40.000000"],
    ]);
  });

  describe("in files of a stage, as drivers send them beyond CLIENT_STAGE_ARRAY_BINDING_THRESHOLD", () => {
    // The Node.js driver cannot do it with a stage on the same machine, so what Go's and Python's do is done here step by step.
    const bindStage = "@SYSTEM$BIND/4b2d";
    let folder: string;
    const put = (name: string, text: string) => {
      writeFileSync(join(folder, name), gzipSync(text));
    };

    beforeEach(async () => {
      await rows(
        `CREATE OR REPLACE TEMPORARY STAGE SYSTEM$BIND file_format=(type=csv field_optionally_enclosed_by='"')`,
      );
      const { data } = await client.query(`PUT 'file:///tmp/placeholder/1' '${bindStage}' overwrite=true`);
      folder = data.stageInfo.location;
    });

    it("are texts for the columns; NULL, empty texts and what CSV has to quote are told apart", async () => {
      await rows(
        "CREATE OR REPLACE TABLE t (n NUMBER(10, 2), s VARCHAR, b BOOLEAN, d DATE, ts TIMESTAMP_NTZ, x BINARY)",
      );
      const lines = [
        "1,plain,true,2026-01-02,2026-01-02 03:04:05.123456000,00FF",
        '-2.5,"says ""a, b""\nand\tc",false,,,',
        ',"",,0001-01-01,1969-12-31T23:59:59Z,',
        '3,"C:\\new\\N",true,,,',
        "4,,,,,",
      ];
      put("1.gz", `${lines.join("\n")}\n`);
      const inserted = await rows("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", { bindStage });
      assert.deepEqual(inserted, [["5"]]);
      const text = "SELECT n::VARCHAR, s, b, d::VARCHAR, ts::VARCHAR, x::VARCHAR FROM t ORDER BY n NULLS LAST";
      assert.deepEqual(await rows(text), [
        ["-2.50", 'says "a, b"\nand\tc', "0", null, null, null],
        ["1.00", "plain", "1", "2026-01-02", "2026-01-02 03:04:05.123", "00FF"],
        ["3.00", "C:\\new\\N", "1", null, null, null],
        ["4.00", null, null, null, null, null],
        [null, "", null, "0001-01-01", "1969-12-31 23:59:59.000", null],
      ]);
    });

    it("come in the order of the files' numbers", async () => {
      await rows("CREATE OR REPLACE TABLE o (id INT AUTOINCREMENT, s VARCHAR)");
      for (const [name, text] of [
        ["10.csv.gz", "c\n"],
        ["2.csv.gz", "b\n"],
        ["1.csv.gz", "a\n"],
      ] as const)
        put(name, text);
      await rows("INSERT INTO o (s) VALUES (?)", { bindStage });
      assert.deepEqual(await rows("SELECT s FROM o ORDER BY id"), [["a"], ["b"], ["c"]]);
    });

    it("are refused where a text is none of the column's type", async () => {
      await rows("CREATE OR REPLACE TABLE n (n INT)");
      put("1.gz", "1\ntwo\n");
      const { code, message } = await client.query("INSERT INTO n VALUES (?)", { bindStage });
      assert.deepEqual(
        [code, message],
        ["100038", "DML operation to table N failed on column N with error: Numeric value 'two' is not recognized"],
      );
      assert.deepEqual(await rows("SELECT * FROM n"), []);
    });

    it("are not set when no file has come", async () => {
      const { code, message } = await client.query("INSERT INTO n VALUES (?)", { bindStage });
      assert.deepEqual(
        [code, message],
        ["002049", "SQL compilation error: error line 1 at position 22\nBind variable ? not set."],
      );
    });

    it("are refused when there is no such stage", async () => {
      const { code, message } = await client.query("INSERT INTO n VALUES (?)", { bindStage: "@nowhere/a" });
      const words = "SQL compilation error:\nStage 'D.PUBLIC.NOWHERE' does not exist or not authorized.";
      assert.deepEqual([code, message], ["002003", words]);
    });
  });

  it("may be hundreds of thousands", async () => {
    await rows("CREATE OR REPLACE TABLE large (n NUMBER(10, 2))");
    const value = Array.from({ length: 300_000 }, (_, i) => (i === 7 ? "0.25" : "1"));
    await rows("INSERT INTO large VALUES (?)", { bindings: { 1: { type: "FIXED", value } } });
    assert.deepEqual(await rows("SELECT COUNT(*), SUM(n) FROM large"), [["300000", "299999.25"]]);
  });

  it("may be nothing but NULL, whatever type the driver says they have", async () => {
    await rows("CREATE OR REPLACE TABLE nulls (b BINARY, d DATE, v VARIANT, t BOOLEAN)");
    const bindings = Object.fromEntries([1, 2, 3, 4].map((i) => [String(i), { type: "FIXED", value: [null, null] }]));
    await rows("INSERT INTO nulls SELECT ?, ?, ?, ?", { bindings });
    await rows("INSERT INTO nulls VALUES (?, ?, ?, ?)", { bindings });
    assert.deepEqual(await rows("SELECT COUNT(*), COUNT(b), COUNT(d), COUNT(v), COUNT(t) FROM nulls"), [
      ["4", "0", "0", "0", "0"],
    ]);
  });
});
