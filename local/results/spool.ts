import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Row, SpooledRows } from "../execution/result";

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** Text size from which a result leaves memory. */
const INLINE_LIMIT = 4 * 1024 * 1024;
/** Text size of one piece on disk. */
const PIECE_SIZE = 8 * 1024 * 1024;

export interface Piece {
  rowCount: number;
  uncompressedSize: number;
  compressedSize: number;
}

/** A result on disk: gzip pieces, each the rows of a JSON array without its brackets, as drivers download them. */
export class Spool implements SpooledRows {
  readonly pieces: Piece[] = [];
  total = 0;
  /** Part of the address of its pieces: drivers fetch them without a session. */
  readonly key = randomBytes(18).toString("base64url");

  constructor(readonly directory: string) {}

  file(index: number): string {
    return join(this.directory, `${index}.json.gz`);
  }

  async add(rows: readonly Row[]): Promise<void> {
    const text = JSON.stringify(rows).slice(1, -1);
    const packed = await compress(text, { level: 1 });
    await writeFile(this.file(this.pieces.length), packed);
    this.pieces.push({
      rowCount: rows.length,
      uncompressedSize: Buffer.byteLength(text),
      compressedSize: packed.length,
    });
    this.total += rows.length;
  }

  async read(index: number): Promise<Row[]> {
    const text = (await expand(await readFile(this.file(index)))).toString();
    return JSON.parse(`[${text}]`) as Row[];
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row[]> {
    for (let i = 0; i < this.pieces.length; i++) yield await this.read(i);
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }
}

/** Collects rows: in memory while they are few, on disk when they grow. */
export class RowCollector {
  private rows: Row[] = [];
  private size = 0;
  private spool: Spool | undefined;

  /** `directory` is created only when needed. */
  constructor(private readonly directory: string) {}

  async add(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      this.rows.push(row);
      for (const cell of row) this.size += (cell?.length ?? 2) + 3;
      if (this.size >= (this.spool ? PIECE_SIZE : INLINE_LIMIT)) await this.flush();
    }
  }

  async finish(): Promise<Row[] | Spool> {
    if (!this.spool) return this.rows;
    if (this.rows.length > 0) await this.flush();
    return this.spool;
  }

  private async flush(): Promise<void> {
    if (!this.spool) {
      await mkdir(this.directory, { recursive: true });
      this.spool = new Spool(this.directory);
    }
    await this.spool.add(this.rows);
    this.rows = [];
    this.size = 0;
  }
}
