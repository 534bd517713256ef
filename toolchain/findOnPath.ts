import { access, constants, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { executable } from "./cacheLayout";

/** All programs of this name on PATH, the preferred one first. */
export async function findOnPath(name: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return filterExecutable(folders.map((folder) => join(folder, executable(name))));
}

/** Those of the paths that are programs this user may run. */
export async function filterExecutable(paths: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    try {
      await access(path, constants.X_OK);
      if ((await stat(path)).isFile()) found.push(path);
    } catch {
      // Not there, or not for us.
    }
  }
  return found;
}
