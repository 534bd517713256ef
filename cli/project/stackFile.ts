import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type Document, isMap, parseDocument } from "yaml";
import { NAMESPACE } from "../../components/settings";

/**
 * `Pulumi.dev.yaml` for `dev` and, as Pulumi names stacks in full, for `acme/two-table-warehouse/dev`.
 * @throws Error when Pulumi would not take the name
 */
export function stackFileName(stack: string): string {
  const parts = stack.split("/");
  if (parts.length > 3 || parts.some((part) => !/^[\w.-]{1,100}$/.test(part) || /^\.+$/.test(part)))
    throw new Error(
      `${JSON.stringify(stack)} is no name of a stack; expected letters, digits, hyphens, underscores and periods, such as dev`,
    );
  return `Pulumi.${parts.at(-1)}.yaml`;
}

const open = (path: string): Document => {
  const document = parseDocument(existsSync(path) ? readFileSync(path, "utf8") : "config: {}\n");
  if (document.errors[0]) throw new Error(`${path}: ${document.errors[0].message.split("\n")[0]}`);
  return document;
};

/** The warehouse's own keys of a stack's configuration file that are not encrypted; none where there is no file. */
export function readStackFile(path: string): Record<string, string> {
  const { config } = (open(path).toJS() ?? {}) as { config?: Record<string, unknown> };
  return Object.fromEntries(
    Object.entries(config ?? {})
      .filter(([key, value]) => key.startsWith(`${NAMESPACE}:`) && typeof value !== "object")
      .map(([key, value]) => [key.slice(NAMESPACE.length + 1), String(value)]),
  );
}

/**
 * Sets keys of a stack's configuration file; comments and everything else in it stay.
 * @throws Error when what is there is no configuration of a stack; then the file stays as it is
 */
export function updateStackFile(path: string, settings: Readonly<Record<string, string>>): void {
  const document = open(path);
  const { contents } = document;
  if (contents !== null && !isMap(contents)) throw malformed(path);
  const config = contents?.get("config");
  // Nothing below it: written anew, one key a line.
  if (config === null || config === undefined || (isMap(config) && config.items.length === 0))
    contents?.delete("config");
  else if (!isMap(config)) throw malformed(path);
  for (const [key, value] of Object.entries(settings)) document.setIn(["config", `${NAMESPACE}:${key}`], value);
  writeFileSync(path, document.toString({ lineWidth: 0 }));
}

const malformed = (path: string) =>
  new Error(`${path}: expected "config:" with keys below it, as pulumi config set writes it`);
