import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { PROJECT_ROOT } from "./projectFolder";

/**
 * What stands in `.env` of this checkout; nothing when there is none.
 * @throws Error saying why it cannot be read
 */
export function readDotEnv(folder = PROJECT_ROOT): Record<string, string> {
  const path = join(folder, ".env");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return {};
    throw new Error(
      code === "EISDIR"
        ? `${path} is a folder; expected a file of lines NAME=VALUE. Remove it, or write one with: npm run setup`
        : `${path} cannot be read: ${(error as Error).message}`,
    );
  }
  // Editors on Windows begin a file with a byte order mark, which would become part of the first name.
  return parseEnv(text.replace(/^\uFEFF/, "")) as Record<string, string>;
}

/** Lays `.env` under the environment: what is set there already stays. */
export function loadDotEnv(environment: NodeJS.ProcessEnv = process.env, folder = PROJECT_ROOT): void {
  for (const [name, value] of Object.entries(readDotEnv(folder))) environment[name] ??= value;
}
