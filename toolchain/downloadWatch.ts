import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type InstallContext, Unavailable } from "./piece";
import { runProcess } from "./runProcess";

/** A download that brings no byte for this long is given up. */
const STALL_MS = 15_000;

/**
 * Runs an official downloader whose files and temporary files all land in the temporary folder. A growing folder is a
 * living download, however slow; a folder that stands still ends it.
 */
export async function runDownload(command: string, args: string[], env: NodeJS.ProcessEnv, context: InstallContext) {
  const { temporary, progress } = context;
  const abort = new AbortController();
  let size = -1;
  let grewAt = Date.now();
  const watch = setInterval(async () => {
    const now = await folderSize(temporary);
    if (now !== size) [size, grewAt] = [now, Date.now()];
    else if (Date.now() - grewAt > STALL_MS) abort.abort();
    if (size > 0) progress.update(`downloading, ${(size / 1e6).toFixed(0)} MB`);
  }, 1000);
  try {
    const result = await runProcess(command, args, {
      cwd: temporary,
      env: { ...env, TMPDIR: temporary },
      signal: abort.signal,
    });
    if (abort.signal.aborted) throw new Unavailable(`no answer from the download server for ${STALL_MS / 1000} s`);
    if (result.code !== 0) {
      const lines = `${result.stdout}${result.stderr}`.trim().split("\n");
      throw new Unavailable(`the download failed: ${lines.slice(-3).join(" ").trim() || `exit code ${result.code}`}`);
    }
  } finally {
    clearInterval(watch);
  }
}

async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let size = 0;
  for (const entry of entries) {
    if (entry.isFile()) size += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
  }
  return size;
}
