import assert from "node:assert/strict";
import { passwordFile, type ServerProcess, startProcess, temporaryDirectory } from "./process";
import { WireClient } from "./wire";

describe("a server that is killed and started again", () => {
  const directory = temporaryDirectory();
  const args = ["--data", directory.path, "--password-file", passwordFile(directory.path)];
  const client = new WireClient({ host: "", port: 0 });
  let server: ServerProcess;

  const restart = async (signal: NodeJS.Signals = "SIGKILL") => {
    await server.end(signal);
    server = await startProcess(args);
    client.server = server;
  };

  const rows = async (sql: string) => {
    const answer = await client.query(sql);
    assert.equal(answer.success, true, answer.message ?? "");
    return answer.data.rowset as (string | null)[][];
  };

  before(async () => {
    server = await startProcess(args);
    client.server = server;
    await client.login();
    await rows("CREATE DATABASE scratch");
    await rows("CREATE TABLE scratch.public.r (id INT)");
  });

  after(async () => {
    await server.end("SIGKILL");
    directory.remove();
  });

  it("keeps objects, rows and the sessions of its clients", async () => {
    await rows("INSERT INTO scratch.public.r VALUES (1)");
    await rows("USE SCHEMA scratch.public");
    await rows("SET color = 'blue'");
    await rows("ALTER SESSION SET TIMEZONE = 'Asia/Kolkata'");
    await restart("SIGTERM");
    assert.deepEqual(await rows("SELECT id, $color FROM r"), [["1", "blue"]]);
    assert.equal((await rows("SHOW PARAMETERS LIKE 'TIMEZONE'"))[0]?.[1], "Asia/Kolkata");
  });

  it("answers a repeated request of its earlier life with the answer of that time", async () => {
    const requestId = crypto.randomUUID();
    const first = await client.query("INSERT INTO scratch.public.r VALUES (2)", {}, requestId);
    await restart();
    const second = await client.query("INSERT INTO scratch.public.r VALUES (2)", {}, requestId);
    assert.deepEqual(second.data.rowset, [["1"]]);
    assert.equal(second.data.queryId, first.data.queryId);
    assert.deepEqual(await rows("SELECT id FROM scratch.public.r WHERE id = 2"), [["2"]]);
    const ddl = crypto.randomUUID();
    const made = await client.query("CREATE TABLE scratch.public.once (id INT)", {}, ddl);
    await restart();
    const repeated = await client.query("CREATE TABLE scratch.public.once (id INT)", {}, ddl);
    assert.deepEqual(repeated.data.rowset, made.data.rowset);
  });

  it("has nothing of a transaction that was not committed", async () => {
    await rows("BEGIN");
    await rows("INSERT INTO scratch.public.r VALUES (99)");
    await restart();
    assert.deepEqual(await rows("SELECT id FROM scratch.public.r WHERE id = 99"), []);
  });

  it("keeps the query history", async () => {
    const { data } = await client.query("SELECT 'to be remembered'");
    await restart("SIGTERM");
    const report = await client.get(`/monitoring/queries/${data.queryId}`);
    assert.deepEqual(
      [report.data.queries[0].sqlText, report.data.queries[0].status],
      ["SELECT 'to be remembered'", "SUCCESS"],
    );
  });
});
