import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { passwordFile, startProcess, temporaryDirectory } from "../server/process";
import { connect, execute } from "../support";

/** The processes that another one started, by Linux's own account of them. */
const childrenOf = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );

const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let wait = 0; !holds(); wait++) {
    assert.ok(wait < 200, what);
    await pause(50);
  }
}

describe("the process of a JavaScript procedure", () => {
  const directory = temporaryDirectory();
  after(() => directory.remove());

  it("ends with a server that is killed, even in an endless loop", async () => {
    const server = await startProcess(["--port", "0", "--password-file", passwordFile(directory.path)]);
    const connection = await connect(server);
    for (const sqlText of [
      "CREATE DATABASE SCRATCH",
      "CREATE PROCEDURE SCRATCH.PUBLIC.FOREVER() RETURNS FLOAT LANGUAGE JAVASCRIPT AS 'while (true) {}'",
    ])
      await execute(connection, sqlText);
    const pid = server.child.pid as number;
    execute(connection, "CALL SCRATCH.PUBLIC.FOREVER()").catch(() => undefined);
    await until(() => childrenOf(pid).length > 0, "no process was started for the procedure");
    const [handler] = childrenOf(pid) as [number];
    // It has to be up before it can lose its server.
    await pause(500);
    assert.ok(isAlive(handler));
    await server.end("SIGKILL");
    await until(() => !isAlive(handler), "the procedure's process lives on");
  });
});
