import { type FileHandle, open } from "node:fs/promises";

export interface Rejection {
  line: number;
  problems: readonly string[];
  text: string;
}

/** Rejected records as JSON lines `{"line", "problems", "text"}`; the file comes to be with the first of them. */
export class RejectedFile {
  private file: Promise<FileHandle> | undefined;

  /** @param keep goes on with a file of an earlier run instead of a new one */
  constructor(
    readonly path: string,
    private readonly keep: boolean,
  ) {}

  async add(rejections: readonly Rejection[]): Promise<void> {
    if (rejections.length === 0) return;
    this.file ??= open(this.path, this.keep ? "a" : "w", 0o600);
    await (await this.file).appendFile(rejections.map((rejection) => `${JSON.stringify(rejection)}\n`).join(""));
  }

  async close(): Promise<void> {
    await (await this.file)?.close();
  }
}
