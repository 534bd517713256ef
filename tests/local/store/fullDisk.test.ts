import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { temporaryDirectory } from "../server/process";

/** In a mount namespace of its own: a disk of 20 MB that nobody else sees. */
const onSmallDisk = (directory: string, command: readonly string[]) =>
  spawnSync(
    "unshare",
    ["-Urm", "sh", "-c", 'mount -t tmpfs -o size=20m tmpfs "$0" && exec "$@"', directory, ...command],
    { encoding: "utf8" },
  );

describe("a full disk", function () {
  this.timeout(600_000);

  it("refuses the statement that finds no room, keeps all others, and is over once there is room and the server starts again", function () {
    const directory = temporaryDirectory();
    try {
      if (onSmallDisk(directory.path, ["true"]).status !== 0) this.skip();
      const writer = ["-r", "ts-node/register/transpile-only", join(__dirname, "fullDisk.ts"), directory.path];
      const { stdout, stderr } = onSmallDisk(directory.path, [process.execPath, ...writer]);
      assert.ok(stdout, stderr);
      const { refusal, afterwards, reported, kept, onceThereIsRoom } = JSON.parse(
        stdout.trim().split("\n").at(-1) as string,
      );
      assert.deepEqual(refusal, {
        code: "300004",
        message: "The disk of the local server is full; nothing of this statement was stored.",
      });
      // It goes on where only the statement failed, and not where the commit itself could not be written.
      const closed = {
        code: "300004",
        message:
          "The local server closed its data after it could not write to the disk. Make room and start it again; everything it reported is kept.",
      };
      if (afterwards) assert.deepEqual(afterwards, closed);
      assert.ok(reported > 0);
      assert.equal(kept, reported);
      assert.equal(onceThereIsRoom, reported + 10_000);
    } finally {
      directory.remove();
    }
  });
});
