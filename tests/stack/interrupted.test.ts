import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import { TemporaryRepository } from "../cli/temporaryRepository";
import { freePort } from "../local/support";

const MOMENTS = 10;
/** Seconds; a deployment takes longer, so the moments lie before it, in it and behind it as the machine is fast or slow. */
const LATEST = 10;

describe("npm start, interrupted by Ctrl-C", function () {
  this.timeout(900_000);
  const home = mkdtempSync(join(tmpdir(), "two-table-interrupted-"));
  const repository = new TemporaryRepository();
  const running = new Set<ChildProcess>();
  let port: number;

  before(async () => {
    // With another port the stack would be deployed anew.
    port = await freePort();
    writeFileSync(join(repository.path, "a"), "a");
    repository.commit("First");
  });
  after(() => {
    for (const child of running) child.kill("SIGKILL");
    repository.remove();
    rmSync(home, { recursive: true, force: true });
  });

  function start() {
    const program = ["--require", "ts-node/register/transpile-only", join(PROJECT_ROOT, "cli", "start.ts")];
    const child = spawn(process.execPath, [...program, "--port", String(port), "--git", repository.path], {
      cwd: PROJECT_ROOT,
      env: { ...process.env, NO_COLOR: "1", TWO_TABLE_HOME: home, PORT: "0" },
    });
    running.add(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    const ended = new Promise<{ code: number | null; signal: string | null; said: string }>((resolve) =>
      child.once("close", (code, signal) => {
        running.delete(child);
        resolve({ code, signal, said });
      }),
    );
    const stop = () => {
      child.kill("SIGINT");
      return ended;
    };
    const runs = async () => {
      while (!said.includes("Stop:  ")) {
        assert.equal(child.exitCode, null, said);
        await sleep(100);
      }
    };
    return { stop, runs };
  }

  /** Processes that were started for this home and are still there, by what they run. */
  const left = () =>
    !existsSync("/proc")
      ? []
      : readdirSync("/proc").flatMap((pid) => {
          if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
          try {
            if (!readFileSync(`/proc/${pid}/environ`, "utf8").includes(home)) return [];
            return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
          } catch {
            return [];
          }
        });

  /** A process that has just been told to end may take its moment. */
  const nothingLeft = async (when: string) => {
    for (let wait = 0; wait < 200 && left().length > 0; wait++) await sleep(100);
    assert.deepEqual(left(), [], when);
  };

  it("leaves nothing broken and nothing running at any moment, and the next start goes on", async () => {
    const moments = Array.from({ length: MOMENTS }, () => Math.random() ** 1.5 * LATEST);
    for (const seconds of moments) {
      const { stop } = start();
      await sleep(seconds * 1000);
      const { code, signal, said } = await stop();
      const when = `interrupted after ${seconds.toFixed(2)} s:\n${said}`;
      assert.ok(code === 0 || signal === "SIGINT", `ended with ${code ?? signal}, ${when}`);
      assert.doesNotMatch(said, /\bat .*:\d+:\d+\)?$|Error:/m, when);
      await nothingLeft(when);
    }
    const first = start();
    await first.runs();
    const { code, said } = await first.stop();
    assert.equal(code, 0, said);
    assert.match(said, /Stopped; the data is kept\.\s*$/);
    const events = /ACTIVITY\.EVENTS\s+(\d+) rows/.exec(said)?.[1];
    assert.ok(Number(events) > 0, said);
    const second = start();
    await second.runs();
    const again = await second.stop();
    assert.match(again.said, /pulumi up: nothing has changed/, again.said);
    assert.equal(/ACTIVITY\.EVENTS\s+(\d+) rows/.exec(again.said)?.[1], events, again.said);
  });
});
