import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type LockOwner, withFileLock } from "../../toolchain/fileLock";

describe("a file lock", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "two-table-lock-"));
    path = join(folder, "lock");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const leave = (owner: Partial<LockOwner>, ageMs = 0) => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname(), token: "old", ...owner }));
    const time = new Date(Date.now() - ageMs);
    utimesSync(path, time, time);
  };
  const never = { onWait: () => assert.fail("it waited for a lock that nobody holds"), pollMs: 5 };
  /** Many that want the lock; fails when two are inside together. */
  const crowd = () => {
    let inside = 0;
    const work = async () => {
      assert.equal(++inside, 1);
      await setTimeout(3);
      inside--;
    };
    return Promise.all(Array.from({ length: 20 }, () => withFileLock(path, work, { pollMs: 1 })));
  };

  it("names its owner while it is held and leaves no file behind", async () => {
    await withFileLock(path, async () => {
      const owner = JSON.parse(readFileSync(path, "utf8")) as LockOwner;
      assert.equal(owner.pid, process.pid);
      assert.equal(owner.host, hostname());
    });
    assert.deepEqual(readdirSync(folder), []);
  });

  it("is given back when the work fails", async () => {
    await assert.rejects(
      withFileLock(path, async () => {
        throw new Error("the work failed");
      }),
      { message: "the work failed" },
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it("admits one at a time", async () => {
    await crowd();
  });

  it("is taken over from a process that has ended", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    leave({ pid });
    await withFileLock(path, async () => {}, never);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("is taken over from a process that does not refresh it, even if its number is in use", async () => {
    leave({}, 61_000);
    await withFileLock(path, async () => {}, never);
  });

  it("is taken over by only one of many that find it abandoned", async () => {
    leave({}, 61_000);
    await crowd();
  });

  it("is respected when it is of another host, whose processes cannot be seen", async () => {
    leave({ host: "elsewhere.example", pid: 1 });
    const waits: (LockOwner | undefined)[] = [];
    const onWait = (owner: LockOwner | undefined) => {
      waits.push(owner);
      if (waits.length === 3) rmSync(path);
    };
    await withFileLock(path, async () => {}, { onWait, pollMs: 5 });
    assert.deepEqual(waits, Array(3).fill({ pid: 1, host: "elsewhere.example", token: "old" }));
  });

  it("of a slow owner is not removed by that owner once another has taken it", async () => {
    await withFileLock(path, async () => leave({ token: "another" }));
    assert.equal(existsSync(path), true);
  });
});
