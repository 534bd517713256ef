import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { NAMESPACE } from "../../components/settings";

/** Sets keys of a stack's configuration file; comments and everything else in it stay. */
export function updateStackFile(path: string, settings: Readonly<Record<string, string>>): void {
  const document = parseDocument(existsSync(path) ? readFileSync(path, "utf8") : "config: {}\n");
  if (document.errors[0]) throw new Error(`${path}: ${document.errors[0].message.split("\n")[0]}`);
  for (const [key, value] of Object.entries(settings)) document.setIn(["config", `${NAMESPACE}:${key}`], value);
  writeFileSync(path, document.toString({ lineWidth: 0 }));
}
