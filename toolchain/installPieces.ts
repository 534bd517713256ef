import { mkdir, rm } from "node:fs/promises";
import type { CacheLayout } from "./cacheLayout";
import { type LockOwner, withFileLock } from "./fileLock";
import { type InstallOptions, installPiece } from "./installPiece";
import { checkFiles, type Manifest, readManifest, removeManifest, writeManifest } from "./manifest";
import type { Piece } from "./piece";
import { ProgressReporter } from "./progress";

/** Names the next piece when those before it are in place; undefined when nothing is left. */
export type Plan = (done: Manifest[]) => Piece | undefined;

/** The manifests of all pieces if every one is in place and, by size and time, sound. */
export async function lookUpPieces(layout: CacheLayout, plan: Plan): Promise<Manifest[] | undefined> {
  const done: Manifest[] = [];
  for (let piece = plan(done); piece; piece = plan(done)) {
    const { manifest } = await inspect(layout, piece);
    if (!manifest) return undefined;
    done.push(manifest);
  }
  return done;
}

/** Puts in place what is missing or damaged, while no other process does. */
export async function installPieces(layout: CacheLayout, plan: Plan, options: InstallOptions): Promise<Manifest[]> {
  await mkdir(layout.root, { recursive: true }).catch((error: Error) => {
    throw new Error(
      `The toolchain's cache folder ${layout.root} cannot be made (${error.message}). Set XDG_CACHE_HOME to a folder that can be written.`,
    );
  });
  const waiting = new ProgressReporter("Toolchain", options.onProgress);
  const onWait = (owner: LockOwner | undefined) =>
    waiting.once(`waiting for ${owner ? `process ${owner.pid}` : "another process"}, which is putting it in place`);
  const work = async () => {
    waiting.stop();
    // Left by processes that were interrupted: the lock is ours, so nobody is using them.
    await rm(layout.temporary, { recursive: true, force: true });
    const done: Manifest[] = [];
    for (let piece = plan(done); piece; piece = plan(done)) {
      const { manifest, damage } = await inspect(layout, piece);
      if (damage)
        options.onProgress({ piece: piece.title, message: `${damage}; putting it in place anew`, seconds: 0 });
      done.push(manifest ?? (await installPiece(layout, piece, options)));
    }
    return done;
  };
  try {
    return await withFileLock(layout.lock, work, { onWait });
  } finally {
    waiting.stop();
  }
}

/** One sentence for each piece that is not in place or whose checksums differ; such a piece is forgotten, so that the next install gets it anew. */
export async function verifyPieces(layout: CacheLayout, plan: Plan): Promise<string[]> {
  const problems: string[] = [];
  const done: Manifest[] = [];
  for (let piece = plan(done); piece; piece = plan(done)) {
    const { manifest, damage, recorded } = await inspect(layout, piece, true);
    if (!manifest) problems.push(`${piece.title}: ${damage ?? "not installed"}`);
    if (damage) await removeManifest(layout, piece.name);
    // A damaged piece still says which others belong to it.
    done.push(recorded ?? { piece: piece.name, version: piece.version, source: "", files: [] });
  }
  return problems;
}

interface Inspection {
  /** Set when the piece is sound. */
  manifest?: Manifest;
  damage?: string;
  /** What the cache says about the piece, sound or not. */
  recorded?: Manifest;
}

async function inspect(layout: CacheLayout, piece: Piece, full = false): Promise<Inspection> {
  const recorded = await readManifest(layout, piece.name);
  if (!recorded || recorded.version !== piece.version) return {};
  const source = piece.sources.find(({ name }) => name === recorded.source);
  if (source?.digest !== recorded.digest) return {};
  const { damage, refreshed } = await checkFiles(layout, recorded, full);
  if (refreshed) await writeManifest(layout, refreshed).catch(() => undefined);
  return damage ? { damage, recorded } : { manifest: recorded, recorded };
}
