import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { ownFolder } from "../../client/spool/folderOwner";
import { syncFolder } from "../../client/spool/syncFolder";

/** How far a load has come; kept so that a load that was killed can go on. */
export interface LoadState {
  /** Names the load: part of every request id. */
  id: string;
  fingerprint: string | undefined;
  /** When the events were first accepted, ISO 8601: set once, kept by every attempt. */
  recvAt: string;
  /** Records of the source that are dealt with. */
  records: number;
  accepted: number;
  deadLettered: number;
  rejected: number;
  /** Of the records that are dealt with, chained: a source that has changed since is not taken for the same. */
  checksum: number;
  /** Of the first record alone: a file that begins otherwise is another one. */
  first?: number;
  /** The record behind those, which nothing ended when it was dealt with: its checksum, and how long the file of rejected records is with it. */
  openEnd?: { checksum: number; rejectedBytes: number };
  /** How long the file of rejected records was then; what was written behind it is written again. */
  rejectedBytes: number;
  /** How often the server refused the part that was sent last; each time it went out under another request id. */
  refused: number;
  finished: boolean;
}

export function newLoad(fingerprint: string | undefined, recvAt: string): LoadState {
  const nothing = { records: 0, accepted: 0, deadLettered: 0, rejected: 0, checksum: 0, rejectedBytes: 0, refused: 0 };
  return { id: randomUUID(), fingerprint, recvAt, ...nothing, finished: false };
}

/** The states of loads in a folder, one file per source, lane and warehouse. */
export class LoadStates {
  constructor(private readonly folder: string) {}

  /**
   * @returns undefined when there is none
   * @throws Error when there is one that cannot be read: to begin anew would bring everything in a second time
   */
  async read(key: readonly string[]): Promise<LoadState | undefined> {
    const path = this.path(key);
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw unreadable(path, error.message);
    });
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as LoadState;
    } catch {
      throw unreadable(path, "it is damaged");
    }
  }

  async write(key: readonly string[], state: LoadState): Promise<void> {
    await this.makeFolder();
    const path = this.path(key);
    const file = await open(`${path}.new`, "w", 0o600);
    try {
      await file.writeFile(JSON.stringify({ ...state, source: key[0] }));
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    await syncFolder(this.folder);
  }

  /**
   * Takes a source for this process: two that begin at once would each bring it in, at times of their own.
   * @returns gives it up
   * @throws FolderInUseError when another process loads it
   */
  async own(key: readonly string[]): Promise<() => Promise<void>> {
    const folder = this.path(key).replace(/\.json$/, "");
    await this.makeFolder();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return ownFolder(folder);
  }

  private async makeFolder(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
  }

  private path(key: readonly string[]): string {
    const name = createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 24);
    return join(this.folder, `${name}.json`);
  }
}

const unreadable = (path: string, why: string) =>
  new Error(
    `How far an earlier load came cannot be read from ${path}: ${why}. Make it readable; without it, all of the source would be loaded again as new events`,
  );
