import { type FileHandle, open, readdir, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { decodeLines } from "./record";
import { syncFolder } from "./syncFolder";

const NAME = /^(\d{12})\.seg$/;
const READ_BYTES = 1 << 20;

export function segmentPath(folder: string, segment: number): string {
  return join(folder, `${String(segment).padStart(12, "0")}.seg`);
}

/** Numbers of the segments in a folder, oldest first. */
export async function listSegments(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

export async function createSegment(folder: string, segment: number): Promise<FileHandle> {
  const file = await open(segmentPath(folder, segment), "ax", 0o600);
  await syncFolder(folder);
  return file;
}

export async function removeSegment(folder: string, segment: number): Promise<void> {
  await rm(segmentPath(folder, segment), { force: true });
}

export interface ScanResult {
  /** Offset behind the last whole line. */
  end: number;
  /** Sound records from `from` on. */
  count: number;
  /** Whole lines whose checksum does not hold. */
  damaged: number;
}

/** Reads a segment from an offset to its end and counts what is in it; cuts off a last line that a crash tore. */
export async function recoverSegment(folder: string, segment: number, from: number): Promise<ScanResult> {
  const path = segmentPath(folder, segment);
  const file = await open(path, "r");
  const result: ScanResult = { end: from, count: 0, damaged: 0 };
  let size: number;
  try {
    size = (await file.stat()).size;
    while (result.end < size) {
      const lines = await readLines(file, result.end, size);
      if (lines.length === 0) break;
      for (const { json } of lines) json === undefined ? result.damaged++ : result.count++;
      result.end = (lines.at(-1) as { end: number }).end;
    }
  } finally {
    await file.close();
  }
  if (result.end < size) await truncate(path, result.end);
  return result;
}

/** The whole lines that begin at an offset: about a megabyte of them, and at least one unless the end comes first. */
export async function readLines(file: FileHandle, from: number, end: number) {
  for (let length = READ_BYTES; ; length *= 2) {
    const wanted = Math.min(length, end - from);
    const bytes = Buffer.allocUnsafe(wanted);
    const { bytesRead } = await file.read(bytes, 0, wanted, from);
    const lines = [...decodeLines(bytes.subarray(0, bytesRead), from)];
    if (lines.length > 0 || bytesRead < length) return lines;
  }
}
