import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { SnowflakeError } from "../errors";
import { compressed, EXTENSIONS, type unloadCompression } from "./compression";
import { requireWritable, type StageLocation } from "./location";

export interface UnloadOptions {
  compression: ReturnType<typeof unloadCompression>;
  /** Behind the name, with its dot; `.csv.gz`. */
  extension: string;
  /** In front of every file: names of the columns. */
  header: string;
  maxFileSize: number;
  single: boolean;
  overwrite: boolean;
  /** Becomes a part of the names. */
  queryId?: string;
}

export interface UnloadedFile {
  name: string;
  size: number;
  rows: number;
}

interface Part {
  /** Folder of the partition, ending in `/`, or empty. */
  folder: string;
  pieces: string[];
  size: number;
  rows: number;
}

/** Text over all open files at which they are written out. */
const MEMORY = 64 * 1024 * 1024;

/** Writes lines into files of a stage; they appear there together, at the end. */
export class UnloadWriter {
  readonly files: UnloadedFile[] = [];
  inputBytes = 0;
  rows = 0;
  private readonly parts = new Map<string, Part>();
  private readonly numbers = new Map<string, number>();
  private readonly finished: { from: string; to: string }[] = [];
  private buffered = 0;

  constructor(
    private readonly location: StageLocation,
    private readonly options: UnloadOptions,
    private readonly workDirectory: string,
  ) {}

  /** `partition`: value of PARTITION BY; undefined without it. A promise only when something is written to disk first. */
  add(line: string, partition: string | null | undefined): Promise<void> | undefined {
    const folder = partitionFolder(partition);
    let part = this.parts.get(folder);
    if (!part) {
      part = { folder, pieces: [], size: 0, rows: 0 };
      this.parts.set(folder, part);
    }
    const size = Buffer.byteLength(line);
    const isFull = part.rows > 0 && part.size + size > this.options.maxFileSize;
    if (isFull && this.options.single) throw tooLargeForOne(this.options.maxFileSize);
    if (isFull || (this.buffered + size > MEMORY && !this.options.single))
      return this.makeRoom(part, line, size, isFull);
    this.append(part, line, size);
    return undefined;
  }

  private async makeRoom(part: Part, line: string, size: number, isFull: boolean): Promise<void> {
    if (isFull) await this.write(part);
    else for (const open of this.parts.values()) await this.write(open);
    this.append(part, line, size);
  }

  private append(part: Part, line: string, size: number): void {
    part.pieces.push(line);
    part.size += size;
    part.rows++;
    this.rows++;
    this.inputBytes += size;
    this.buffered += size;
  }

  /** Puts all files into the stage. */
  async finish(): Promise<void> {
    for (const part of this.parts.values()) await this.write(part);
    for (const { from, to } of this.finished) {
      await mkdir(dirname(to), { recursive: true });
      await rename(from, to);
    }
  }

  /** Removes what was not put into the stage. */
  async discard(): Promise<void> {
    for (const { from } of this.finished) await rm(from, { force: true });
  }

  private async write(part: Part): Promise<void> {
    if (part.rows === 0) return;
    const number = this.numbers.get(part.folder) ?? 0;
    this.numbers.set(part.folder, number + 1);
    const name = unloadName(this.location, this.options, part.folder, number);
    const to = await newFile(this.location, name, this.options.overwrite);
    await mkdir(this.workDirectory, { recursive: true });
    const from = join(this.workDirectory, randomUUID());
    this.finished.push({ from, to });
    const text = this.options.header ? [this.options.header, ...part.pieces] : part.pieces;
    await pipeline(compressed(text, this.options.compression), createWriteStream(from));
    this.files.push({ name, size: (await stat(from)).size, rows: part.rows });
    this.buffered -= part.size;
    Object.assign(part, { pieces: [], size: 0, rows: 0 });
  }
}

/** `data_0_0_0.csv.gz`, `<prefix>_0_0_0.csv.gz`, `<partition>/data_<query id>_0_0_0.json.gz`; SINGLE takes the path as it is. */
export function unloadName(
  { prefix }: StageLocation,
  { single, extension, queryId }: Pick<UnloadOptions, "single" | "extension" | "queryId">,
  folder: string,
  number: number,
): string {
  const isFolder = prefix === "" || prefix.endsWith("/") || folder !== "";
  const path = folder !== "" && prefix !== "" && !prefix.endsWith("/") ? `${prefix}/` : prefix;
  if (single) return isFolder ? `${path}data` : path;
  const base = `${path}${folder}${isFolder ? "data" : ""}`.replace(/_$/, "");
  return `${base}_${queryId === undefined ? "" : `${queryId}_`}0_0_${number}${extension}`;
}

/** Folder of a partition, ending in a slash; empty without PARTITION BY. */
export const partitionFolder = (partition: string | null | undefined): string =>
  partition === undefined ? "" : `${(partition ?? "__NULL__").replace(/\/+$/, "")}/`;

/** Where a new file is to lie. Errors: 001030 it exists and is not to be overwritten, 000002 a name that would leave the stage. */
export async function newFile(location: StageLocation, name: string, overwrite: boolean): Promise<string> {
  requireWritable(name);
  const to = join(location.directory, name);
  const exists = () =>
    access(to).then(
      () => true,
      () => false,
    );
  if (!overwrite && (await exists())) throw existsAlready(location);
  return to;
}

const tooLargeForOne = (limit: number) =>
  new SnowflakeError(
    "100080",
    "22000",
    `Max file size (${limit}) exceeded for unload single file mode. Please increase MAX_FILE_SIZE, or disable single file mode`,
  );

const existsAlready = ({ title, prefix }: StageLocation) =>
  new SnowflakeError(
    "001030",
    "22000",
    `Files already existing at the unload destination: ${title.toLowerCase()}${prefix === "" ? "" : `/${prefix}`}. Use overwrite option to force unloading.`,
  );

/** The end of file names, by type and compression unless FILE_EXTENSION says it. */
export const extensionOf = (
  type: string,
  written: string | undefined,
  compression: UnloadOptions["compression"],
): string =>
  written === undefined ? `.${type.toLowerCase()}${EXTENSIONS[compression]}` : `.${written.replace(/^\./, "")}`;
