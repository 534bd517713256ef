import { appendFileSync, mkdtempSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CacheLayout, cacheLayout } from "../../toolchain/cacheLayout";
import { installPieces, type Plan } from "../../toolchain/installPieces";
import type { Piece, Source } from "../../toolchain/piece";
import { formatProgress, type Progress } from "../../toolchain/progress";

export function temporaryLayout(): CacheLayout {
  return cacheLayout(mkdtempSync(join(tmpdir(), "two-table-cache-")));
}

export function planOf(...pieces: Piece[]): Plan {
  return (done) => pieces[done.length];
}

/** A piece of one small file. Each installation leaves a line in `log`. */
export function smallPiece(name: string, log: string, before: () => Promise<void> = async () => {}): Piece {
  const install: Source["install"] = async ({ temporary }) => {
    appendFileSync(log, `${name} begins in ${process.pid}\n`);
    const from = join(temporary, name);
    await mkdir(temporary, { recursive: true });
    await writeFile(from, "half of ");
    await before();
    await writeFile(from, `all of ${name}`);
    appendFileSync(log, `${name} ends\n`);
    return { moves: [{ from, to: join("bin", name) }] };
  };
  return { name, title: `Piece ${name}`, version: "1", sources: [{ name: "build", install }] };
}

interface InstallSettings {
  offlineOnly?: boolean;
  onProgress?: (line: string) => void;
}

/** Installs and gives back the manifests and the progress told, without its seconds. */
export async function install(layout: CacheLayout, plan: Plan, settings: InstallSettings = {}) {
  const progress: string[] = [];
  const onProgress = (event: Progress) => {
    const line = formatProgress({ ...event, seconds: 0 });
    progress.push(line);
    settings.onProgress?.(line);
  };
  const options = { onProgress, offlineOnly: settings.offlineOnly ?? false, env: process.env };
  const manifests = await installPieces(layout, plan, options);
  return { manifests, progress };
}
