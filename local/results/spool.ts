import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Row, SpooledRows } from "../execution/result";

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** Text size from which a result leaves memory and comes in pieces: programs that divide the work by them expect some of 50 000 numbers. */
const INLINE_LIMIT = 256 * 1024;
/** Text size of the first piece on disk; each is twice the one before up to the largest, so that long results have few. */
const FIRST_PIECE_SIZE = 256 * 1024;
const LARGEST_PIECE_SIZE = 4 * 1024 * 1024;
/** Of the part of a piece that is made at once. */
const PART_SIZE = 256 * 1024;
const COMMA = Buffer.from(",");

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

  /** `text`: JSON of `rowCount` rows without the brackets around them. */
  async add(text: Buffer, rowCount: number): Promise<void> {
    const packed = await compress(text, { level: 1 });
    await writeFile(this.file(this.pieces.length), packed);
    this.pieces.push({ rowCount, uncompressedSize: text.length, compressedSize: packed.length });
    this.total += rowCount;
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

/**
 * Collects rows: in memory while they are few, on disk when they grow. What goes to disk waits as bytes outside of the heap,
 * for rows kept as arrays until a piece is full survive collections and the heap grows with them.
 */
export class RowCollector {
  private rows: Row[] = [];
  /** Text size of `rows`. */
  private size = 0;
  private parts: Buffer[] = [];
  private partsSize = 0;
  private partsRows = 0;
  private spool: Spool | undefined;
  private pieceSize = FIRST_PIECE_SIZE;

  /** `directory` is created only when needed. */
  constructor(private readonly directory: string) {}

  async add(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      this.rows.push(row);
      for (const cell of row) this.size += (cell?.length ?? 2) + 3;
      if (this.size < (this.spool ? PART_SIZE : INLINE_LIMIT)) continue;
      this.write();
      if (this.partsSize >= this.pieceSize) await this.flush();
    }
  }

  async finish(): Promise<Row[] | Spool> {
    if (!this.spool) return this.rows;
    if (this.rows.length > 0) this.write();
    if (this.partsRows > 0) await this.flush();
    return this.spool;
  }

  private write(): void {
    this.spool ??= new Spool(this.directory);
    if (this.parts.length > 0) this.parts.push(COMMA);
    const part = Buffer.from(JSON.stringify(this.rows).slice(1, -1));
    this.parts.push(part);
    this.partsSize += part.length;
    this.partsRows += this.rows.length;
    this.rows = [];
    this.size = 0;
  }

  private async flush(): Promise<void> {
    const { spool } = this;
    if (!spool) return;
    if (spool.pieces.length === 0) await mkdir(this.directory, { recursive: true });
    await spool.add(Buffer.concat(this.parts), this.partsRows);
    this.parts = [];
    this.partsSize = 0;
    this.partsRows = 0;
    this.pieceSize = Math.min(this.pieceSize * 2, LARGEST_PIECE_SIZE);
  }
}
