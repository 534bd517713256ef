import { readFile } from "node:fs/promises";

/** What a person gave that cannot be read. */
export class UnreadableInput extends Error {}

export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new UnreadableInput(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

export function parseJson(file: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new UnreadableInput(`${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
