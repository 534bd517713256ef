import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { CacheLayout } from "../../toolchain/cacheLayout";
import { ToolchainError } from "../../toolchain/installPiece";
import { lookUpPieces, verifyPieces } from "../../toolchain/installPieces";
import { type Piece, type Source, Unavailable } from "../../toolchain/piece";
import { install, planOf, smallPiece, temporaryLayout } from "./fakePieces";

describe("installing pieces", () => {
  let layout: CacheLayout;
  let log: string;
  beforeEach(() => {
    layout = temporaryLayout();
    log = join(dirname(layout.root), "log");
    writeFileSync(log, "");
  });
  afterEach(() => rmSync(dirname(layout.root), { recursive: true, force: true }));

  const path = (name: string) => join(layout.bin, name);
  const readLog = () => readFileSync(log, "utf8").trim().split("\n");
  const startChild = () => {
    const script = ["--require", "ts-node/register/transpile-only", join(__dirname, "installInChild.ts")];
    const args = [...script, dirname(layout.root), log, gate()];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const output: string[] = [];
    child.stdout.on("data", (bytes) => output.push(String(bytes)));
    const ended = new Promise((resolve) => child.once("close", resolve));
    return { child, ended, output: () => output.join("").trim() };
  };
  const gate = () => join(dirname(layout.root), "gate");

  it("tells what it does and leaves nothing half-done behind", async () => {
    const { progress } = await install(layout, planOf(smallPiece("only", log)));
    assert.deepEqual(progress, ["Piece only: computing checksums", "Piece only: ready, by build"]);
    assert.equal(readFileSync(path("only"), "utf8"), "all of only");
    assert.deepEqual(readdirSync(layout.temporary), []);
    assert.equal(existsSync(layout.lock), false);
  });

  it("does nothing when everything is in place", async () => {
    const plan = planOf(smallPiece("only", log));
    await install(layout, plan);
    assert.deepEqual((await install(layout, plan)).progress, []);
    assert.equal(readLog().length, 2);
  });

  it("installs a piece anew when its version changes", async () => {
    const piece = smallPiece("only", log);
    await install(layout, planOf(piece));
    assert.equal(await lookUpPieces(layout, planOf({ ...piece, version: "2" })), undefined);
    const { manifests } = await install(layout, planOf({ ...piece, version: "2" }));
    assert.equal(manifests[0]?.version, "2");
  });

  it("makes a piece anew when what it is built from changes, also one of a time that did not note it", async () => {
    const [source] = smallPiece("only", log).sources as [Source];
    const builtFrom = (digest: string) => planOf({ ...smallPiece("only", log), sources: [{ ...source, digest }] });
    await install(layout, planOf(smallPiece("only", log)));
    const { manifests } = await install(layout, builtFrom("a"));
    assert.equal(manifests[0]?.digest, "a");
    assert.deepEqual((await install(layout, builtFrom("a"))).progress, []);
    assert.equal(await lookUpPieces(layout, builtFrom("b")), undefined);
  });

  describe("by two processes at once", () => {
    it("lets one work and the other wait, say so, and use the result", async () => {
      const worker = startChild();
      await until(() => readLog().some((line) => line.startsWith("second begins")));
      const waiter = startChild();
      await until(() => waiter.output() !== "");
      writeFileSync(gate(), "");
      await Promise.all([worker.ended, waiter.ended]);
      const { pid } = worker.child;
      assert.equal(waiter.output(), `Toolchain: waiting for process ${pid}, which is putting it in place`);
      assert.match(worker.output(), /^Piece second: ready, by build$/m);
      const begins = (name: string) => `${name} begins in ${pid}`;
      assert.deepEqual(readLog(), [begins("first"), "first ends", begins("second"), "second ends"]);
    });
  });

  describe("after an interruption", () => {
    it("keeps the finished piece, does not trust the half-built one, and does not wait for the dead process", async () => {
      const { child, ended } = startChild();
      await until(() => readLog().some((line) => line.startsWith("second begins")));
      child.kill("SIGKILL");
      await ended;
      assert.equal(existsSync(layout.lock), true);
      assert.equal(readdirSync(layout.temporary).length, 1);
      assert.equal(existsSync(path("second")), false);
      const { mtimeMs } = statSync(path("first"));

      const plan = planOf(smallPiece("first", log), smallPiece("second", log));
      assert.equal(await lookUpPieces(layout, plan), undefined);
      const { progress } = await install(layout, plan);
      assert.deepEqual(progress, ["Piece second: computing checksums", "Piece second: ready, by build"]);
      assert.equal(readFileSync(path("second"), "utf8"), "all of second");
      assert.equal(statSync(path("first")).mtimeMs, mtimeMs);
      assert.deepEqual(readdirSync(layout.temporary), []);
    });

    it("installs a piece anew whose files are in place but whose manifest was not written", async () => {
      mkdirSync(layout.bin, { recursive: true });
      writeFileSync(path("only"), "half of ");
      await install(layout, planOf(smallPiece("only", log)));
      assert.equal(readFileSync(path("only"), "utf8"), "all of only");
    });

    it("installs a piece anew whose manifest cannot be read", async () => {
      const plan = planOf(smallPiece("only", log));
      await install(layout, plan);
      writeFileSync(join(layout.manifests, "only.json"), '{ "files": [');
      assert.equal(await lookUpPieces(layout, plan), undefined);
      await install(layout, plan);
      assert.equal((await lookUpPieces(layout, plan))?.length, 1);
    });
  });

  describe("when a file was damaged", () => {
    const damage = (text: string, keepTime = false) => {
      const { atime, mtime } = statSync(path("only"));
      writeFileSync(path("only"), text);
      if (keepTime) utimesSync(path("only"), atime, mtime);
    };
    let plan: ReturnType<typeof planOf>;
    beforeEach(async () => {
      plan = planOf(smallPiece("only", log));
      await install(layout, plan);
      // A round time, since setting one is less exact than writing a file.
      utimesSync(path("only"), 1_700_000_000, 1_700_000_000);
      await lookUpPieces(layout, plan);
    });

    it("notices another size and installs it anew", async () => {
      damage("all of onl");
      const { progress } = await install(layout, plan);
      assert.equal(progress[0], `Piece only: ${path("only")} has 10 bytes, expected 11; putting it in place anew`);
      assert.equal(readFileSync(path("only"), "utf8"), "all of only");
    });

    it("notices other bytes of the same length by their checksum", async () => {
      damage("all of onlY");
      const { progress } = await install(layout, plan);
      assert.match(progress[0]!, /only has SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}; putting it in place anew$/);
    });

    it("notices a missing file", async () => {
      rmSync(path("only"));
      const { progress } = await install(layout, plan);
      assert.equal(progress[0], `Piece only: ${path("only")} is missing; putting it in place anew`);
    });

    it("finds by full verification what size and time hide, and then installs it anew", async () => {
      damage("all of onlY", true);
      assert.equal((await lookUpPieces(layout, plan))?.length, 1);
      const [problem, ...others] = await verifyPieces(layout, plan);
      assert.match(problem!, /^Piece only: \S+only has SHA-256 /);
      assert.deepEqual(others, []);
      await install(layout, plan);
      assert.equal(readFileSync(path("only"), "utf8"), "all of only");
      assert.deepEqual(await verifyPieces(layout, plan), []);
    });

    it("keeps a file that was only touched", async () => {
      utimesSync(path("only"), 1, 1);
      assert.equal((await lookUpPieces(layout, plan))?.[0]?.files[0]?.mtimeMs, 1_700_000_000_000);
      assert.equal((await lookUpPieces(layout, plan))?.[0]?.files[0]?.mtimeMs, 1000);
      assert.equal(readLog().length, 2);
    });
  });

  describe("by the first way that is open", () => {
    const closed = (name: "installed" | "download", online: boolean): Piece["sources"][number] => ({
      name,
      online,
      install: async () => {
        throw new Unavailable(`no ${name} here`);
      },
    });

    it("tries the ways in order and says why one was not taken", async () => {
      const piece = smallPiece("only", log);
      const sources = [closed("installed", false), closed("download", true), ...piece.sources];
      const { progress, manifests } = await install(layout, planOf({ ...piece, sources }));
      assert.deepEqual(progress.slice(0, 2), [
        "Piece only: not by installed: no installed here",
        "Piece only: not by download: no download here",
      ]);
      assert.equal(manifests[0]?.source, "build");
    });

    it("lists every way with its reason when none is open, and keeps the finished pieces", async () => {
      const sources = [closed("installed", false), closed("download", true)];
      const plan = planOf(smallPiece("first", log), { ...smallPiece("second", log), sources });
      const failure = await install(layout, plan, { offlineOnly: true }).catch((error: unknown) => error);
      assert.ok(failure instanceof ToolchainError);
      assert.equal(
        failure.message,
        "Piece second could not be put in place. What was tried:\n" +
          "  - installed: no installed here\n" +
          "  - download: not tried, offline only\n" +
          "Any one of these helps: install it, open the network for a download, or install Go 1.25 or newer; then run `npm run toolchain`. Finished pieces are kept.",
      );
      assert.equal(existsSync(path("first")), true);
      assert.equal(existsSync(layout.lock), false);
    });
  });
});

/** Ends with the test's time limit if the condition stays false. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(20);
}
