import { randomBytes } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

interface Owner {
  pid: number;
  /** Tells a process from a later one with the same id: its start time, where the system tells. */
  started: string;
  host: string;
  token: string;
}

/** Another process works in this folder. */
export class FolderInUseError extends Error {
  override name = "FolderInUseError";

  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(`The folder ${folder} is in use by process ${pid}; give each process a folder of its own, or stop that one`);
  }
}

/**
 * Makes this process the one owner of a folder. The mark of a process that died does not count.
 * @returns gives the folder up
 * @throws FolderInUseError
 */
export async function ownFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, "owner");
  const me: Owner = {
    pid: process.pid,
    started: await startOf(process.pid),
    host: hostname(),
    token: randomBytes(8).toString("hex"),
  };
  // Written aside and linked, so that nobody reads half a mark.
  const aside = `${path}.${me.token}`;
  await writeFile(aside, JSON.stringify(me), { mode: 0o600 });
  try {
    while (!(await linked(aside, path))) {
      const other = await readOwner(path);
      if (other !== undefined && (await isAlive(other))) throw new FolderInUseError(folder, other.pid);
      await removeMark(path, other);
    }
  } finally {
    await rm(aside, { force: true });
  }
  return async () => {
    if ((await readOwner(path))?.token === me.token) await rm(path, { force: true });
  };
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

/** Renames before it removes: two processes that found the same dead owner must not remove a living one's mark. */
async function removeMark(path: string, dead: Owner | undefined): Promise<void> {
  const aside = `${path}.stale.${randomBytes(8).toString("hex")}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if ((await readOwner(aside))?.token !== dead?.token) await linked(aside, path);
  await rm(aside, { force: true });
}

async function isAlive(owner: Owner): Promise<boolean> {
  // A process on another machine cannot be looked at; it is taken to be alive.
  if (owner.host !== hostname()) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return (await startOf(owner.pid)) === owner.started;
}

async function startOf(pid: number): Promise<string> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, "utf8");
    return status.slice(status.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
