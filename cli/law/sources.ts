import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import type { Finding, LawSettings, Source } from "../../law/index";
import { readText, UnreadableInput } from "./files";
import { isStackConfig } from "./stackConfigName";
import { isFragment, templatePath } from "./templatePath";

/** What files say: SQL to judge, and secrets that stand in stack configuration. */
export interface FileSources {
  sources: Source[];
  findings: Finding[];
  /** Files that could not be read, each with its reason. */
  unread: string[];
}

/** The files that arguments name: files, folders (SQL and stack configuration), glob patterns, `-` for standard input. */
export async function fileSources(paths: readonly string[], settings: LawSettings): Promise<FileSources> {
  const lists = await Promise.all(paths.map(filesOf));
  const read: FileSources = { sources: [], findings: [], unread: [] };
  for (const file of eachOnce(lists.flat())) {
    if (isFragment(file)) continue;
    try {
      const text = await readText(file);
      if (isStackConfig(file)) read.findings.push(...findingsOf(file, text));
      else read.sources.push(sourceOf(file, text, settings));
    } catch (error) {
      if (!(error instanceof UnreadableInput)) throw error;
      read.unread.push(error.message);
    }
  }
  const [first] = read.unread;
  if (first !== undefined && read.sources.length + read.findings.length === 0) throw new UnreadableInput(first);
  return read;
}

/** A file that is named twice, in whatever way, is one file: its tables are not declared twice. */
const eachOnce = (files: readonly string[]): Iterable<string> => {
  const byPath = new Map<string, string>();
  for (const file of files) {
    const path = file === "-" ? file : resolve(file);
    if (!byPath.has(path)) byPath.set(path, file);
  }
  return byPath.values();
};

function findingsOf(file: string, text: string): Finding[] {
  const { configFindings }: typeof import("./stackConfig") = require("./stackConfig");
  return configFindings(file, text);
}

function sourceOf(file: string, text: string, settings: LawSettings): Source {
  if (file === "-") return { file: "<stdin>", text };
  const template = text.includes("{{") ? templatePath(file) : undefined;
  if (template === undefined) return { file, text };
  const { renderedSource }: typeof import("./templates") = require("./templates");
  return renderedSource(template, file, text, settings);
}

/** Whatever lies in a folder counts, also where it is not looked for: in other letters, in hidden folders. */
const BELOW = ["**/*.sql", "**/Pulumi.yaml", "**/Pulumi.*.yaml"];
const NOT_OURS = ["**/node_modules/**", "**/.git/**"];

async function filesOf(path: string): Promise<string[]> {
  if (path === "-") return [path];
  if (path === "") throw new UnreadableInput("A name of a file is empty.");
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isDirectory()) return [path];
  if (found) {
    const files = await glob(BELOW, {
      cwd: path,
      absolute: false,
      dot: true,
      caseSensitiveMatch: false,
      ignore: NOT_OURS,
    });
    if (files.length === 0) throw new UnreadableInput(`No file below ${path} ends in .sql.`);
    return files.sort().map((file) => join(path, file));
  }
  if (!isDynamicPattern(path)) throw new UnreadableInput(`No file or folder ${path}.`);
  const files = await glob(path);
  if (files.length === 0) throw new UnreadableInput(`No file matches ${path}.`);
  return files.sort();
}
