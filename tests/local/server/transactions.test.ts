import assert from "node:assert/strict";
import type { LocalServer } from "../../../local/index";
import { startServer } from "../support";
import { WireClient } from "./wire";

describe("SHOW TRANSACTIONS", () => {
  let server: LocalServer;

  before(async () => {
    server = await startServer();
  });

  after(() => server.close());

  it("lists what is open, by its name; a second BEGIN changes nothing", async () => {
    const client = new WireClient(server);
    await client.login();
    const names = async () =>
      (await client.query("SHOW TRANSACTIONS")).data.rowset.map((row: string[]) => [row[1], row[3], row[5]]);
    assert.deepEqual(await names(), []);
    await client.query("BEGIN NAME t1");
    await client.query("BEGIN TRANSACTION NAME t2");
    assert.deepEqual(await names(), [["ADMIN", "T1", "running"]]);
    await client.query("ROLLBACK");
    assert.deepEqual(await names(), []);
    assert.equal((await client.query("COMMIT")).success, true);
  });
});
