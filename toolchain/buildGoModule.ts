import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findOnPath } from "./findOnPath";
import { type InstallContext, Unavailable } from "./piece";
import { runProcess } from "./runProcess";
import { isAtLeast, VERSIONS } from "./versions";

export interface GoModule {
  /** Folder with go.mod and go.sum. */
  directory: string;
  /** Import path of the main package, or `.`. */
  package: string;
  tags?: string[];
  /** Linker variables, import path → value. */
  variables?: Record<string, string>;
}

/** SHA-256 over the names and contents of a module's own files. */
export function moduleDigest(directory: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(directory).sort())
    hash.update(`${name}\0`).update(readFileSync(join(directory, name)));
  return hash.digest("hex");
}

/** Compiles one program of a Go module into the temporary folder and returns its path. Go's own build cache makes it resumable. */
export async function buildGoModule(module: GoModule, name: string, context: InstallContext): Promise<string> {
  const { progress, temporary, offlineOnly } = context;
  const go = await findGo(context.env);
  const env: NodeJS.ProcessEnv = {
    ...context.env,
    // A person's own workspace, flags or C compiler may not change what is built.
    GOWORK: "off",
    GOFLAGS: "-mod=readonly -buildvcs=false",
    CGO_ENABLED: "0",
    ...(offlineOnly ? { GOPROXY: "off", GOTOOLCHAIN: "local" } : {}),
  };
  const run = async (args: string[], onLine: (line: string) => void) => {
    const result = await runProcess(go, args, { cwd: module.directory, env, onLine });
    if (result.code === 0) return result.stdout;
    const tail = result.stderr.trim().split("\n").slice(-8).join("\n");
    throw new Error(`\`go ${args[0]}\` failed (${result.signal ?? `exit code ${result.code}`}):\n${tail}`);
  };
  const tags = module.tags ? ["-tags", module.tags.join(",")] : [];

  let downloads = 0;
  progress.stage("fetching Go modules");
  const packages = await run(["list", "-deps", ...tags, module.package], (line) => {
    if (line.startsWith("go: downloading")) progress.update(`fetching Go modules, ${++downloads} so far`);
  });
  const total = packages.trim().split("\n").length;

  let compiled = 0;
  progress.stage("compiling (minutes the first time)");
  const variables = Object.entries(module.variables ?? {}).map(([key, value]) => `-X ${key}=${value}`);
  const output = join(temporary, name);
  const flags = ["-v", "-trimpath", ...tags, "-ldflags", ["-s -w", ...variables].join(" "), "-o", output];
  await run(["build", ...flags, module.package], (line) => {
    if (!/^[\w./-]+$/.test(line)) return;
    progress.update(`compiling, ${++compiled} of at most ${total} packages`);
  });
  return output;
}

async function findGo(env: NodeJS.ProcessEnv): Promise<string> {
  const usual = join(env.GOROOT ?? "/usr/local/go", "bin", "go");
  const go = (await findOnPath("go", env))[0] ?? (existsSync(usual) ? usual : undefined);
  if (!go) {
    throw new Unavailable(
      `building needs Go ${VERSIONS.go} or newer; \`go\` is not on PATH and ${usual} does not exist`,
    );
  }
  const { stdout } = await runProcess(go, ["env", "GOVERSION"], { env: { ...env, GOTOOLCHAIN: "local" } });
  if (!isAtLeast(stdout, VERSIONS.go)) {
    throw new Unavailable(`building needs Go ${VERSIONS.go} or newer; ${go} is ${stdout.trim() || "unreadable"}`);
  }
  return go;
}
