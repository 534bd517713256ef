import { type FileHandle, open } from "node:fs/promises";
import { devNull } from "node:os";

type Write = (
  this: FileHandle,
  bytes: Buffer,
  offset: number,
  length: number,
) => Promise<{ bytesWritten: number; buffer: Buffer }>;

const HOUR = 3_600_000;

/** A write of which the disk took a part; a write that it could not make durable; the clock set forwards or backwards. */
export type MachineFault = "disk-full" | "not-synced" | "clock-set";

/**
 * Makes the machine unreliable for this process: now and then the disk is full in the middle of a write or does not sync, and the
 * clock is set by up to an hour. Files of everybody in this process are concerned.
 * @param random draws when; about one write in forty fails
 * @param tell is told of each
 */
export async function breakMachine(random: () => number, tell: (fault: MachineFault) => void): Promise<void> {
  const handle = await open(devNull);
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const write = prototype.write as Write;
  const { datasync } = prototype;
  prototype.write = async function (this: FileHandle, bytes: Buffer, offset: number, length: number) {
    if (random() > 0.02) return write.call(this, bytes, offset, length);
    tell("disk-full");
    await write.call(this, bytes, offset, length >> 1);
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  } as FileHandle["write"];
  prototype.datasync = function (this: FileHandle) {
    if (random() > 0.01) return datasync.call(this);
    tell("not-synced");
    return Promise.reject(Object.assign(new Error("EIO: i/o error, fdatasync"), { code: "EIO" }));
  };
  const { now } = Date;
  let offset = 0;
  Date.now = () => {
    if (random() < 0.002) {
      tell("clock-set");
      offset = Math.round((random() - 0.5) * 2 * HOUR);
    }
    return now() + offset;
  };
}
