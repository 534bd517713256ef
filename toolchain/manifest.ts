import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { CacheLayout } from "./cacheLayout";

export interface ManifestFile {
  /** Relative to the cache root; absolute for a program that was installed by other means. */
  path: string;
  size: number;
  mtimeMs: number;
  sha256: string;
}

/** Written last, so that its presence says that the piece is whole. */
export interface Manifest {
  piece: string;
  version: string;
  /** How the piece came here: `installed`, `download`, `build` or `bundled`. */
  source: string;
  /** The digest of that source when it had one. */
  digest?: string;
  files: ManifestFile[];
}

export async function readManifest(layout: CacheLayout, piece: string): Promise<Manifest | undefined> {
  try {
    const manifest = JSON.parse(await readFile(manifestPath(layout, piece), "utf8")) as Manifest;
    return Array.isArray(manifest.files) && manifest.files.length > 0 ? manifest : undefined;
  } catch {
    return undefined;
  }
}

export async function writeManifest(layout: CacheLayout, manifest: Manifest): Promise<void> {
  const path = manifestPath(layout, manifest.piece);
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify(manifest, undefined, 2)}\n`);
  await rename(temporary, path);
}

/** Measures files for a manifest; `paths` as in {@link ManifestFile.path}. */
export async function describeFiles(layout: CacheLayout, paths: string[]): Promise<ManifestFile[]> {
  return Promise.all(
    paths.map(async (path) => {
      const absolute = resolve(layout.root, path);
      const { size, mtimeMs } = await stat(absolute);
      return { path, size, mtimeMs, sha256: await sha256(absolute) };
    }),
  );
}

export interface FileCheck {
  /** What is wrong, or undefined. */
  damage?: string;
  /** The manifest with the present times, when files were touched but are the same. */
  refreshed?: Manifest;
}

/**
 * Compares files with their manifest. A file whose size and time are as recorded is taken as sound unless `full`;
 * otherwise its SHA-256 decides.
 */
export async function checkFiles(layout: CacheLayout, manifest: Manifest, full = false): Promise<FileCheck> {
  const files: ManifestFile[] = [];
  for (const file of manifest.files) {
    const absolute = resolve(layout.root, file.path);
    const found = await stat(absolute).catch(() => undefined);
    if (!found) return { damage: `${absolute} is missing` };
    if (found.size !== file.size) return { damage: `${absolute} has ${found.size} bytes, expected ${file.size}` };
    const touched = found.mtimeMs !== file.mtimeMs;
    if (full || touched) {
      const hash = await sha256(absolute);
      if (hash !== file.sha256) return { damage: `${absolute} has SHA-256 ${hash}, expected ${file.sha256}` };
    }
    files.push({ ...file, mtimeMs: found.mtimeMs });
  }
  const touched = files.some((file, i) => file.mtimeMs !== manifest.files[i]!.mtimeMs);
  return touched ? { refreshed: { ...manifest, files } } : {};
}

/** Forgets a piece: the next look finds it missing. */
export async function removeManifest(layout: CacheLayout, piece: string): Promise<void> {
  await rm(manifestPath(layout, piece), { force: true });
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

function manifestPath(layout: CacheLayout, piece: string): string {
  return join(layout.manifests, `${piece}.json`);
}
