import assert from "node:assert/strict";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { fileSource } from "../../cli/load/fileSource";
import { type LoadOptions, load } from "../../cli/load/load";
import { LoadStates } from "../../cli/load/loadState";
import { checkRejectedFile } from "../../cli/load/rejectedFile";
import type { Batch, BatchOutcome } from "../../client/batchSender";

class Killed extends Error {}

const event = (n: number) => JSON.stringify({ action: "thing.seen", actor_id: `a${n}` });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** Keeps what a warehouse keeps: each request once. */
class Kept {
  private readonly requests = new Map<string, string[]>();

  take({ requestId, events }: Batch): BatchOutcome {
    if (!this.requests.has(requestId)) this.requests.set(requestId, [...events]);
    return { accepted: events.length, deadLettered: 0, unreadable: [] };
  }

  get actors(): string[] {
    return [...this.requests.values()].flat().map((json) => JSON.parse(json).actor_id as string);
  }

  get times(): number {
    return new Set([...this.requests.values()].flat().map((json) => JSON.parse(json)._recv_at)).size;
  }
}

describe("A load that is broken off", () => {
  let folder: string;
  let path: string;
  const rejections = () =>
    readFileSync(join(folder, "e.rejected.ndjson"), "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { line: number }).line);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "load-resume-"));
    path = join(folder, "e.ndjson");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (kept: Kept, options: Partial<LoadOptions> = {}, dieAt = Number.POSITIVE_INFINITY) => {
    let moment = 0;
    const dies = () => {
      if (++moment >= dieAt) throw new Killed();
    };
    const states = new LoadStates(join(folder, "loads"));
    const { write } = states;
    states.write = async function (key, state) {
      dies();
      await write.call(this, key, state);
      dies();
    };
    const send = async (batch: Batch) => {
      dies();
      const outcome = kept.take(batch);
      dies();
      return outcome;
    };
    return load(await fileSource(path), { lane: "DIRECT", target: "t", states, send, maxEvents: 3, ...options });
  };
  const untilDone = async (kept: Kept, deaths: readonly number[]) => {
    for (const dieAt of deaths) {
      try {
        return await run(kept, {}, dieAt);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
    }
    return run(kept);
  };

  it("goes on where it was, wherever that is: nothing is missing, nothing twice, every rejected line once", async () => {
    const lines = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 }), async (good, deaths) => {
        rmSync(folder, { recursive: true, force: true });
        folder = mkdtempSync(join(tmpdir(), "load-resume-"));
        path = join(folder, "e.ndjson");
        writeFileSync(path, good.map((isGood, n) => `${isGood ? event(n) : "{"}\n`).join(""));
        const kept = new Kept();
        const { accepted, rejected, wasLoaded } = await untilDone(kept, deaths);
        const expected = good.flatMap((isGood, n) => (isGood ? `a${n}` : []));
        assert.deepEqual(kept.actors, expected);
        assert.ok(kept.times <= 1, "every event was received at one time");
        // Killed behind its last breath it had finished, and nothing was left to count.
        if (!wasLoaded) assert.deepEqual([accepted, rejected], [expected.length, good.length - expected.length]);
        const bad = good.flatMap((isGood, n) => (isGood ? [] : n + 1));
        if (bad.length > 0) assert.deepEqual(rejections(), bad);
        else assert.ok(!existsSync(join(folder, "e.rejected.ndjson")));
      }),
      { numRuns: 60 },
    );
  });

  it("takes what was appended meanwhile, and refuses what was changed in the part it has loaded", async () => {
    writeFileSync(
      path,
      range(0, 8)
        .map((n) => `${event(n)}\n`)
        .join(""),
    );
    const kept = new Kept();
    await assert.rejects(run(kept, {}, 7), Killed);
    const done = kept.actors.length;
    assert.ok(done > 0 && done < 8);
    const before = readFileSync(path, "utf8");
    writeFileSync(path, before.replace("a1", "b1"));
    await assert.rejects(run(kept), {
      name: "ChangedSourceError",
      message:
        "e.ndjson has changed in the first 3 records, which an earlier load dealt with. --restart loads all of it, what was loaded before as new events",
    });
    writeFileSync(path, event(0));
    await assert.rejects(run(kept), { name: "ChangedSourceError" });
    writeFileSync(path, `${before}${event(8)}\n`);
    await run(kept);
    assert.deepEqual(
      [...new Set(kept.actors)],
      range(0, 9).map((n) => `a${n}`),
    );
  });

  it("when it is finished and begun again, loads what is new in the file and nothing else", async () => {
    writeFileSync(path, `${event(0)}\n{\n${event(1)}\n`);
    const kept = new Kept();
    await run(kept);
    const again = await run(kept);
    assert.deepEqual([again.accepted, again.rejected, again.wasLoaded], [0, 0, true]);
    appendFileSync(path, `${event(2)}\n[\n`);
    const more = await run(kept);
    assert.deepEqual([more.accepted, more.rejected, more.wasLoaded], [1, 1, true]);
    assert.deepEqual(kept.actors, ["a0", "a1", "a2"]);
    assert.deepEqual(rejections(), [2, 5]);
    await run(kept, { restart: true });
    assert.equal(kept.actors.length, 6);
  });

  it("whose file was caught in the middle of a line takes the line when it is written, and nothing twice", async () => {
    const whole = `${event(0)}\n{\n${event(1)}\n${event(2)}\n[\n`;
    // An open end that is an event of its own, one that is not, and what remains of a line that was cut off again.
    const ends = [...whole.matchAll(/\n/g)].map(({ index }) => index);
    for (const cut of ends.flatMap((end, n) => [(ends[n - 1] ?? -1) + 2, end, end + 1])) {
      for (const stops of [[cut], [cut, cut + 1], [cut, whole.lastIndexOf("\n", cut - 1) + 1]]) {
        rmSync(join(folder, "loads"), { recursive: true, force: true });
        rmSync(join(folder, "e.rejected.ndjson"), { force: true });
        const kept = new Kept();
        for (const stop of [...stops, whole.length]) {
          writeFileSync(path, whole.slice(0, stop));
          await run(kept);
        }
        assert.deepEqual(kept.actors, ["a0", "a1", "a2"], `${stops}`);
        assert.deepEqual(rejections(), [2, 5], `${stops}`);
        assert.equal((await run(kept)).wasLoaded, true);
      }
    }
  });

  it("says so when the end that it loaded was the beginning of another record, as of a number in CSV", async () => {
    path = join(folder, "e.csv");
    const kept = new Kept();
    let told = 0;
    for (const text of ["action,actor_id\nthing.seen,1", "action,actor_id\nthing.seen,12\n"]) {
      writeFileSync(path, text);
      await run(kept, { onChangedEnd: () => told++ });
    }
    assert.deepEqual([kept.actors, told], [["1", "12"], 1]);
  });

  it("and was finished is another one when the file begins otherwise, and is refused when what it had was edited", async () => {
    const isOther = async (text: string) => {
      writeFileSync(path, `${event(0)}\n${event(1)}\n`);
      const kept = new Kept();
      await run(kept, { restart: true });
      writeFileSync(path, text);
      return run(kept).then(
        () => "goes on",
        ({ name, isOther }) => [name, isOther],
      );
    };
    assert.deepEqual(await isOther(`${event(5)}\n${event(1)}\n${event(2)}\n`), ["ChangedSourceError", true]);
    assert.deepEqual(await isOther(""), ["ChangedSourceError", true]);
    assert.deepEqual(await isOther(`${event(0)}\n${event(5)}\n${event(2)}\n`), ["ChangedSourceError", false]);
    assert.deepEqual(await isOther(`${event(0)}\n`), ["ChangedSourceError", false]);
    assert.equal(await isOther(`${event(0)}\n${event(1)}\n${event(2)}\n`), "goes on");
  });

  it("sends a part that was refused, and then taken, under the id under which it was taken", async () => {
    writeFileSync(path, `${event(0)}\n`);
    const kept = new Kept();
    const refusedOnce = async ({ events, renewRequestId }: Batch) => {
      kept.take({ requestId: (await renewRequestId?.()) as string, events });
      throw new Killed();
    };
    await assert.rejects(run(kept, { send: refusedOnce }), Killed);
    await run(kept);
    assert.deepEqual(kept.actors, ["a0"]);
  });

  it("is not taken for none when how far it came cannot be read: all of it would come in again", async () => {
    writeFileSync(path, `${event(0)}\n`);
    const kept = new Kept();
    await run(kept);
    const [name = ""] = readdirSync(join(folder, "loads"));
    writeFileSync(join(folder, "loads", name), "{");
    await assert.rejects(run(kept), {
      message: `How far an earlier load came cannot be read from ${join(folder, "loads", name)}: it is damaged. Make it readable; without it, all of the source would be loaded again as new events`,
    });
  });

  it("under another name of the same content, or with another mapping, is another load", async () => {
    writeFileSync(path, `${event(0)}\n`);
    const kept = new Kept();
    await run(kept);
    await run(kept, { lane: "OTHER" });
    await run(kept, { target: "another warehouse" });
    assert.equal(kept.actors.length, 3);
  });

  it("finds out before the first event that rejected lines cannot be written", async function () {
    writeFileSync(path, event(0));
    const rejected = join(folder, "taken");
    await checkRejectedFile(rejected, [path]);
    assert.ok(!existsSync(rejected));
    await assert.rejects(checkRejectedFile(path, [path]), {
      message: `The rejected records cannot go to ${path}: it is what is loaded. Choose another with --rejected FILE`,
    });
    await assert.rejects(checkRejectedFile(folder, [path]), /cannot be written: EISDIR/);
    if (process.getuid?.() === 0) this.skip();
    writeFileSync(rejected, "");
    chmodSync(rejected, 0o400);
    await assert.rejects(checkRejectedFile(rejected, [path]), /cannot be written: EACCES/);
  });
});
