import { stat } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { glob, isDynamicPattern } from "tinyglobby";
import type { LawSettings, Source } from "../../law/index";
import { readText, UnreadableInput } from "./files";
import { isFragment, renderedSource, templatePath } from "./templates";

/** The SQL files that arguments name: files, folders, glob patterns, `-` for standard input. */
export async function sqlSources(paths: readonly string[], settings: LawSettings): Promise<Source[]> {
  const lists = await Promise.all(paths.map(filesOf));
  const files = [...new Set(lists.flat())].filter((file) => !isFragment(file));
  return Promise.all(files.map((file) => sourceOf(file, settings)));
}

async function sourceOf(file: string, settings: LawSettings): Promise<Source> {
  if (file === "-") return { file: "<stdin>", text: await text(process.stdin) };
  const content = await readText(file);
  const template = content.includes("{{") ? templatePath(file) : undefined;
  return template === undefined ? { file, text: content } : renderedSource(template, file, content, settings);
}

async function filesOf(path: string): Promise<string[]> {
  if (path === "-") return [path];
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return [path];
  if (found?.isDirectory())
    return glob("**/*.sql", { cwd: path, absolute: false }).then((files) =>
      files.sort().map((file) => `${path.replace(/\/$/, "")}/${file}`),
    );
  if (!isDynamicPattern(path)) throw new UnreadableInput(`No file or folder ${path}.`);
  const files = await glob(path);
  if (files.length === 0) throw new UnreadableInput(`No file matches ${path}.`);
  return files.sort();
}
