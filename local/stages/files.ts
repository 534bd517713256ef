import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { readdir, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { RE2JS } from "re2js";
import { SnowflakeError } from "../errors";
import { log } from "../log";
import type { StageLocation } from "./location";

export interface StagedFile {
  /** Within the stage: `path/data_0_0_0.csv.gz`. */
  name: string;
  /** On the disk. */
  path: string;
  size: number;
  /** Milliseconds. */
  lastModified: number;
}

/**
 * Files that begin with the location's prefix and, with a pattern, whose name in the stage matches it as a whole; sorted by
 * name.
 * @param matched bulk loads and GET apply the pattern to where files lie in the storage, so that one without `.*` in front of a name
 * finds nothing. Source: https://docs.snowflake.com/en/sql-reference/sql/copy-into-table, PATTERN
 */
export async function listFiles(
  location: StageLocation,
  pattern?: string,
  matched: "name" | "storage path" = "name",
): Promise<StagedFile[]> {
  await removals.get(location.directory);
  const matches = pattern === undefined ? () => true : nameMatcher(pattern);
  const found: StagedFile[] = [];
  for (const path of await filesBelow(location.directory)) {
    const name = relative(location.directory, path).split(sep).join("/");
    const place = matched === "name" ? name : `stages/${basename(location.directory)}/${name}`;
    if (!name.startsWith(location.prefix) || !matches(place)) continue;
    const facts = await stat(path).catch(() => undefined);
    if (facts) found.push({ name, path, size: facts.size, lastModified: facts.mtimeMs });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function nameMatcher(pattern: string): (name: string) => boolean {
  try {
    const compiled = RE2JS.compile(pattern);
    return (name) => compiled.matches(name);
  } catch (error) {
    throw new SnowflakeError(
      "100048",
      "2201B",
      `Invalid regular expression: '${pattern}', ${(error as Error).message.replace(/^error parsing regexp: /, "")}`,
    );
  }
}

const digests = new Map<string, { facts: string; digest: string }>();
const MOST_DIGESTS = 10_000;

/** MD5 of a file's bytes; computed once as long as the file does not change. */
export async function md5Of(file: StagedFile): Promise<string> {
  const facts = factsOf(await stat(file.path));
  const known = digests.get(file.path);
  if (known?.facts === facts) return known.digest;
  const hash = createHash("md5");
  for await (const chunk of createReadStream(file.path)) hash.update(chunk as Buffer);
  const digest = hash.digest("hex");
  if (digests.size >= MOST_DIGESTS) digests.clear();
  digests.set(file.path, { facts, digest });
  return digest;
}

const factsOf = (facts: Stats): string => `${facts.size}:${facts.mtimeMs}:${facts.ino}`;

/** Work that goes on after the answer of its statement, by folder: the next statement sees it done. */
const removals = new Map<string, Promise<void>>();

/** Removes files later on, as `work` does it; who lists the stage meanwhile waits for it. */
export function removeLater(location: StageLocation, work: () => Promise<void>): void {
  const { directory } = location;
  const done = (removals.get(directory) ?? Promise.resolve())
    .then(work)
    .catch((error) => log.error({ err: error, directory }, "removing staged files"))
    .finally(() => {
      if (removals.get(directory) === done) removals.delete(directory);
    });
  removals.set(directory, done);
}

/** Deletes files and the folders that are empty then. */
export async function removeFiles(location: StageLocation, files: readonly StagedFile[]): Promise<void> {
  for (const file of files) {
    await rm(file.path, { force: true });
    for (let at = dirname(file.path); at.length > location.directory.length; at = dirname(at)) {
      if (
        !(await rmdir(at).then(
          () => true,
          () => false,
        ))
      )
        break;
    }
  }
}
