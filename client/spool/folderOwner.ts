import { randomBytes } from "node:crypto";
import { link, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
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
    host = hostname(),
  ) {
    super(
      host === hostname()
        ? `The folder ${folder} is in use by process ${pid}; give each process a folder of its own, or stop that one`
        : `The folder ${folder} is in use by process ${pid} on the host ${host}; give each process a folder of its own. If that host or container is gone for good, remove ${join(folder, "owner")}`,
    );
  }
}

/**
 * Makes this process the one owner of a folder. The mark of a process that died does not count.
 *
 * The file `owner` names the first owner, `owner.next.TOKEN` who followed the dead one with that token; the last in this chain owns
 * the folder. Each file comes to be by a link, of which the system grants one, so that of many who find the same dead owner one
 * follows it. Whoever is the owner makes the chain short again.
 * @returns gives the folder up
 * @throws FolderInUseError
 */
export async function ownFolder(folder: string): Promise<() => Promise<void>> {
  const me: Owner = {
    pid: process.pid,
    started: await startOf(process.pid),
    host: hostname(),
    token: randomBytes(8).toString("hex"),
  };
  const first = join(folder, "owner");
  // Written aside and linked, so that nobody reads half a mark.
  const aside = `${first}.${me.token}`;
  await writeFile(aside, JSON.stringify(me), { mode: 0o600 });
  try {
    for (;;) {
      const last = await lastOf(first);
      if (last?.owner !== undefined && (await isAlive(last.owner))) {
        throw new FolderInUseError(folder, last.owner.pid, last.owner.host);
      }
      const path = last === undefined ? first : last.next;
      if (!(await linked(aside, path))) continue;
      // The chain may have been shortened in between: then this link hangs on nothing.
      if ((await lastOf(first))?.owner?.token === me.token) break;
      await rm(path, { force: true });
    }
    await rename(aside, first);
    for (const name of await readdir(folder))
      if (name.startsWith("owner.next.")) await rm(join(folder, name), { force: true });
  } finally {
    await rm(aside, { force: true });
  }
  return async () => {
    if ((await lastOf(first))?.owner?.token === me.token) await rm(first, { force: true });
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

/** The end of the chain; `owner` is undefined when its mark cannot be read, as after a power failure. */
async function lastOf(first: string): Promise<{ owner: Owner | undefined; next: string } | undefined> {
  let last: { owner: Owner | undefined; next: string } | undefined;
  for (let depth = 0; ; depth++) {
    const text = await readFile(last?.next ?? first, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (text === undefined) return last;
    const owner = parseOwner(text);
    last = { owner, next: `${first}.next.${owner?.token ?? `unreadable-${depth}`}` };
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Owner;
    return Number.isSafeInteger(owner.pid) && /^\w+$/.test(owner.token) ? owner : undefined;
  } catch {
    return undefined;
  }
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
