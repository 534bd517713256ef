import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let original: Promise<string> | undefined;

const newFolder = () => mkdtempSync(join(tmpdir(), "two-table-data-"));

/**
 * A data folder with the warehouse deployed in it, the caller's own. Deployed once per run, by the same statements, and copied:
 * every file of tests begins with the same fresh state and a tenth of the work.
 */
export async function deployedFolder(deployInto: (data: string) => Promise<void>): Promise<string> {
  original ??= (async () => {
    const data = newFolder();
    process.once("exit", () => removeFolder(data));
    await deployInto(data);
    return data;
  })();
  const copy = newFolder();
  cpSync(await original, copy, { recursive: true });
  return copy;
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
