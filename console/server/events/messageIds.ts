import { createHash } from "node:crypto";
import { type FileHandle, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "../../../client/spool/syncFolder";

/** What is known of a message that came before. */
export interface KnownMessage {
  /** When it was first accepted, in milliseconds since 1970: the same in every repetition, so that its event keeps its id. */
  recvAt: number;
  /** The beginning of its event's id, to tell a repetition from another event under the same message id. */
  eventId: string;
  /** Whether it is known to be in the spool. */
  isKept: boolean;
}

const LINE = /^([0-9a-f]{32}) (\d+) ([0-9a-f]{16})$/gm;
const FILES = { present: "message-ids.log", past: "message-ids.past.log" } as const;
const hashOf = (messageId: string) => createHash("sha256").update(messageId).digest("hex").slice(0, 32);

/**
 * The message ids that came last, on disk: a producer that got no answer sends its message again, and a restart in between must
 * not make two events of it. Bounded: two generations, of which the older one is forgotten as a whole.
 */
export class MessageIds {
  private present = new Map<string, KnownMessage>();
  private past = new Map<string, KnownMessage>();
  private file: FileHandle | undefined;
  private queue: { line: string; resolve: () => void; reject: (error: Error) => void }[] = [];
  private writing: Promise<void> | undefined;
  private isTorn = true;

  private constructor(
    private readonly folder: string,
    private readonly capacity: number,
  ) {}

  /** @param capacity how many are remembered at least half of, at most all */
  static async open(folder: string, capacity: number): Promise<MessageIds> {
    const ids = new MessageIds(folder, Math.max(2, capacity));
    ids.past = await ids.read(FILES.past);
    ids.present = await ids.read(FILES.present);
    return ids;
  }

  private async read(name: string): Promise<Map<string, KnownMessage>> {
    // A file that is there and cannot be read must not pass for none: what it remembers would count twice.
    const text = await readFile(join(this.folder, name), "latin1").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    const found = new Map<string, KnownMessage>();
    for (const [, hash, recvAt, eventId] of text.matchAll(LINE))
      found.set(hash as string, { recvAt: Number(recvAt), eventId: eventId as string, isKept: false });
    return found;
  }

  find(messageId: string): KnownMessage | undefined {
    const hash = hashOf(messageId);
    return this.present.get(hash) ?? this.past.get(hash);
  }

  /** Resolves when the disk has it: before the event itself is kept, so that it can never be there under two times. */
  remember(messageId: string, { recvAt, eventId }: Omit<KnownMessage, "isKept">): Promise<void> {
    const hash = hashOf(messageId);
    const known = { recvAt, eventId: eventId.slice(0, 16), isKept: false };
    return new Promise<void>((resolve, reject) => {
      this.queue.push({ line: `${hash} ${recvAt} ${known.eventId}\n`, resolve, reject });
      this.writing ??= this.write().finally(() => {
        this.writing = undefined;
      });
    }).then(() => {
      this.present.set(hash, known);
    });
  }

  private async write(): Promise<void> {
    while (this.queue.length > 0) {
      const group = this.queue.splice(0);
      try {
        if (this.present.size >= this.capacity / 2) await this.forgetPast();
        this.file ??= await this.open();
        // Behind a line that a crash or a full disk tore.
        await this.file.appendFile(`${this.isTorn ? "\n" : ""}${group.map(({ line }) => line).join("")}`);
        this.isTorn = false;
        await this.file.datasync();
        for (const { resolve } of group) resolve();
      } catch (error) {
        this.isTorn = true;
        for (const { reject } of group) reject(error as Error);
      }
    }
  }

  private async open(): Promise<FileHandle> {
    const file = await open(join(this.folder, FILES.present), "a", 0o600);
    await syncFolder(this.folder);
    return file;
  }

  private async forgetPast(): Promise<void> {
    await this.file?.close();
    this.file = undefined;
    await rename(join(this.folder, FILES.present), join(this.folder, FILES.past));
    this.past = this.present;
    this.present = new Map();
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file?.close();
    this.file = undefined;
  }
}
