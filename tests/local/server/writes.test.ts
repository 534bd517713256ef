import assert from "node:assert/strict";
import type { LocalServer } from "../../../local/index";
import { startServer } from "../support";
import { WireClient } from "./wire";

describe("what a request writes", () => {
  let server: LocalServer;
  let client: WireClient;

  const rows = async (sql: string) => {
    const answer = await client.query(sql);
    assert.equal(answer.success, true, answer.message ?? "");
    return answer.data.rowset as (string | null)[][];
  };

  before(async () => {
    server = await startServer();
    client = new WireClient(server);
    await client.login();
    await rows("CREATE DATABASE scratch");
  });

  beforeEach(() => rows("CREATE OR REPLACE TABLE scratch.public.t (id INT)"));

  after(() => server.close());

  it("is done once when the request is repeated, and the answer is the same", async () => {
    const requestId = crypto.randomUUID();
    const first = await client.query("INSERT INTO scratch.public.t VALUES (1)", {}, requestId);
    const second = await client.query("INSERT INTO scratch.public.t VALUES (1)", {}, requestId);
    assert.deepEqual(second, first);
    assert.deepEqual(first.data.rowset, [["1"]]);
    await client.query("INSERT INTO scratch.public.t VALUES (1)");
    assert.deepEqual(await rows("SELECT COUNT(*) FROM scratch.public.t"), [["2"]]);
  });

  it("is done again when another session repeats the request: an id belongs to its session", async () => {
    const other = new WireClient(server);
    await other.login();
    const requestId = crypto.randomUUID();
    await client.query("INSERT INTO scratch.public.t VALUES (1)", {}, requestId);
    const second = await other.query("INSERT INTO scratch.public.t VALUES (1)", {}, requestId);
    assert.equal(second.success, true);
    assert.deepEqual(await rows("SELECT COUNT(*) FROM scratch.public.t"), [["2"]]);
  });

  it("is counted for the driver by inserted, updated, deleted and duplicate rows", async () => {
    const stats = async (sql: string) => {
      const { data, success, message } = await client.query(sql);
      assert.equal(success, true, message ?? "");
      const { numRowsInserted, numRowsUpdated, numRowsDeleted, numDmlDuplicates } = data.stats ?? {};
      return [numRowsInserted, numRowsUpdated, numRowsDeleted, numDmlDuplicates];
    };
    const none = [undefined, undefined, undefined, undefined];
    const t = "scratch.public.t";
    assert.deepEqual(await stats(`INSERT INTO ${t} VALUES (1), (2), (3)`), [3, 0, 0, 0]);
    assert.deepEqual(await stats(`CREATE OR REPLACE TABLE scratch.public.u AS SELECT id FROM ${t}`), [3, 0, 0, 0]);
    assert.deepEqual(await stats("INSERT INTO scratch.public.u VALUES (1), (1)"), [2, 0, 0, 0]);
    const joined = "UPDATE scratch.public.t SET id = u.id FROM scratch.public.u AS u WHERE t.id = u.id";
    assert.deepEqual(await stats(joined), [0, 3, 0, 1]);
    const merge = `MERGE INTO ${t} USING (SELECT column1 AS id FROM VALUES (1), (2), (9)) AS s ON t.id = s.id
      WHEN MATCHED AND s.id = 1 THEN DELETE WHEN MATCHED THEN UPDATE SET id = 5 WHEN NOT MATCHED THEN INSERT VALUES (s.id)`;
    assert.deepEqual(await stats(merge), [1, 1, 1, 0]);
    assert.deepEqual(await stats(`INSERT OVERWRITE INTO ${t} VALUES (7)`), [1, 0, 3, 0]);
    assert.deepEqual(await stats(`INSERT OVERWRITE ALL INTO ${t} INTO ${t} SELECT 4 AS id`), [2, 0, 1, 0]);
    assert.deepEqual(await stats(`DELETE FROM ${t} WHERE id = 99`), none);
    assert.deepEqual(await stats(`TRUNCATE TABLE ${t}`), [0, 0, 2, 0]);
    assert.deepEqual(await stats(`SELECT * FROM ${t}`), none);
    assert.deepEqual(await stats(`CREATE OR REPLACE VIEW scratch.public.v AS SELECT 1 AS id`), none);
  });

  it("is done once when the repeated request comes while the first still runs", async () => {
    const requestId = crypto.randomUUID();
    const sql = "INSERT INTO scratch.public.t SELECT 7";
    const answers = await Promise.all([1, 2, 3].map(() => client.query(sql, {}, requestId)));
    assert.equal(new Set(answers.map((answer) => answer.data.queryId)).size, 1);
    assert.deepEqual(await rows("SELECT COUNT(*) FROM scratch.public.t"), [["1"]]);
  });

  it("answers a repeated failure with the same error", async () => {
    const requestId = crypto.randomUUID();
    const first = await client.query("INSERT INTO scratch.public.nope VALUES (1)", {}, requestId);
    const second = await client.query("INSERT INTO scratch.public.nope VALUES (1)", {}, requestId);
    assert.equal(first.code, "002003");
    assert.deepEqual(second, first);
  });

  it("of a transaction is seen by others after COMMIT only, by itself at once", async () => {
    const other = new WireClient(server);
    await other.login();
    const count = async (by: WireClient) => (await by.query("SELECT COUNT(*) FROM scratch.public.t")).data.rowset[0][0];
    await rows("BEGIN");
    await rows("INSERT INTO scratch.public.t VALUES (1), (2)");
    assert.deepEqual([await count(client), await count(other)], ["2", "0"]);
    await rows("COMMIT");
    assert.equal(await count(other), "2");
    await rows("BEGIN");
    await rows("DELETE FROM scratch.public.t");
    await rows("ROLLBACK");
    assert.equal(await count(other), "2");
  });

  it("survives a later failure of the same transaction", async () => {
    await rows("BEGIN");
    await rows("INSERT INTO scratch.public.t VALUES (1)");
    assert.equal((await client.query("INSERT INTO scratch.public.t VALUES ('not a number')")).code, "100038");
    await rows("INSERT INTO scratch.public.t VALUES (2)");
    await rows("COMMIT");
    assert.deepEqual(await rows("SELECT id FROM scratch.public.t ORDER BY id"), [["1"], ["2"]]);
  });

  it("of an open transaction is committed by DDL", async () => {
    await rows("BEGIN");
    await rows("INSERT INTO scratch.public.t VALUES (1)");
    await rows("CREATE OR REPLACE TABLE scratch.public.other (id INT)");
    await rows("ROLLBACK");
    assert.deepEqual(await rows("SELECT id FROM scratch.public.t"), [["1"]]);
  });

  it("waits for its turn behind an open transaction of another session, whose end lets it go on", async () => {
    const other = new WireClient(server);
    await other.login();
    await rows("INSERT INTO scratch.public.t VALUES (1)");
    await rows("BEGIN");
    await rows("UPDATE scratch.public.t SET id = id + 1");
    let done = false;
    const waiting = other.query("UPDATE scratch.public.t SET id = id * 10").then((answer) => {
      done = true;
      return answer;
    });
    assert.deepEqual(await rows("SELECT id FROM scratch.public.t"), [["2"]]);
    assert.equal(done, false);
    await rows("COMMIT");
    assert.equal((await waiting).success, true);
    assert.deepEqual(await rows("SELECT id FROM scratch.public.t"), [["20"]]);
  });

  it("of a session that is deleted with an open transaction is rolled back", async () => {
    const other = new WireClient(server);
    await other.login();
    await other.query("BEGIN");
    await other.query("INSERT INTO scratch.public.t VALUES (1)");
    await other.post("/session?delete=true");
    await rows("INSERT INTO scratch.public.t VALUES (2)");
    assert.deepEqual(await rows("SELECT id FROM scratch.public.t"), [["2"]]);
  });

  it("with AUTOCOMMIT off is committed only when told so", async () => {
    const other = new WireClient(server);
    await other.login();
    await other.query("ALTER SESSION SET AUTOCOMMIT = FALSE");
    await other.query("INSERT INTO scratch.public.t VALUES (1)");
    assert.deepEqual(await rows("SELECT COUNT(*) FROM scratch.public.t"), [["0"]]);
    await other.query("COMMIT");
    assert.deepEqual(await rows("SELECT COUNT(*) FROM scratch.public.t"), [["1"]]);
  });

  it("in several statements of one request is kept up to the one that fails", async () => {
    const answer = await client.query(
      "INSERT INTO scratch.public.t VALUES (1); INSERT INTO scratch.public.nope VALUES (2); INSERT INTO scratch.public.t VALUES (3)",
      { parameters: { MULTI_STATEMENT_COUNT: 0 } },
    );
    assert.deepEqual([answer.code, answer.data.sqlState], ["100132", "P0000"]);
    assert.deepEqual(await rows("SELECT id FROM scratch.public.t"), [["1"]]);
  });

  it("in several statements names the one that failed, and its places as they are within it", async () => {
    const failed = async (sql: string) =>
      (await client.query(sql, { parameters: { MULTI_STATEMENT_COUNT: 0 } })).message;
    const end =
      " in SYSTEM$MULTISTMT at '    throw `Execution of multiple statements failed on statement {0} (at line {1}, position {2}).`.replace('{1}', LINES[i])' position 4\nstackstrace: \nSYSTEM$MULTISTMT line: 10";
    const begin = "JavaScript execution error: Uncaught Execution of multiple statements failed on statement";
    assert.equal(
      await failed("SELECT 1 AS x; SELECT nothing"),
      `${begin} "SELECT nothing" (at line 1, position 15).\nSQL compilation error: error line 1 at position 7\ninvalid identifier 'NOTHING'${end}`,
    );
    assert.equal(
      await failed("SELECT 1;\n SELECT TO_DATE('none');\nSELECT 2"),
      `${begin} "SELECT TO_DATE('none')" (at line 2, position 1).\nDate 'none' is not recognized${end}`,
    );
    assert.equal(
      await failed("SELECT 1;\n SELECT 1,\n nothing"),
      `${begin} "SELECT 1,\n nothing" (at line 2, position 1).\nSQL compilation error: error line 2 at position 1\ninvalid identifier 'NOTHING'${end}`,
    );
  });

  it("comes in one statement for all rows of an array bind", async () => {
    const answer = await client.query("INSERT INTO scratch.public.t VALUES (?)", {
      bindings: { "1": { type: "FIXED", value: ["1", "2", null] } },
    });
    assert.equal(answer.success, true, answer.message ?? "");
    assert.deepEqual(answer.data.rowset, [["3"]]);
    assert.deepEqual(await rows("SELECT id FROM scratch.public.t ORDER BY id"), [["1"], ["2"], [null]]);
  });
});
