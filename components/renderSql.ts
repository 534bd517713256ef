import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder that holds the SQL of every object. */
export const SQL_ROOT = join(__dirname, "..", "sql");

/** How a value may stand in SQL: a plain identifier, a whole number, or text that goes between single quotes. */
export type SqlValue = { identifier: string } | { number: number } | { literal: string };

const PLACEHOLDER = /\{\{(.*?)\}\}/gs;
const NAME = /^[a-z][a-z0-9_]*$/;
const INCLUDE = /^include\s+([a-z][a-z0-9_]*)(?:\s+of\s+(.+))?$/s;
const ARGUMENT = "argument";

/**
 * Fills the `{{ name }}` placeholders of an SQL template and pulls in `{{ include fragment }}` and
 * `{{ include fragment of expression }}` from `sql/fragments/` (the expression becomes the fragment's `{{ argument }}`, which a fragment hands on by `of argument`).
 * Every problem is an error with file and line: an unknown placeholder, a value nobody uses (when `used` is given), a value
 * that is not what it says it is.
 * @param file path below `sql/`, for messages
 * @param template the text of that file
 * @param values what each placeholder stands for
 */
export function renderSql(file: string, template: string, values: Readonly<Record<string, SqlValue>>): string {
  return fill(file, template, values, undefined, []);
}

/** Reads a template below `sql/` and renders it. */
export function renderSqlFile(file: string, values: Readonly<Record<string, SqlValue>>): string {
  return renderSql(file, readTemplate(file), values);
}

/** The names of the placeholders a template uses, its fragments included. */
export function placeholdersOf(file: string, template: string = readTemplate(file)): Set<string> {
  const names = new Set<string>();
  for (const [, body = ""] of template.matchAll(PLACEHOLDER)) {
    const include = INCLUDE.exec(body.trim());
    if (!include) names.add(body.trim());
    else for (const name of placeholdersOf(fragmentFile(include[1] as string))) names.add(name);
  }
  names.delete(ARGUMENT);
  return names;
}

function fill(
  file: string,
  template: string,
  values: Readonly<Record<string, SqlValue>>,
  argument: string | undefined,
  chain: string[],
): string {
  const at = (offset: number) => `sql/${file}:${template.slice(0, offset).split("\n").length}`;
  // Only the opening side: nested JSON ends in }} as well.
  if (template.replace(PLACEHOLDER, "").includes("{{"))
    throw new Error(`sql/${file}: a placeholder is opened and never closed`);
  return template.replace(PLACEHOLDER, (_, inner: string, offset: number) => {
    const body = inner.trim();
    const include = INCLUDE.exec(body);
    if (include) {
      const fragment = fragmentFile(include[1] as string);
      if (chain.includes(fragment)) throw new Error(`${at(offset)}: fragment ${include[1]} includes itself`);
      const text = withoutHeader(readTemplate(fragment, at(offset))).trimEnd();
      const passed = include[2]?.trim();
      return fill(fragment, text, values, passed === ARGUMENT ? argument : passed, [...chain, fragment]);
    }
    if (body === ARGUMENT) {
      if (argument === undefined)
        throw new Error(`${at(offset)}: {{ ${ARGUMENT} }} has no value; write {{ include … of … }}`);
      return argument;
    }
    if (!NAME.test(body))
      throw new Error(`${at(offset)}: malformed placeholder {{ ${body} }}; expected a lower-case name`);
    const value = values[body];
    if (value === undefined) {
      throw new Error(
        `${at(offset)}: unknown placeholder {{ ${body} }}; known are ${Object.keys(values).sort().join(", ")}`,
      );
    }
    return spell(value, body, at(offset));
  });
}

function spell(value: SqlValue, name: string, where: string): string {
  if ("identifier" in value) {
    if (!/^[A-Z_][A-Z0-9_$]*$/.test(value.identifier)) {
      throw new Error(`${where}: {{ ${name} }} must be a plain identifier, found ${JSON.stringify(value.identifier)}`);
    }
    return value.identifier;
  }
  if ("number" in value) {
    if (!Number.isSafeInteger(value.number)) {
      throw new Error(`${where}: {{ ${name} }} must be a whole number, found ${value.number}`);
    }
    return String(value.number);
  }
  // A quote or backslash would end the literal it stands in; `$$` would end the procedure body around it.
  if (/['\\\p{Cc}]|\$\$/u.test(value.literal)) {
    throw new Error(
      `${where}: {{ ${name} }} must be text without quotes, backslashes, $$ or control characters, found ${JSON.stringify(value.literal)}`,
    );
  }
  return value.literal;
}

const fragmentFile = (name: string) => `fragments/${name}.sql`;

/** Reads a file below `sql/`. */
export function readTemplate(file: string, from?: string): string {
  try {
    return readFileSync(join(SQL_ROOT, file), "utf8");
  } catch (cause) {
    throw new Error(`${from ?? "components"}: there is no sql/${file}`, { cause });
  }
}

/** The comment lines that open a file: grain and purpose of the object. */
export function headerOf(text: string): string {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("--"));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .map((line) => line.replace(/^--\s?/, ""))
    .join(" ")
    .trim();
}

/** The statement itself: no header comment, no closing semicolon. */
export function stripHeader(text: string): string {
  return withoutHeader(text).trimEnd().replace(/;$/, "");
}

function withoutHeader(text: string): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => !line.startsWith("--") && line.trim() !== "");
  return start < 0 ? "" : lines.slice(start).join("\n");
}
