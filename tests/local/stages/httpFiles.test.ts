import assert from "node:assert/strict";
import type { LocalServer } from "../../../local/index";
import { WireClient } from "../server/wire";
import { startServer } from "../support";

describe("Files of stages over HTTP, for drivers that copy none themselves", () => {
  let server: LocalServer;
  let client: WireClient;

  before(async () => {
    server = await startServer();
    client = new WireClient(server);
    await client.login(undefined, undefined, { CLIENT_APP_ID: "PythonConnector", CLIENT_APP_VERSION: "5.2.0" });
    for (const sql of ["create database D", "create stage ST"]) await client.query(sql);
  });

  after(() => server.close());

  interface StageInfo {
    locationType: string;
    location: string;
    endPoint: string;
    creds: { GCS_ACCESS_TOKEN: string };
  }

  const transfer = async (sql: string): Promise<StageInfo> => (await client.query(sql)).data.stageInfo;

  const ask = (info: StageInfo, name: string, init: RequestInit = {}) =>
    fetch(`${info.endPoint}/${info.location}${name}`, {
      ...init,
      headers: { authorization: `Bearer ${info.creds.GCS_ACCESS_TOKEN}`, ...init.headers },
    });

  it("PUT and GET name a store, an address and a token; what was put can be read, in whole and in part", async () => {
    const put = await transfer("put file:///tmp/a.csv @ST/in");
    assert.equal(put.locationType, "GCS");
    assert.equal(put.endPoint, `http://${server.host}:${server.port}`);
    assert.equal((await ask(put, "a b.csv", { method: "HEAD" })).status, 404);
    assert.equal((await ask(put, "a%20b.csv", { method: "PUT", body: "1,a\n2,b\n" })).status, 200);
    const head = await ask(put, "a%20b.csv", { method: "HEAD" });
    assert.deepEqual(
      [head.status, head.headers.get("content-length"), head.headers.get("x-goog-meta-sfc-digest")],
      [200, "8", "B9uDUZYRQiMlIj90nneo3Z9jCOjxhARD1TuUymHaqtA="],
    );
    const again = { method: "PUT", body: "3,c\n", headers: { "x-goog-if-generation-match": "0" } };
    assert.equal((await ask(put, "a%20b.csv", again)).status, 412);
    assert.deepEqual((await client.query("select $1, $2 from @ST/in order by 1")).data.rowset, [
      ["1", "a"],
      ["2", "b"],
    ]);
    const got = await client.query("get @ST file:///tmp");
    assert.deepEqual(got.data.src_locations, ["in/a b.csv"]);
    const get = got.data.stageInfo as StageInfo;
    assert.equal(await (await ask(get, "in/a%20b.csv")).text(), "1,a\n2,b\n");
    const part = await ask(get, "in/a%20b.csv", { headers: { range: "bytes=4-5" } });
    assert.deepEqual([part.status, part.headers.get("content-range"), await part.text()], [206, "bytes 4-5/8", "2,"]);
  });

  it("Large files come piece by piece, each from where the last one ended, and are there when they are whole", async () => {
    const put = await transfer("put file:///tmp/a.csv @ST/large");
    const begun = await ask(put, "a.csv", { method: "POST", headers: { "x-goog-resumable": "start" } });
    assert.equal(begun.status, 201);
    const session = String(begun.headers.get("location"));
    const piece = async (range: string, body?: string) => {
      const headers = { authorization: `Bearer ${put.creds.GCS_ACCESS_TOKEN}`, "content-range": `bytes ${range}` };
      const { status, headers: told } = await fetch(session, { method: "PUT", headers, body: body ?? null });
      return [status, told.get("range")];
    };
    assert.deepEqual(await piece("0-3/12", "1,a\n"), [308, "bytes=0-3"]);
    assert.deepEqual(await piece("8-11/12", "3,c\n"), [308, "bytes=0-3"]);
    assert.deepEqual(await piece("4-7/12", "2"), [308, "bytes=0-3"]);
    assert.deepEqual(await piece("*/12"), [308, "bytes=0-3"]);
    assert.equal((await ask(put, "a.csv", { method: "HEAD" })).status, 404);
    assert.deepEqual(await piece("4-7/12", "2,b\n"), [308, "bytes=0-7"]);
    assert.deepEqual(await piece("8-11/12", "3,c\n"), [200, null]);
    assert.deepEqual(await piece("*/12"), [404, null]);
    assert.equal((await client.query("select count(*) from @ST/large")).data.rowset[0][0], "3");
    const dropped = await ask(put, "b.csv", { method: "POST", headers: { "x-goog-resumable": "start" } });
    const headers = { authorization: `Bearer ${put.creds.GCS_ACCESS_TOKEN}` };
    const address = String(dropped.headers.get("location"));
    assert.equal((await fetch(address, { method: "DELETE", headers })).status, 204);
    assert.equal((await fetch(address, { method: "DELETE", headers })).status, 404);
    const get = await transfer("get @ST/large file:///tmp");
    assert.equal((await ask(get, "a.csv", { method: "POST", headers: { "x-goog-resumable": "start" } })).status, 403);
    assert.equal((await ask(put, "a.csv", { method: "POST" })).status, 405);
  });

  it("A token is good for its own stage and way alone, and no name leads out of the stage", async () => {
    const get = await transfer("get @ST file:///tmp");
    assert.equal((await ask(get, "new.csv", { method: "PUT", body: "1" })).status, 403);
    const put = await transfer("put file:///tmp/a.csv @ST/in");
    assert.equal((await ask({ ...put, creds: { GCS_ACCESS_TOKEN: "made-up" } }, "a.csv")).status, 401);
    const out = await ask(put, "..%2F..%2Fout.csv", { method: "PUT", body: "1" });
    assert.equal(((await out.json()) as { code: string }).code, "000002");
  });

  it("The Go driver is given an address for each file, to put over what is there and to get", async () => {
    const go = new WireClient(server);
    await go.login(undefined, undefined, { CLIENT_APP_ID: "Go", CLIENT_APP_VERSION: "2.0.0" });
    await go.query("use schema D.PUBLIC");
    const put = async (file: string, body: string, options = "overwrite=true"): Promise<number> => {
      const { stageInfo } = (await go.query(`put 'file://${file}' @ST/go ${options}`)).data;
      assert.equal(stageInfo.locationType, "GCS");
      assert.deepEqual(stageInfo.creds, {});
      return (await fetch(stageInfo.presignedUrl, { method: "PUT", body })).status;
    };
    assert.equal(await put("/tmp/placeholder/c d.csv", "1,long\n2,longer\n"), 200);
    assert.equal(await put("e.csv", "9,e\n"), 200);
    assert.equal(await put("/tmp/c d.csv", "3,c\n"), 200);
    const late = (await go.query("put file:///tmp/f.csv @ST/go")).data.stageInfo.presignedUrl;
    assert.equal(await put("/tmp/f.csv", "7,f\n", ""), 200);
    assert.equal((await fetch(late, { method: "PUT", body: "8,over a file that came first\n" })).status, 412);
    // A file that is there already it tells from others in its own copying alone.
    for (const file of ["/tmp/e.csv", "/tmp/*.csv"])
      assert.equal((await go.query(`put file://${file} @ST/go`)).data.stageInfo.locationType, "LOCAL_FS");
    const got = (await go.query("get @ST/go file:///tmp")).data;
    const texts = got.presignedUrls.map(async (url: string) => (await fetch(url)).text());
    assert.deepEqual(
      [got.src_locations, await Promise.all(texts)],
      [
        ["go/c d.csv", "go/e.csv", "go/f.csv"],
        ["3,c\n", "9,e\n", "7,f\n"],
      ],
    );
    assert.equal((await fetch(got.presignedUrls[0], { method: "PUT", body: "1" })).status, 403);
    assert.equal((await fetch(got.presignedUrls[0].replace(/token=.*/, "token=made-up"))).status, 401);
  });

  it("Other drivers copy the files themselves", async () => {
    const other = new WireClient(server);
    await other.login();
    await other.query("use schema D.PUBLIC");
    assert.equal((await other.query("put file:///tmp/a.csv @ST")).data.stageInfo.locationType, "LOCAL_FS");
  });
});
