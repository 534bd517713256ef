import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningConsole } from "../../console/server/startConsole";
import { TestConsole } from "./support";

const UPGRADE = [
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version: 13",
];

/** Requests that no browser writes: byte by byte, as who means harm would send them. */
describe("the console under requests by hand", () => {
  let tested: TestConsole;
  let shared: RunningConsole;
  before(async () => {
    tested = await TestConsole.start();
    shared = await tested.startAnother("admin", { host: "0.0.0.0", token: "a-token-of-this-test", webSocketPort: 0 });
  });
  after(() => tested?.close());

  /** @returns the first line of the answer */
  async function send(port: number, lines: readonly string[]): Promise<string> {
    const socket = connect(port, "127.0.0.1");
    socket.end(`${lines.join("\r\n")}\r\n\r\n`);
    let text = "";
    for await (const chunk of socket) text += chunk;
    return text.split("\r\n")[0] ?? "";
  }

  const isAlive = async () => assert.equal((await fetch(`${tested.url}/healthz`)).status, 200);

  for (const path of ["//", "//[", "http://[", "/live/..", "/live%2f", "/?/live", "?", "*"]) {
    it(`refuses a WebSocket at ${path} and goes on`, async () => {
      const { port } = tested.console;
      const lines = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, `Origin: ${tested.url}`, ...UPGRADE];
      assert.match(await send(port, lines), /^HTTP\/1\.1 (404 Not Found|400 Bad Request)$/);
      await isAlive();
    });
  }

  for (const host of ["[", "a b", "a:b:c", "%", "http://x", "127.0.0.1:99999999"]) {
    it(`refuses a WebSocket for the host ${host}, also where every host is answered, and goes on`, async () => {
      const request = ["GET /live HTTP/1.1", `Host: ${host}`, "Origin: http://127.0.0.1", ...UPGRADE];
      for (const port of [tested.console.port, shared.webSocketPort])
        assert.match(await send(port, request), /^HTTP\/1\.1 4\d\d /);
      await isAlive();
    });
  }

  it("outlives a client that is gone before its WebSocket is refused", async () => {
    const { port } = tested.console;
    for (let turn = 0; turn < 50; turn++) {
      const socket = connect(port, "127.0.0.1").on("error", () => undefined);
      await once(socket, "connect");
      socket.write(["GET /live HTTP/1.1", `Host: 127.0.0.1:${port}`, ...UPGRADE, "", ""].join("\r\n"));
      socket.resetAndDestroy();
    }
    await sleep(50);
    await isAlive();
  });

  it("keeps no connection of a refused WebSocket open", async () => {
    const { port } = tested.console;
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.write(["GET /live HTTP/1.1", `Host: 127.0.0.1:${port}`, ...UPGRADE, "", ""].join("\r\n"));
    socket.resume();
    await once(socket, "end");
    // Nobody reads any more: writing into it ends in a reset.
    const failed = once(socket, "error");
    const writing = setInterval(() => socket.write("x"), 20);
    const [error] = (await failed) as [NodeJS.ErrnoException];
    clearInterval(writing);
    assert.match(error.code ?? "", /EPIPE|ECONNRESET/);
  });
});
