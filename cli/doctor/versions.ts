import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type CheckResult, failed, ok, warning } from "../checks/check";
import { PROJECT_ROOT } from "../project/projectFolder";

const run = promisify(execFile);

interface PackageFile {
  version: string;
  engines: { node: string };
  dependencies: Record<string, string>;
}

const readPackage = (...path: string[]) =>
  JSON.parse(readFileSync(join(PROJECT_ROOT, ...path, "package.json"), "utf8")) as PackageFile;

/** Node against `engines` of package.json, which names the least version. */
export function nodeVersion(): CheckResult {
  const wanted = /(\d+)\.(\d+)/.exec(readPackage().engines.node) as RegExpExecArray;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const enough = major > Number(wanted[1]) || (major === Number(wanted[1]) && minor >= Number(wanted[2]));
  return enough
    ? ok(process.versions.node)
    : failed(`${process.versions.node}; expected ${wanted[0]} or later`, "Install a current Node.js LTS release");
}

/** Whether what is installed is what package.json pins. */
export function installedPackages(): CheckResult {
  const { dependencies } = readPackage();
  const wrong = Object.entries(dependencies).flatMap(([name, version]) => {
    let found: string;
    try {
      found = readPackage("node_modules", name).version.replace(/^v/, "");
    } catch {
      found = "missing";
    }
    return found === version ? [] : [`${name} ${found}, pinned ${version}`];
  });
  return wrong.length === 0
    ? ok(`${Object.keys(dependencies).length} as pinned`)
    : failed(wrong.join("; "), "Run: npm ci");
}

/** git is needed for the first events only. */
export async function gitVersion(): Promise<CheckResult> {
  try {
    const { stdout } = await run("git", ["--version"]);
    return ok(stdout.trim().replace(/^git version /, ""));
  } catch {
    return warning("not found", "Install git; without it `npm start` begins with an empty warehouse");
  }
}
