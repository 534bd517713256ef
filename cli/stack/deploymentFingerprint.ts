import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../project/projectFolder";

/** Everything the stack `local` is made of. */
const SOURCES = ["index.ts", "Pulumi.yaml", "Pulumi.local.yaml", "package-lock.json", "components", "sql"];

/** Changes when a deployment could change anything: with the program, the SQL, the settings or the address. */
export function deploymentFingerprint(port: number): string {
  const hash = createHash("sha256").update(`port ${port}`);
  for (const source of SOURCES) addTo(hash, source);
  return hash.digest("hex");
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  const full = join(PROJECT_ROOT, path);
  let entries: string[];
  try {
    entries = readdirSync(full).sort();
  } catch {
    hash.update(`\0${path}\0`).update(readFileSync(full));
    return;
  }
  for (const entry of entries) addTo(hash, join(path, entry));
}
