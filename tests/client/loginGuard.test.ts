import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ConnectionOptions } from "snowflake-sdk";
import { LoginGuard } from "../../client/loginGuard";
import { WarehouseConnection } from "../../console/server/warehouse/warehouseConnection";
import { Warehouse } from "../../mcp/warehouse/warehouse";

const refusal = () => Object.assign(new Error("Incorrect username or password was specified."), { code: "390100" });

describe("A login that is refused", () => {
  it("is answered from memory for half a minute, from the third in a row on until a lock of the user is over", async () => {
    let now = 0;
    let logins = 0;
    const guard = new LoginGuard(() => now);
    const ask = () =>
      guard.logIn(async () => {
        logins++;
        throw refusal();
      });
    for (const [time, expected] of [
      [0, 1],
      [29_000, 1],
      [30_000, 2],
      [60_000, 3],
      [90_000, 3],
      [15 * 60_000, 3],
      [17 * 60_000, 4],
    ] as const) {
      now = time;
      await assert.rejects(ask(), { code: "390100" });
      assert.equal(logins, expected, `after ${time} ms`);
    }
  });

  it("is forgotten with the first success; other failures are never remembered", async () => {
    let now = 0;
    const guard = new LoginGuard(() => now);
    const answers = [refusal(), "in", new Error("no route to host"), "in"];
    const ask = () =>
      guard.logIn(async () => {
        const answer = answers.shift();
        if (typeof answer !== "string") throw answer;
        return answer;
      });
    await assert.rejects(ask(), /Incorrect/);
    now = 30_000;
    assert.equal(await ask(), "in");
    await assert.rejects(ask(), /no route/);
    assert.equal(await ask(), "in");
  });

  it("is one login, however many calls come at once", async () => {
    let logins = 0;
    const guard = new LoginGuard();
    const ask = () =>
      guard.logIn(async () => {
        logins++;
        await new Promise((resolve) => setImmediate(resolve));
        throw refusal();
      });
    const results = await Promise.allSettled([ask(), ask(), ask(), ask()]);
    assert.deepEqual([logins, results.filter(({ status }) => status === "rejected").length], [1, 4]);
  });

  describe("by the account", () => {
    let logins = 0;
    const account = createServer((request, response) => {
      if (request.url?.startsWith("/session/v1/login-request")) logins++;
      request.resume().on("end", () => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(
          JSON.stringify({
            success: false,
            code: "390100",
            message: "Incorrect username or password was specified.",
            data: {},
          }),
        );
      });
    });
    let options: ConnectionOptions;

    before(async () => {
      account.listen(0, "127.0.0.1");
      await once(account, "listening");
      const { port } = account.address() as AddressInfo;
      options = {
        account: "a-b",
        accessUrl: `http://127.0.0.1:${port}`,
        username: "u",
        password: "wrong",
      } as ConnectionOptions;
    });
    beforeEach(() => {
      logins = 0;
    });
    after(() => void account.close());

    const run = { tag: "test", timeoutMs: 60_000 };
    const asking: Record<string, () => () => Promise<unknown>> = {
      "the MCP server": () => {
        const warehouse = new Warehouse(options);
        return () => warehouse.run("SELECT 1", [], run);
      },
      "the console": () => {
        const connection = new WarehouseConnection(options);
        return () => connection.query("SELECT 1");
      },
    };
    for (const [name, make] of Object.entries(asking)) {
      it(`does not lock the user of ${name} when it is asked again and again`, async () => {
        const ask = make();
        await Promise.allSettled([ask(), ask(), ask()]);
        for (let n = 0; n < 5; n++) await assert.rejects(ask(), /390100|Incorrect/);
        assert.equal(logins, 1);
      });
    }
  });
});
