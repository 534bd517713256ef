import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

describe("EXECUTE IMMEDIATE FROM a file of a stage", () => {
  let server: LocalServer;
  let connection: Connection;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "scripts-test-"));
    server = await startServer();
    connection = await connect(server);
    for (const text of ["CREATE DATABASE d", "CREATE WAREHOUSE w", "CREATE STAGE st", "CREATE TABLE seen (n NUMBER)"])
      await query(connection, text);
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const put = async (name: string, content: string | Buffer, directory = "") => {
    writeFileSync(join(folder, name), content);
    await query(connection, `PUT file://${join(folder, name)} @st/${directory} AUTO_COMPRESS = FALSE OVERWRITE = TRUE`);
  };
  const run = (path: string) => query(connection, `EXECUTE IMMEDIATE FROM ${path}`);

  it("answers what its last statement answers, with files that it runs by a relative path", async () => {
    await put(
      "create.sql",
      "CREATE OR REPLACE TABLE inventory (sku VARCHAR, price NUMBER);\n\nEXECUTE IMMEDIATE FROM './fill.sql';\nEXECUTE IMMEDIATE FROM '../end.sql';\nSELECT sku, price FROM inventory ORDER BY price DESC;\n",
      "scripts",
    );
    await put("fill.sql", "INSERT INTO inventory VALUES ('a', 10), ('b', 50);", "scripts");
    await put("end.sql", "EXECUTE IMMEDIATE FROM '/scripts/more.sql'");
    await put("more.sql", "INSERT INTO inventory VALUES ('c', 30)", "scripts");
    const rows = [
      { SKU: "b", PRICE: 50 },
      { SKU: "c", PRICE: 30 },
      { SKU: "a", PRICE: 10 },
    ];
    assert.deepEqual(await run("@st/scripts/create.sql"), rows);
    assert.deepEqual(await run("'@d.public.st/scripts/create.sql'"), rows);
    assert.deepEqual(
      await query(connection, "BEGIN EXECUTE IMMEDIATE FROM @st/scripts/create.sql; RETURN 'done'; END"),
      [{ "anonymous block": "done" }],
    );
  });

  it("keeps what ran before a statement that fails, and says where that one stands", async () => {
    await put(
      "broken.sql",
      "INSERT INTO seen VALUES (1);\n  SELECT nowhere FROM seen;\nINSERT INTO seen VALUES (2);\n",
      "x",
    );
    await put("outer.sql", "EXECUTE IMMEDIATE FROM 'x/broken.sql'");
    const failure = {
      code: "000904",
      sqlState: "42000",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' in file @ST/x/broken.sql on line 2 at position 2: SQL compilation error: error line 2 at position 9\ninvalid identifier 'NOWHERE'",
    };
    await assert.rejects(run("@st/x/broken.sql"), failure);
    await assert.rejects(run("@st/outer.sql"), failure);
    assert.deepEqual(await query(connection, "SELECT n FROM seen"), [{ N: 1 }, { N: 1 }]);
  });

  it("uses what the file has chosen, for its later statements and for the session", async () => {
    await put("use.sql", "CREATE ROLE r; GRANT ROLE r TO USER admin; USE ROLE r; SELECT CURRENT_ROLE() AS r;");
    assert.deepEqual(await run("@st/use.sql"), [{ R: "R" }]);
    assert.deepEqual(await query(connection, "SELECT CURRENT_ROLE() AS r"), [{ R: "R" }]);
    await assert.rejects(run("@d.public.st/use.sql"), {
      code: "003001",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' in file @ST/use.sql on line 1 at position 0: SQL access control error:\nInsufficient privileges to operate on account 'LOCAL01'. Your primary role R must have CREATE ROLE granted on ACCOUNT.",
    });
    await query(connection, "USE ROLE ACCOUNTADMIN");
  });

  it("shows with DRY_RUN what it would run", async () => {
    await put("dry.sql", "SELECT 1;\nSELECT 2;\n");
    assert.deepEqual(await run("@st/dry.sql DRY_RUN = TRUE"), [{ "rendered file contents": "SELECT 1;\nSELECT 2;\n" }]);
  });

  it("refuses by name what is no file, too deep or a template", async () => {
    await put("loop.sql", "EXECUTE IMMEDIATE FROM './loop.sql'");
    await put("template.sql", "--!jinja2\nSELECT {{ n }}");
    await put("syntax.sql", "SELECT 1;\nSELEC 2;");
    await put("packed.sql", gzipSync("SELECT 1"));
    await put("empty.sql", "-- nothing\n");
    for (const [path, code, message] of [
      ["@st/scripts/", "001501", "File 'scripts/' not found in stage 'ST'."],
      ["@st/none.sql", "001501", "File 'none.sql' not found in stage 'ST'."],
      ["@st/../st/dry.sql", "001501", "File '../st/dry.sql' not found in stage 'ST'."],
      [
        "'dry.sql'",
        "001503",
        "Relative file references like 'dry.sql' cannot be used in top-level EXECUTE IMMEDIATE calls.",
      ],
      [
        "@missing/dry.sql",
        "002003",
        "SQL compilation error:\nStage 'D.PUBLIC.MISSING' does not exist or not authorized.",
      ],
      ["@st/syntax.sql", "001003", "SQL compilation error:\nsyntax error line 2 at position 0 unexpected 'SELEC'."],
      ["@st/template.sql", "000002", "Unsupported feature 'Jinja2 template (not supported locally)'."],
      ["@st/dry.sql USING (a => 1)", "000002", "Unsupported feature 'Jinja2 template (not supported locally)'."],
      [
        "@st/packed.sql",
        "000002",
        "Unsupported feature 'EXECUTE IMMEDIATE FROM 'packed.sql', which is not UTF-8 text (files must be uncompressed)'.",
      ],
      ["@st/empty.sql", "000900", "SQL compilation error:\nEmpty SQL Statement."],
    ] as const)
      await assert.rejects(run(path), { code, message });
    await assert.rejects(run("@st/loop.sql"), {
      code: "000002",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' in file @ST/loop.sql on line 1 at position 0: Unsupported feature 'EXECUTE IMMEDIATE FROM in more than 5 nested files'.",
    });
  });
});
