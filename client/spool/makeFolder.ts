import { chmod, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "./syncFolder";

/**
 * Makes the folder of a spool, for nobody else to read.
 * @throws Error saying why events cannot be kept there
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700).catch((error: NodeJS.ErrnoException) => {
      // A mounted volume is somebody else's folder; what lies in it is for this user alone all the same.
      if (error.code !== "EPERM") throw error;
    });
    // What will lie in it is no safer than its own name.
    for (let made = folder; first !== undefined && made.length >= first.length; made = dirname(made))
      await syncFolder(dirname(made));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const found = code === "EEXIST" || code === "ENOTDIR" ? "it is, or lies below, a file" : message;
    throw new Error(`The spool ${folder} cannot be used: ${found}. Name a folder that this process may write`, {
      cause,
    });
  }
}
