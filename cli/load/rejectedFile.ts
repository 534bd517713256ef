import { access, constants, type FileHandle, open, realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

export interface Rejection {
  line: number;
  problems: readonly string[];
  text: string;
}

/** Rejected records as JSON lines `{"line", "problems", "text"}`, mode 0600; the file comes to be with the first of them. */
export class RejectedFile {
  private file: FileHandle | undefined;

  /** @param bytes how much of a file that is there is kept: what an earlier part of the load has written, and is known to be right */
  constructor(
    readonly path: string,
    public bytes: number,
  ) {}

  async add(rejections: readonly Rejection[]): Promise<void> {
    if (rejections.length === 0) return;
    try {
      this.file ??= await this.open();
      const lines = Buffer.from(rejections.map((rejection) => `${JSON.stringify(rejection)}\n`).join(""));
      for (let done = 0; done < lines.length; )
        done += (await this.file.write(lines, done, lines.length - done, this.bytes + done)).bytesWritten;
      this.bytes += lines.length;
    } catch (error) {
      throw unwritable(this.path, error as Error);
    }
  }

  private async open(): Promise<FileHandle> {
    const isThere = await stat(this.path).then(
      ({ size }) => size,
      () => undefined,
    );
    const file = await open(this.path, isThere === undefined ? "w" : "r+", 0o600);
    this.bytes = Math.min(this.bytes, isThere ?? 0);
    await file.truncate(this.bytes);
    return file;
  }

  async close(): Promise<void> {
    await this.file?.close();
    this.file = undefined;
  }
}

const unwritable = (path: string, { message }: Error) =>
  new Error(`The file of rejected records ${path} cannot be written: ${message}. Choose another with --rejected FILE`);

/**
 * Whether rejected records can be written, before the first event is sent. Leaves no file behind.
 * @throws Error when it cannot be, or when it is one of the files that are loaded
 */
export async function checkRejectedFile(path: string, sources: readonly string[]): Promise<void> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return;
  if (sources.includes(real))
    throw new Error(
      `The rejected records cannot go to ${path}: it is what is loaded. Choose another with --rejected FILE`,
    );
  const file = await open(path, "r+").catch((error: Error) => {
    throw unwritable(path, error);
  });
  await file.close();
}

/**
 * Whether a file that was asked for can come to be.
 * @throws Error saying why not
 */
export async function checkRejectedFolder(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  await access(folder, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    const found = error.code === "ENOENT" ? `the folder ${folder} does not exist` : error.message;
    throw unwritable(path, new Error(found));
  });
}
