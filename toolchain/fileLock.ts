import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";

export interface LockOwner {
  pid: number;
  host: string;
  /** Distinguishes two owners with the same process id. */
  token: string;
}

export interface FileLockOptions {
  /** Called at once and then with every look while another process holds the lock. */
  onWait?: (owner: LockOwner | undefined) => void;
  /** Time between two looks, in ms. Default 250. */
  pollMs?: number;
  /** A lock not refreshed for this long counts as abandoned even if its process id is alive (it may be another process by now). Default 60000. */
  staleMs?: number;
}

/**
 * Runs `work` while no other process holds the lock file. An owner that died is noticed by its process id, one on
 * another host or with a reused id by the age of the file, which a living owner refreshes.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>, options: FileLockOptions = {}): Promise<T> {
  const token = await acquire(path, options);
  const heartbeat = setInterval(() => void touch(path), 2000);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await readOwner(path))?.token === token) await rm(path, { force: true });
  }
}

async function acquire(path: string, { onWait, pollMs = 250, staleMs = 60_000 }: FileLockOptions): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const token = randomBytes(8).toString("hex");
  // Written aside and linked: the lock file is never seen half-written.
  const own = `${path}.${process.pid}.${token}`;
  await writeFile(own, JSON.stringify({ pid: process.pid, host: hostname(), token } satisfies LockOwner));
  try {
    for (;;) {
      try {
        await touch(own);
        await link(own, path);
        return token;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const owner = await readOwner(path);
      if ((await isStale(path, owner, staleMs)) && (await removeStale(path, own, staleMs))) continue;
      onWait?.(owner);
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  } finally {
    await rm(own, { force: true });
  }
}

async function isStale(path: string, owner: LockOwner | undefined, staleMs: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return false;
  if (Date.now() - found.mtimeMs > staleMs) return true;
  return owner !== undefined && owner.host === hostname() && !isAlive(owner.pid);
}

/**
 * Removes an abandoned lock file. Only the holder of a second lock does so, after looking again: a lock that another
 * process has just taken over is thus never removed. False when it was not removed.
 */
async function removeStale(path: string, own: string, staleMs: number): Promise<boolean> {
  const breaker = `${path}.breaker`;
  try {
    await link(own, breaker);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // It is held for a moment only; an old one was left by a process that ended in that moment.
    if (await isStale(breaker, undefined, staleMs)) await rm(breaker, { force: true });
    return false;
  }
  try {
    if (!(await isStale(path, await readOwner(path), staleMs))) return false;
    await rm(path, { force: true });
    return true;
  } finally {
    await rm(breaker, { force: true });
  }
}

async function readOwner(path: string): Promise<LockOwner | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as LockOwner;
  } catch {
    return undefined;
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
