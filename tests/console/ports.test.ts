import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { portsFromEnvironment } from "../../cli/console/ports";
import { serveConsole } from "../../cli/console/serveConsole";
import { outputsOn } from "../../cli/warehouse/ingestPath";

describe("the console's ports", () => {
  const folder = mkdtempSync(join(tmpdir(), "console-ports-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("come from the environment, else from .env, else are chosen", () => {
    assert.deepEqual(portsFromEnvironment({}, folder), {});
    writeFileSync(join(folder, ".env"), "SNOWFLAKE_ACCOUNT=other\nPORT=4000\nWS_PORT=4001\n");
    assert.deepEqual(portsFromEnvironment({}, folder), { port: 4000, webSocketPort: 4001 });
    assert.deepEqual(portsFromEnvironment({ PORT: "5000" }, folder), { port: 5000, webSocketPort: 4001 });
    assert.throws(() => portsFromEnvironment({ PORT: "web" }, folder), {
      message: 'PORT is "web"; expected a port, a number from 0 to 65535.',
    });
  });

  it("are refused by name when another program has the one that was asked for", async () => {
    const taken: Server = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as { port: number };
    const outputs = outputsOn({ account: "LOCAL-WAREHOUSE", host: "127.0.0.1", port: 9 });
    await assert.rejects(serveConsole({ outputs, port }), {
      message: `Port ${port} is in use. Stop what listens there, or choose another one with --port PORT.`,
    });
    await new Promise((resolve) => taken.close(resolve));
  });

  it("serves even while the warehouse is not there, and says so", async () => {
    const outputs = outputsOn({ account: "LOCAL-WAREHOUSE", host: "127.0.0.1", port: 9 });
    const served = await serveConsole({ outputs, port: 0, credentials: { username: "U", password: "p" } });
    try {
      const health = (await (await fetch(`${served.url}/healthz`)).json()) as Record<string, unknown>;
      assert.equal(health.status, "degraded");
      assert.equal(health.warehouse, "unreachable");
      assert.equal((await fetch(`${served.url}/api/session`)).status, 503);
    } finally {
      await served.close();
    }
  });
});
