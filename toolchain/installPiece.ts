import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { CacheLayout } from "./cacheLayout";
import { describeFiles, type Manifest, writeManifest } from "./manifest";
import type { Installed, Piece } from "./piece";
import { type OnProgress, ProgressReporter, READY } from "./progress";

export interface InstallOptions {
  onProgress: OnProgress;
  offlineOnly: boolean;
  env: NodeJS.ProcessEnv;
}

/** No way led to a piece; the message lists every way with its reason. */
export class ToolchainError extends Error {
  override name = "ToolchainError";

  constructor(
    readonly piece: string,
    readonly reasons: { source: string; reason: string }[],
  ) {
    const list = reasons.map(({ source, reason }) => `  - ${source}: ${reason.replace(/\n/g, "\n    ")}`).join("\n");
    super(
      `${piece} could not be put in place. What was tried:\n${list}\n` +
        "Any one of these helps: install it, open the network for a download, or install Go 1.25 or newer; then run `npm run toolchain`. Finished pieces are kept.",
    );
  }
}

/**
 * Gets one piece by the first of its sources that works. Files are made in a temporary folder and renamed into place;
 * the manifest comes last. So an interruption leaves either the old state or the new one. To be called under the lock.
 */
export async function installPiece(layout: CacheLayout, piece: Piece, options: InstallOptions): Promise<Manifest> {
  await mkdir(layout.temporary, { recursive: true });
  const progress = new ProgressReporter(piece.title, options.onProgress);
  const reasons: { source: string; reason: string }[] = [];
  try {
    for (const source of piece.sources) {
      if (source.online && options.offlineOnly) {
        reasons.push({ source: source.name, reason: "not tried, offline only" });
        continue;
      }
      const temporary = await mkdtemp(join(layout.temporary, `${piece.name}-`));
      try {
        const context = { layout, temporary, progress, offlineOnly: options.offlineOnly, env: options.env };
        const paths = await moveIntoPlace(layout, await source.install(context));
        progress.stage("computing checksums");
        const files = await describeFiles(layout, paths);
        const { name, digest } = source;
        const made = { piece: piece.name, version: piece.version, source: name, ...(digest ? { digest } : {}) };
        const manifest: Manifest = { ...made, files };
        await writeManifest(layout, manifest);
        progress.stage(`${READY}, by ${source.name}`);
        return manifest;
      } catch (error) {
        reasons.push({ source: source.name, reason: (error as Error).message });
        progress.stage(`not by ${source.name}: ${(error as Error).message.split("\n")[0]}`);
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    }
  } finally {
    progress.stop();
  }
  throw new ToolchainError(piece.title, reasons);
}

async function moveIntoPlace(layout: CacheLayout, { moves = [], inPlace = [] }: Installed): Promise<string[]> {
  for (const { from, to } of moves) {
    const target = resolve(layout.root, to);
    await mkdir(dirname(target), { recursive: true });
    await rename(from, target);
  }
  return [...moves.map(({ to }) => to), ...inPlace];
}
