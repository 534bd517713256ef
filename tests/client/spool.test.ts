import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { Spool, type SpoolOptions } from "../../client/spool/spool";
import { recordsOf } from "./records";

const numbers = (events: readonly string[]) => events.map((json) => (JSON.parse(json) as { n: number }).n);
const event = (n: number) => JSON.stringify({ n, _recv_at: "2026-03-01T10:00:00.000Z" });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe("the spool", () => {
  let folder: string;
  const open: Spool[] = [];
  const openSpool = async (options: Partial<SpoolOptions> = {}) => {
    const spool = await Spool.open({ folder, ...options });
    open.push(spool);
    return spool;
  };
  /** What a process that dies without a word leaves behind. */
  const abandon = async (spool: Spool) => {
    open.splice(open.indexOf(spool), 1);
    rmSync(join(folder, "owner"));
    // The system closes the files of a dead process; here they are closed by hand, without the orderly end of the spool.
    await spool["writer"].close();
    await spool["reader"].close();
  };
  const drain = async (spool: Spool, size = 7): Promise<number[]> => {
    const all: number[] = [];
    for (let batch = await spool.nextBatch(size, 4 << 20); batch; batch = await spool.nextBatch(size, 4 << 20)) {
      all.push(...numbers(batch.events));
      await spool.commit();
    }
    return all;
  };
  const segments = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".seg"))
      .sort();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "spool-test-"));
  });
  afterEach(async () => {
    for (const spool of open.splice(0)) await spool.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("gives events back in order, in batches, and once", async () => {
    const spool = await openSpool({ segmentBytes: 300 });
    for (const n of range(0, 50)) await spool.append(recordsOf([event(n)]));
    assert.ok(segments().length > 3);
    assert.deepEqual(await drain(spool), range(0, 50));
    assert.deepEqual(spool.pending, { events: 0, bytes: 0 });
    assert.equal(segments().length, 1, "segments that are delivered are removed");
  });

  it("keeps undelivered events over a restart, and the batch that was under way with its request id", async () => {
    const first = await openSpool();
    await first.append(recordsOf(range(0, 10).map(event)));
    await first.nextBatch(4, 1 << 20);
    await first.commit();
    const begun = await first.nextBatch(3, 1 << 20);
    await abandon(first);
    const second = await openSpool();
    assert.equal(second.pending.events, 6);
    await second.append(recordsOf([event(10)]));
    const again = await second.nextBatch(5000, 1 << 20);
    assert.deepEqual(again, begun);
    await second.commit();
    assert.deepEqual(await drain(second), [7, 8, 9, 10]);
  });

  it("gives the batch behind the present one ahead of its turn, and the same one when its turn has come", async () => {
    const spool = await openSpool();
    await spool.append(recordsOf(range(0, 10).map(event)));
    await spool.nextBatch(4, 1 << 20);
    const ahead = await spool.batchAhead(4, 1 << 20);
    assert.deepEqual(numbers(ahead?.events ?? []), [4, 5, 6, 7]);
    await spool.append(recordsOf([event(10)]));
    assert.deepEqual(await spool.batchAhead(4, 1 << 20), ahead);
    await spool.commit();
    assert.deepEqual(await spool.nextBatch(5000, 1 << 20), ahead);
    assert.deepEqual(await spool.nextBatch(5000, 1 << 20), ahead);
    await spool.commit();
    assert.deepEqual(await drain(spool), [8, 9, 10]);
  });

  it("gives no batch ahead that is not full yet: the events to come belong into it", async () => {
    const spool = await openSpool();
    await spool.append(recordsOf(range(0, 7).map(event)));
    assert.equal(await spool.batchAhead(4, 1 << 20), undefined);
    await spool.nextBatch(4, 1 << 20);
    assert.equal(await spool.batchAhead(4, 1 << 20), undefined);
    const bytes = spool.pending.bytes;
    assert.deepEqual(numbers((await spool.batchAhead(4, Math.floor(bytes / 7)))?.events ?? []), [4]);
  });

  it("sends both batches that were under way again after a crash, each under its request id", async () => {
    const first = await openSpool();
    await first.append(recordsOf(range(0, 12).map(event)));
    const present = await first.nextBatch(4, 1 << 20);
    const ahead = await first.batchAhead(4, 1 << 20);
    const renewed = await first.renewRequestId();
    await abandon(first);
    const second = await openSpool();
    assert.deepEqual(await second.nextBatch(5000, 1 << 20), { ...present, requestId: renewed });
    assert.deepEqual(await second.batchAhead(5000, 1 << 20), ahead);
    await second.commit();
    await abandon(second);
    const third = await openSpool();
    assert.deepEqual(await third.nextBatch(5000, 1 << 20), { ...present, requestId: renewed });
    await third.commit();
    assert.deepEqual(await third.nextBatch(5000, 1 << 20), ahead);
    await third.commit();
    assert.deepEqual(await drain(third), [8, 9, 10, 11]);
  });

  it("reads ahead within a segment, and finds the next one in its turn", async () => {
    const spool = await openSpool({ segmentBytes: 300 });
    for (const n of range(0, 50)) await spool.append(recordsOf([event(n)]));
    const all: number[] = [];
    for (let batch = await spool.nextBatch(2, 4 << 20); batch; batch = await spool.nextBatch(2, 4 << 20)) {
      const ahead = await spool.batchAhead(2, 4 << 20);
      all.push(...numbers(batch.events));
      await spool.commit();
      if (ahead) assert.deepEqual(await spool.nextBatch(2, 4 << 20), ahead);
    }
    assert.deepEqual(all, range(0, 50));
  });

  it("cuts off a last record that a crash tore, and nothing else", async () => {
    const first = await openSpool();
    await first.append(recordsOf(range(0, 3).map(event)));
    const [segment] = segments() as [string];
    await abandon(first);
    appendFileSync(join(folder, segment), '0badc0de {"n":3,"half');
    const second = await openSpool();
    await second.append(recordsOf([event(4)]));
    assert.deepEqual(await drain(second), [0, 1, 2, 4]);
  });

  it("reports a record that was damaged on the disk, and delivers the others", async () => {
    const first = await openSpool();
    await first.append(recordsOf(range(0, 5).map(event)));
    await first.close();
    open.splice(0);
    const path = join(folder, segments()[0] as string);
    writeFileSync(path, readFileSync(path, "latin1").replace('{"n":2', '{"n":9'));
    const damages: object[] = [];
    const second = await openSpool({ onDamage: (damage) => damages.push(damage) });
    assert.deepEqual(damages, [{ segment: 1, records: 1 }]);
    assert.deepEqual(await drain(second), [0, 1, 3, 4]);
  });

  it("begins anew without a readable cursor: rather twice than not at all", async () => {
    const first = await openSpool();
    await first.append(recordsOf(range(0, 3).map(event)));
    await first.close();
    open.splice(0);
    writeFileSync(join(folder, "cursor.json"), '{"spool":');
    assert.deepEqual(await drain(await openSpool()), [0, 1, 2]);
  });

  it("belongs to one owner", async () => {
    await openSpool();
    await assert.rejects(Spool.open({ folder }), {
      name: "FolderInUseError",
      message: `The folder ${folder} is in use by process ${process.pid}; give each process a folder of its own, or stop that one`,
    });
  });

  it("of a process on another host is left to it: only a person knows whether that host is gone", async () => {
    await (await openSpool()).close();
    open.splice(0);
    writeFileSync(join(folder, "owner"), JSON.stringify({ pid: 1, started: "1", host: "gone", token: "a" }));
    await assert.rejects(Spool.open({ folder }), {
      name: "FolderInUseError",
      message: `The folder ${folder} is in use by process 1 on the host gone; give each process a folder of its own. If that host or container is gone for good, remove ${join(folder, "owner")}`,
    });
    rmSync(join(folder, "owner"));
    await openSpool();
  });

  it("sends what was acknowledged for one lane for no other, since the lane is part of its id", async () => {
    const first = await openSpool({ lane: "SHOP" });
    await first.append(recordsOf([event(0)]));
    await first.close();
    open.splice(0);
    await assert.rejects(openSpool({ lane: "APP" }), {
      name: "LaneMismatchError",
      message: `The spool ${folder} holds 1 undelivered events of lane SHOP; open it for that lane and flush it, or give lane APP a folder of its own`,
    });
    const again = await openSpool({ lane: "SHOP" });
    assert.deepEqual(await drain(again), [0]);
    await again.close();
    open.splice(0);
    assert.deepEqual(await drain(await openSpool({ lane: "APP" })), []);
  });

  it("belongs to one of two processes that begin at once on the folder of a dead one", async () => {
    const first = await openSpool();
    await first.append(recordsOf([event(0)]));
    await first.close();
    open.splice(0);
    const owner = { pid: 2 ** 22 + 1, started: "1", host: hostname(), token: "dead" };
    writeFileSync(join(folder, "owner"), JSON.stringify(owner));
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => openSpool()));
    assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
    for (const tried of tries)
      if (tried.status === "rejected")
        assert.equal((tried.reason as Error).name, "FolderInUseError", String(tried.reason));
  });

  it("acknowledges nothing that a full disk took in part, and goes on when there is room", async () => {
    const spool = await openSpool();
    await spool.append(recordsOf([event(0)]));
    let full = true;
    const handle = spool["writer"]["file"] as FileHandle;
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    const write = prototype.write as (
      this: FileHandle,
      bytes: Buffer,
      offset: number,
      length: number,
    ) => Promise<{ bytesWritten: number; buffer: Buffer }>;
    prototype.write = async function (this: FileHandle, bytes: Buffer, offset: number, length: number) {
      if (!full) return write.call(this, bytes, offset, length);
      await write.call(this, bytes, offset, length - 3);
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    } as FileHandle["write"];
    try {
      await assert.rejects(spool.append(recordsOf([event(1), event(2)])), {
        message: `The spool ${folder} cannot be written: ENOSPC: no space left on device, write`,
      });
      await assert.rejects(spool.append(recordsOf([event(3)])));
      full = false;
      await spool.append(recordsOf([event(4)]));
    } finally {
      prototype.write = write as FileHandle["write"];
    }
    assert.deepEqual(await drain(spool), [0, 4]);
    assert.deepEqual(spool.pending, { events: 0, bytes: 0 });
  });

  it("hands no batch out, and no new request id, that is not on disk: after a crash they would be others", async () => {
    const unwritable = join(folder, "cursor.json.new");
    let spool = await openSpool();
    await spool.append(recordsOf(range(0, 3).map(event)));
    mkdirSync(unwritable);
    await assert.rejects(spool.nextBatch(10, 4 << 20), { code: "EISDIR" });
    await assert.rejects(spool.nextBatch(10, 4 << 20), { code: "EISDIR" });
    rmdirSync(unwritable);
    const first = await spool.nextBatch(10, 4 << 20);
    await spool.append(recordsOf(range(3, 5).map(event)));
    await abandon(spool);
    spool = await openSpool();
    assert.deepEqual(await spool.nextBatch(10, 4 << 20), first);
    mkdirSync(unwritable);
    await assert.rejects(spool.renewRequestId(), { code: "EISDIR" });
    rmdirSync(unwritable);
    assert.deepEqual(await spool.nextBatch(10, 4 << 20), first);
    const requestId = await spool.renewRequestId();
    await abandon(spool);
    assert.deepEqual(await (await openSpool()).nextBatch(10, 4 << 20), { requestId, events: first?.events });
  });

  it("gives its folder up although the disk takes nothing more at its end, and sends the same again", async () => {
    const spool = await openSpool();
    await spool.append(recordsOf(range(0, 3).map(event)));
    const batch = await spool.nextBatch(10, 4 << 20);
    mkdirSync(join(folder, "cursor.json.new"));
    await assert.rejects(spool.close(), { code: "EISDIR" });
    rmdirSync(join(folder, "cursor.json.new"));
    assert.deepEqual(await (await openSpool()).nextBatch(10, 4 << 20), batch);
  });

  it("lets an append wait while it is full, and refuses it when told so", async () => {
    const spool = await openSpool({ maxBytes: 100 });
    await spool.append(recordsOf(range(0, 3).map(event)));
    let appended = false;
    const waiting = spool.append(recordsOf([event(3)])).then(() => {
      appended = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(appended, false);
    assert.deepEqual(await drain(spool), [0, 1, 2]);
    await waiting;
    assert.deepEqual(await drain(spool), [3]);
  });

  it("says how full it is to those who do not want to wait", async () => {
    const spool = await openSpool({ maxBytes: 10, whenFull: "reject" });
    await spool.append(recordsOf([event(0)]));
    await assert.rejects(spool.append(recordsOf([event(1)])), {
      name: "SpoolFullError",
      message: `The spool ${folder} is full: 1 events (${spool.pending.bytes} bytes) are not delivered yet; this one was not taken`,
    });
  });

  it("is readable by nobody else", async function () {
    if (process.platform === "win32") this.skip();
    const spool = await openSpool();
    await spool.append(recordsOf([event(0)]));
    await spool.nextBatch(1, 1);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
  });

  it("may lie in a folder of somebody else, as a mounted volume is", async function () {
    if (process.getuid?.() !== 0) this.skip();
    chmodSync(folder, 0o777);
    process.seteuid?.(65_534);
    try {
      const spool = await openSpool();
      await spool.append(recordsOf([event(0)]));
      await spool.close();
    } finally {
      process.seteuid?.(0);
    }
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
  });

  it("loses nothing it acknowledged when its process is killed with SIGKILL, again and again", async () => {
    let acknowledged = -1;
    const seen: number[] = [];
    for (let round = 0; round < 4; round++) {
      const child = spawn(process.execPath, [
        "-r",
        "ts-node/register/transpile-only",
        join(__dirname, "spoolChild.ts"),
        folder,
      ]);
      let output = "";
      const enough = new Promise<void>((resolve) => {
        child.stdout.on("data", (chunk: Buffer) => {
          output += chunk;
          if (output.length > 300 + 97 * round) resolve();
        });
      });
      await enough;
      child.kill("SIGKILL");
      await new Promise((resolve) => child.once("close", resolve));
      acknowledged = Number(output.slice(0, output.lastIndexOf("\n")).split("\n").at(-1));
      const spool = await openSpool();
      const found = await drain(spool, 5000);
      assert.deepEqual(found.slice(0, acknowledged + 1), range(0, acknowledged + 1));
      seen.push(found.length);
      await spool.close();
      open.splice(0);
    }
    assert.equal(seen.length, 4);
  });
});
