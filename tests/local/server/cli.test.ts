import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { passwordFile, StartFailed, startProcess, temporaryDirectory } from "./process";
import { WireClient } from "./wire";

const failed = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof StartFailed, String(error));
  assert.equal(error.exitCode, 1);
  assert.match(error.stderr, message);
  return true;
};

describe("npm run local", () => {
  let directory: ReturnType<typeof temporaryDirectory>;

  beforeEach(() => {
    directory = temporaryDirectory();
  });

  afterEach(() => directory.remove());

  it("prints host, port, account and user in one JSON line and ends with 0 on SIGTERM", async () => {
    const server = await startProcess(["--user", "boss", "--password-file", passwordFile(directory.path)]);
    assert.equal(server.host, "127.0.0.1");
    assert.ok(server.port > 0);
    assert.deepEqual([server.account, server.user], ["LOCAL-WAREHOUSE", "BOSS"]);
    const client = new WireClient(server);
    await client.login("boss");
    assert.equal(await server.end("SIGTERM"), 0);
    assert.equal(server.stderr(), "");
  });

  it("makes up a password for a new account and tells it only to the user who started it", async () => {
    const data = join(directory.path, "data");
    const server = await startProcess(["--data", data]);
    const file = join(data, "password");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const password = readFileSync(file, "utf8").trim();
    assert.match(password, /^[\w-]{24}$/);
    assert.equal(server.stderr(), `The password of ADMIN is in ${file}\n`);
    await new WireClient(server).login("ADMIN", password);
    await server.end("SIGTERM");
    const again = await startProcess(["--data", data]);
    assert.equal(again.stderr(), "");
    await new WireClient(again).login("ADMIN", password);
    await again.end("SIGTERM");
  });

  it("refuses a second server on the same data and names the process that has it", async () => {
    const data = join(directory.path, "data");
    const first = await startProcess(["--data", data]);
    await assert.rejects(
      startProcess(["--data", data]),
      failed(
        new RegExp(
          `^The data file .*/data/snowflake\\.duckdb is in use by another server \\(process ${first.child.pid}\\)\\. Stop that server or choose another data directory\\.\n$`,
        ),
      ),
    );
    await first.end("SIGTERM");
  });

  it("says that a port is busy", async () => {
    const first = await startProcess([]);
    await assert.rejects(
      startProcess(["--port", String(first.port)]),
      failed(new RegExp(`^Port ${first.port} is in use\\. Choose another one, or 0 for a free one\\.\n$`)),
    );
    await first.end("SIGTERM");
  });

  it("says what is wrong with its arguments and files", async () => {
    await assert.rejects(startProcess(["--port", "x"]), failed(/A number from 0 to 65535 is expected\./));
    await assert.rejects(
      startProcess(["--password-file", "/no/such/file"]),
      failed(/^The password file \/no\/such\/file cannot be read:/),
    );
    writeFileSync(join(directory.path, "snowflake.duckdb"), "not a database at all, but long enough to be read as one");
    await assert.rejects(
      startProcess(["--data", directory.path]),
      failed(/^The data file .* cannot be opened; it is damaged or not a data file of this server\./),
    );
  });
});
