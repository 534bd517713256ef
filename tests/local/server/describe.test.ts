import assert from "node:assert/strict";
import type { LocalServer } from "../../../local/index";
import { startServer } from "../support";
import { WireClient } from "./wire";

describe("statements that are only described", () => {
  let server: LocalServer;
  let client: WireClient;

  before(async () => {
    server = await startServer();
    client = new WireClient(server);
    await client.login();
    await client.query("CREATE DATABASE d");
    await client.query("CREATE TABLE t (id INT, name VARCHAR(20))");
  });

  after(() => server.close());

  const described = async (sql: string) => {
    const answer = await client.query(sql, { describeOnly: true });
    assert.equal(answer.success, true, answer.message ?? "");
    const columns = answer.data.rowtype.map(({ name }: { name: string }) => name);
    return [columns, answer.data.numberOfBinds, answer.data.arrayBindSupported];
  };

  it("may have values that are not bound yet, and say how many", async () => {
    assert.deepEqual(await described("SELECT id, name FROM t WHERE id = ? AND name = ?"), [["ID", "NAME"], 2, false]);
    assert.deepEqual(await described("SELECT :2, :1 + 1"), [[":2", ":1 + 1"], 2, false]);
  });

  it("may be several: they want the values of all", async () => {
    const { data } = await client.query("SELECT ?; SELECT ?, ?", {
      describeOnly: true,
      parameters: { MULTI_STATEMENT_COUNT: 2 },
    });
    assert.deepEqual([data.numberOfBinds, data.metaDataOfBinds.length], [3, 3]);
  });

  it("tell of each value that it is a text, wherever it stands, as JDBC and ODBC ask", async () => {
    const { data } = await client.query("SELECT id FROM t WHERE id = ? AND name = ?", { describeOnly: true });
    assert.deepEqual(
      data.metaDataOfBinds.map(({ type, nullable, precision, scale }: Record<string, unknown>) => [
        type,
        nullable,
        precision,
        scale,
      ]),
      [
        ["text", false, null, null],
        ["text", false, null, null],
      ],
    );
  });

  it("are not what a view can be made of: it keeps no bound values", async () => {
    const bindings = { "1": { type: "FIXED", value: "1" } };
    const { code, message } = await client.query("CREATE VIEW v AS SELECT ? AS a", { bindings });
    assert.deepEqual(
      [code, message],
      ["001003", "SQL compilation error:\nBind variables not allowed in view and UDF definitions."],
    );
  });

  it("say of the columns of LIST and REMOVE that they can be NULL", async () => {
    await client.query("CREATE STAGE st");
    for (const [sql, names] of [
      ["LIST @st", ["name", "size", "md5", "last_modified"]],
      ["REMOVE @st", ["name", "result"]],
    ] as const) {
      const { rowtype } = (await client.query(sql, { describeOnly: true })).data;
      assert.deepEqual(
        rowtype.map(({ name, nullable }: { name: string; nullable: boolean }) => [name, nullable]),
        names.map((name) => [name, true]),
      );
    }
  });

  it("tell the columns of SHOW and DESCRIBE, which only read", async () => {
    const [columns] = await described("SHOW SCHEMAS IN DATABASE d");
    assert.deepEqual((columns as string[]).slice(0, 5), [
      "created_on",
      "name",
      "is_default",
      "is_current",
      "database_name",
    ]);
    assert.deepEqual(await described("DESCRIBE TABLE t"), await described("DESC TABLE d.public.t"));
    assert.deepEqual(((await described("DESCRIBE TABLE t"))[0] as string[]).slice(0, 3), ["name", "type", "kind"]);
    const { code } = await client.query("DESCRIBE TABLE nowhere", { describeOnly: true });
    assert.equal(code, "002003");
  });

  it("tell of an UPDATE that refuses multi-joined rows that it does not count them", async () => {
    await client.query("ALTER SESSION SET ERROR_ON_NONDETERMINISTIC_UPDATE = TRUE");
    assert.deepEqual(await described("UPDATE t SET name = 'a'"), [["number of rows updated"], 0, false]);
    const { data } = await client.query("UPDATE t SET name = 'a'");
    assert.deepEqual(data.rowset, [["0"]]);
    await client.query("ALTER SESSION UNSET ERROR_ON_NONDETERMINISTIC_UPDATE");
  });

  it("tell the counts that DML answers with, and change nothing", async () => {
    assert.deepEqual(await described("INSERT INTO t VALUES (?, ?)"), [["number of rows inserted"], 2, true]);
    assert.deepEqual(await described("INSERT INTO t (id) SELECT 1"), [["number of rows inserted"], 0, true]);
    assert.deepEqual(await described("UPDATE t SET name = ? WHERE id = ?"), [
      ["number of rows updated", "number of multi-joined rows updated"],
      2,
      false,
    ]);
    assert.deepEqual(await described("DELETE FROM t"), [["number of rows deleted"], 0, false]);
    assert.deepEqual(
      await described(
        "MERGE INTO t USING (SELECT 1 AS i) s ON t.id = s.i WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id) VALUES (i)",
      ),
      [["number of rows inserted", "number of rows deleted"], 0, false],
    );
    assert.deepEqual((await client.query("SELECT COUNT(*) FROM t")).data.rowset, [["0"]]);
  });

  it("say which kind of statement they are, by which drivers know that a count is still unknown", async () => {
    for (const [sql, number] of [
      ["SELECT id FROM t", 0x1000],
      ["INSERT INTO t (id) SELECT 1", 0x3100],
      ["DELETE FROM t", 0x3300],
      ["CREATE TABLE u (id INT)", 0x6000],
    ] as const) {
      const { data } = await client.query(sql, { describeOnly: true });
      assert.deepEqual([data.statementTypeId, data.rowset], [number, []]);
    }
  });

  it("are checked as running them would", async () => {
    const failure = async (sql: string) => (await client.query(sql, { describeOnly: true })).message;
    assert.equal(
      await failure("INSERT INTO t VALUES (1)"),
      "SQL compilation error:\nInsert value list does not match column list expecting 2 but got 1",
    );
    assert.equal(
      await failure("DELETE FROM nowhere"),
      "SQL compilation error:\nObject 'NOWHERE' does not exist or not authorized.",
    );
    assert.equal(
      await failure("SELECT nothing FROM t"),
      "SQL compilation error: error line 1 at position 7\ninvalid identifier 'NOTHING'",
    );
  });

  it("want their values when they run", async () => {
    const { message } = await client.query("SELECT id FROM t WHERE id = ?");
    assert.equal(message, "SQL compilation error: error line 1 at position 28\nBind variable ? not set.");
  });
});

describe("binds with names", () => {
  let server: LocalServer;
  let client: WireClient;

  before(async () => {
    server = await startServer();
    client = new WireClient(server);
    await client.login();
  });

  after(() => server.close());

  it("are found by their names in any case", async () => {
    const bindings = { myId: { type: "FIXED", value: "2" }, NAME: { type: "TEXT", value: "Jasper" } };
    const { data } = await client.query("SELECT :myid + 1, :name", { bindings });
    assert.deepEqual(data.rowset, [["3", "Jasper"]]);
  });

  it("must be there", async () => {
    const bindings = { a: { type: "FIXED", value: "2" } };
    assert.equal(
      (await client.query("SELECT :b", { bindings })).message,
      "SQL compilation error: error line 1 at position 7\nBind variable :b not set.",
    );
  });
});
