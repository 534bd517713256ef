import { readFile } from "node:fs/promises";
import type { ParityArea, ParityFeature, ParityState } from "../../api/parity";
import { ConsoleError } from "../warehouse/consoleError";

const STATES: Record<string, ParityState> = { "✔ works": "works", "◐ partly": "partly", "✘ refused": "refused" };

/**
 * What the embedded server does and refuses, from the page `npm run parity` wrote.
 * @throws ConsoleError not-found where the warehouse is not the embedded one, or nobody has written the page
 */
export async function readParity(page: string | undefined): Promise<ParityArea[]> {
  if (page === undefined)
    throw new ConsoleError("not-found", "This warehouse is Snowflake itself; there is nothing to compare.");
  try {
    return parityOf(await readFile(page, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new ConsoleError("not-found", "docs/parity.md is not there. Write it with: npm run parity");
  }
}

/** Reads the page: an area per heading of the second level, a feature per row of its table. */
export function parityOf(page: string): ParityArea[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = "", ...lines] = section.split("\n");
      return { title: title.trim(), features: lines.flatMap(featureOf) };
    });
}

/** Cells are parted by bars; one within a text is written `\|`. */
function featureOf(line: string): ParityFeature[] {
  if (!line.startsWith("|")) return [];
  const [, name = "", word = "", said = "", test = ""] = line
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
  const state = STATES[word];
  if (state === undefined) return [];
  const [, path = ""] = /\]\(\.\.\/([^)]+)\)/.exec(test) ?? [];
  return [{ name, state, said, test: path }];
}
