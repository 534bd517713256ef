import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, execute, query, startServer } from "../support";

describe("Files in stages", () => {
  let server: LocalServer;
  let connection: Connection;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "stages-test-"));
    server = await startServer();
    connection = await connect(server);
    await query(connection, "CREATE DATABASE d");
    await query(connection, "CREATE WAREHOUSE w");
    await query(connection, "CREATE STAGE st");
  });

  after(async () => {
    await disconnect(connection);
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const local = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  it("PUT compresses and stores a file, LIST shows it, GET brings it back", async () => {
    const path = local("data1.csv", "a,1\nb,2\n");
    const [put] = await query(connection, `PUT file://${path} @st/in`);
    assert.deepEqual([put?.source, put?.target, put?.status], ["data1.csv", "data1.csv.gz", "UPLOADED"]);
    const [listed] = await query(connection, "LIST @st");
    assert.equal(listed?.name, "st/in/data1.csv.gz");
    assert.match(String(listed?.md5), /^[0-9a-f]{32}$/);
    assert.match(String(listed?.last_modified), /^\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
    const target = join(folder, "out");
    mkdirSync(target);
    const [got] = await query(connection, `GET @st/in file://${target}/`);
    assert.equal(got?.status, "DOWNLOADED");
    assert.deepEqual(readdirSync(target), ["data1.csv.gz"]);
    assert.equal(gunzipSync(readFileSync(join(target, "data1.csv.gz"))).toString(), "a,1\nb,2\n");
  });

  it("PUT writes over a file in the stage only when told so", async () => {
    const path = local("same.csv", "first");
    const put = async (more = "") =>
      (await query(connection, `PUT file://${path} @st/same AUTO_COMPRESS = FALSE ${more}`))[0]?.status;
    const stored = async () => (await query(connection, "SELECT $1 AS line FROM @st/same/same.csv"))[0]?.LINE;
    assert.deepEqual([await put(), await stored()], ["UPLOADED", "first"]);
    local("same.csv", "second");
    assert.deepEqual([await put(), await stored()], ["SKIPPED", "first"]);
    assert.deepEqual([await put("OVERWRITE = TRUE"), await stored()], ["UPLOADED", "second"]);
  });

  it("GET takes the files whose place in the storage matches a pattern as a whole", async () => {
    const target = join(folder, "by-pattern");
    mkdirSync(target);
    for (const name of ["p1.csv", "p22.csv"])
      await query(connection, `PUT file://${local(name, "1")} @st AUTO_COMPRESS = FALSE`);
    await query(connection, `GET @st file://${target}/ PATTERN = '.*/p.[.]csv'`);
    assert.deepEqual(readdirSync(target), ["p1.csv"]);
    await query(connection, "REMOVE @st/p");
  });

  it("PUT takes wildcards and leaves files as they are when told so", async () => {
    local("many_a.csv", "1");
    local("many_b.csv", "2");
    const rows = await query(connection, `PUT 'file://${folder}/many_*.csv' @st/many AUTO_COMPRESS = FALSE`);
    assert.deepEqual(rows.map((row) => row.target).sort(), ["many_a.csv", "many_b.csv"]);
    const listed = await query(connection, "LS @st/many PATTERN = '.*_b[.]csv'");
    assert.deepEqual(
      listed.map((row) => row.name),
      ["st/many/many_b.csv"],
    );
  });

  it("REMOVE deletes what a prefix and a pattern name, and nothing else", async () => {
    local("gone.csv", "1");
    local("kept.csv", "1");
    await query(connection, `PUT file://${folder}/gone.csv @st/rm`);
    await query(connection, `PUT file://${folder}/kept.csv @st/rm`);
    const removed = await query(connection, "REMOVE @st/rm PATTERN = '.*gone.*'");
    assert.deepEqual(removed, [{ name: "st/rm/gone.csv.gz", result: "removed" }]);
    assert.deepEqual(
      (await query(connection, "LIST @st/rm")).map((row) => row.name),
      ["st/rm/kept.csv.gz"],
    );
  });

  it("tables and users have stages of their own", async () => {
    await query(connection, "CREATE TABLE t (a INT)");
    local("own.csv", "1\n");
    await query(connection, `PUT file://${folder}/own.csv @%t`);
    await query(connection, `PUT file://${folder}/own.csv @~/mine`);
    assert.deepEqual(
      (await query(connection, "LIST @%t")).map((row) => row.name),
      ["own.csv.gz"],
    );
    assert.deepEqual(
      (await query(connection, "LIST @~")).map((row) => row.name),
      ["mine/own.csv.gz"],
    );
  });

  it("a stage that is replaced is empty", async () => {
    await query(connection, "CREATE STAGE fleeting");
    local("x.csv", "1\n");
    await query(connection, `PUT file://${folder}/x.csv @fleeting`);
    await query(connection, "CREATE OR REPLACE STAGE fleeting");
    assert.deepEqual(await query(connection, "LIST @fleeting"), []);
  });

  it("the files of a dropped stage go from the disk", async () => {
    const data = mkdtempSync(join(tmpdir(), "stages-data-"));
    const own = await startServer({ data });
    const session = await connect(own);
    for (const sql of ["CREATE DATABASE e", "CREATE STAGE a", "CREATE STAGE b"]) await query(session, sql);
    local("x.csv", "1\n");
    for (const stage of ["a", "b"]) await query(session, `PUT file://${folder}/x.csv @${stage}`);
    const stages = () => readdirSync(join(data, "stages")).length;
    assert.equal(stages(), 2);
    await query(session, "DROP STAGE a");
    for (let i = 0; stages() > 1; i++) {
      assert.ok(i < 200, "the folder is still there");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal((await query(session, "LIST @b")).length, 1);
    await disconnect(session);
    await own.close();
    rmSync(data, { recursive: true });
  });

  it("COPY FILES copies from stage to stage, by list, pattern or query", async () => {
    await query(connection, "CREATE OR REPLACE STAGE src");
    await query(connection, "CREATE OR REPLACE STAGE dst");
    for (const name of ["a.csv", "b.csv", "c.txt"]) {
      local(name, name);
      await query(connection, `PUT file://${folder}/${name} @src/in AUTO_COMPRESS = FALSE`);
    }
    assert.deepEqual(await query(connection, "COPY FILES INTO @dst FROM @src/in/ PATTERN = '.*[.]csv'"), [
      { file: "a.csv" },
      { file: "b.csv" },
    ]);
    assert.deepEqual(
      await query(
        connection,
        "COPY FILES INTO @dst/sub/ FROM (SELECT '@src/in/c.txt', 'new.txt') DETAILED_OUTPUT = FALSE",
      ),
      [{ numOfFilesCopied: 1 }],
    );
    assert.deepEqual(await query(connection, "COPY FILES INTO @dst/sub FROM (SELECT '@src/in/c.txt', 'again.txt')"), [
      { file: "D.PUBLIC.DST/sub/again.txt" },
    ]);
    await query(connection, "COPY FILES INTO @dst/two FROM @src/in FILES = ('a.csv', 'none.csv')");
    assert.deepEqual(
      (await query(connection, "LIST @dst")).map((row) => row.name),
      ["dst/a.csv", "dst/b.csv", "dst/sub/again.txt", "dst/sub/new.txt", "dst/two/a.csv"],
    );
  });

  it("file names that would leave the stage are refused", async () => {
    await assert.rejects(query(connection, `PUT file://${folder}/x.csv @st/../../up`), {
      message: "Unsupported feature 'file name '../../up' in a stage'.",
    });
    assert.deepEqual(await query(connection, "LIST @st/../"), []);
  });

  it("READ and WRITE are asked for before anything else", async () => {
    await query(connection, "CREATE ROLE reader");
    await query(connection, "GRANT ROLE reader TO USER admin");
    await query(connection, "GRANT USAGE ON DATABASE d TO ROLE reader");
    await query(connection, "GRANT USAGE ON SCHEMA d.public TO ROLE reader");
    const guest = await connect(server, { role: "READER", database: "D", schema: "PUBLIC" });
    await query(guest, "USE SECONDARY ROLES NONE");
    const code = async (sql: string): Promise<unknown> => {
      try {
        await execute(guest, sql);
        return "done";
      } catch (error) {
        return (error as { code: unknown }).code;
      }
    };
    const statements = ["LIST @st", `PUT file://${folder}/x.csv @st`, "REMOVE @st/none", "SELECT $1 FROM @st"];
    assert.deepEqual(await Promise.all(statements.map(code)), ["002003", "002003", "002003", "002003"]);
    await query(connection, "GRANT READ ON STAGE st TO ROLE reader");
    assert.deepEqual(await Promise.all(statements.map(code)), ["done", "003001", "003001", "done"]);
    await query(connection, "GRANT WRITE ON STAGE st TO ROLE reader");
    assert.deepEqual(await Promise.all(statements.map(code)), ["done", "done", "done", "done"]);
    await disconnect(guest);
  });

  it("a directory table lists the files that the last refresh saw", async () => {
    await query(connection, "CREATE STAGE listed DIRECTORY = (ENABLE = TRUE)");
    const put = (name: string, content: string, place = "") =>
      query(connection, `PUT file://${local(name, content)} @listed${place} AUTO_COMPRESS = FALSE OVERWRITE = TRUE`);
    const paths = async () =>
      (await query(connection, "SELECT relative_path AS p FROM DIRECTORY(@listed) ORDER BY 1")).map(({ P }) => P);
    const refresh = async (more = "") =>
      (await query(connection, `ALTER STAGE listed REFRESH ${more}`)).map(({ file, status }) => [file, status]);
    await put("one.pdf", "first", "/a");
    await put("two+words.pdf", "second", "/b");
    assert.deepEqual(await paths(), []);
    assert.deepEqual(await query(connection, "ALTER STAGE listed REFRESH SUBPATH = 'a/'"), [
      { file: "a/one.pdf", status: "REGISTERED_NEW", description: "File registered successfully." },
    ]);
    assert.deepEqual([await refresh(), await refresh()], [[["b/two+words.pdf", "REGISTERED_NEW"]], []]);
    const [entry] = await query(
      connection,
      "SELECT size, md5, etag, file_url, last_modified::DATE = CURRENT_DATE AS today FROM DIRECTORY(@listed) WHERE size > 5",
    );
    const md5 = createHash("md5").update("second").digest("hex");
    const { FILE_URL: url, ...facts } = entry as Record<string, unknown>;
    assert.deepEqual(facts, { SIZE: 6, MD5: md5, ETAG: md5, TODAY: true });
    assert.match(String(url), /^https:\/\/[^/]+\/api\/files\/D\/PUBLIC\/LISTED\/b%2ftwo%2bwords%2epdf$/);
    await put("one.pdf", "changed", "/a");
    await query(connection, "REMOVE @listed/b");
    assert.deepEqual(await paths(), ["a/one.pdf", "b/two+words.pdf"]);
    assert.deepEqual(await refresh(), [
      ["a/one.pdf", "REGISTERED_UPDATE"],
      ["b/two+words.pdf", "UNREGISTERED"],
    ]);
    await query(connection, "CREATE VIEW reports AS SELECT relative_path, size FROM DIRECTORY(@listed)");
    assert.deepEqual(await query(connection, "SELECT * FROM reports"), [{ RELATIVE_PATH: "a/one.pdf", SIZE: 7 }]);
    await query(connection, "CREATE SCHEMA copied CLONE public");
    assert.deepEqual(await query(connection, "SELECT * FROM DIRECTORY(@copied.listed)"), []);
    await query(connection, "USE SCHEMA d.public");
  });

  it("a stage has a directory table when its DIRECTORY is enabled", async () => {
    await query(connection, "CREATE STAGE unlisted");
    const missing = {
      code: "002003",
      message: "SQL compilation error:\nDirectory table 'UNLISTED' does not exist or not authorized.",
    };
    await assert.rejects(query(connection, "SELECT * FROM DIRECTORY(@unlisted)"), missing);
    await assert.rejects(query(connection, "ALTER STAGE unlisted REFRESH"), missing);
    await query(connection, "ALTER STAGE unlisted SET DIRECTORY = (ENABLE = TRUE)");
    assert.deepEqual(await query(connection, "SELECT * FROM DIRECTORY(@unlisted)"), []);
  });
});
