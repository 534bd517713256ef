import { chmod, mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes JSON that only this user may read (0600), as a whole or not at all. */
export function writeSecretFile(path: string, value: unknown): Promise<void> {
  return writeSecretText(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** The same for any text. */
export async function writeSecretText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
}

/** @returns undefined when there is no such file */
export async function readSecretFile<T>(path: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`${path} is damaged: expected JSON; remove it if it is of no use`);
  }
}
