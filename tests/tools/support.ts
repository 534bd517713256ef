import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { LocalServer } from "../../local/index";
import { withFileLock } from "../../toolchain/fileLock";
import { runProcess } from "../../toolchain/runProcess";
import { ADMIN_PASSWORD } from "../local/support";

const cache = process.env.XDG_CACHE_HOME?.startsWith("/") ? process.env.XDG_CACHE_HOME : join(homedir(), ".cache");

/** A Python environment with the packages, made once and kept in the cache; a text where it cannot be made, saying why. */
export function pythonWith(name: string, packages: readonly string[]): Promise<{ bin: string } | string> {
  const root = join(cache, "two-table-warehouse", "python", name);
  // Several test files share one, and may begin at the same time.
  return withFileLock(`${root}.lock`, () => install(root, packages));
}

/** The jar of `group:artifact:version`, fetched once by Maven and kept in the cache; a text where it cannot be had, saying why. */
export function jarOf(artifact: string): Promise<{ file: string } | string> {
  const root = join(cache, "two-table-warehouse", "java");
  mkdirSync(root, { recursive: true });
  const [, name, version] = artifact.split(":");
  const file = join(root, `${name}-${version}.jar`);
  return withFileLock(`${file}.lock`, async () => {
    const java = await step("java", ["-version"]);
    if (java || existsSync(file)) return java ?? { file };
    const part = `${file}.part`;
    const copy = ["--quiet", "--batch-mode", "dependency:copy", `-Dartifact=${artifact}`, `-DoutputDirectory=${part}`];
    const failed = await step("mvn", copy);
    if (!failed) renameSync(join(part, `${name}-${version}.jar`), file);
    rmSync(part, { recursive: true, force: true });
    return failed ?? { file };
  });
}

/** Runs what prepares a tool; undefined, or what went wrong. */
async function step(command: string, args: string[]): Promise<string | undefined> {
  const { code, stderr } = await runProcess(command, args).catch((error: Error) => ({
    code: 1,
    stderr: error.message,
  }));
  if (code === 0) return undefined;
  return `${command} ${args.slice(0, 2).join(" ")} failed: ${stderr.trim().split("\n").at(-1) ?? ""}`;
}

async function install(root: string, packages: readonly string[]): Promise<{ bin: string } | string> {
  const bin = join(root, "bin");
  const complete = join(root, packages.join("_").replaceAll(/[^\w.=~-]/g, "_"));
  if (existsSync(complete)) return { bin };
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const steps = [
    ["python3", "-m", "venv", root],
    [join(bin, "pip"), "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:", ...packages],
  ];
  for (const [command = "", ...args] of steps) {
    const failed = await step(command, args);
    if (failed) return failed;
  }
  writeFileSync(complete, "");
  return { bin };
}

/** Runs a program against the server; its output, or an error with all it said. */
export async function runTool(server: LocalServer, command: string, args: string[], cwd?: string): Promise<string> {
  const { code, stdout, stderr } = await runProcess(command, args, {
    ...(cwd ? { cwd } : {}),
    env: {
      ...process.env,
      PYTHONWARNINGS: "ignore",
      DO_NOT_TRACK: "1",
      SNOWFLAKE_PORT: String(server.port),
      SNOWFLAKE_PASSWORD: ADMIN_PASSWORD,
    },
  });
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}\n${stdout}\n${stderr}`);
  return stdout;
}

/** The facts that a script told, one JSON object per line, in one object. */
export const facts = (output: string): Record<string, unknown> =>
  Object.assign(
    {},
    ...output
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line)),
  );
