import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createTemporaryBackend, runPulumi } from "../../toolchain/index";
import type { PulumiOptions } from "../../toolchain/pulumi";

/** A Pulumi project in a temporary folder, with the packages of this checkout, its own backend and a stack `test`. */
export interface TemporaryProgram {
  directory: string;
  env: Record<string, string>;
  pulumi(args: string[], options?: PulumiOptions): ReturnType<typeof runPulumi>;
  dispose(): void;
}

export async function createTemporaryProgram(files: Record<string, string>): Promise<TemporaryProgram> {
  const directory = mkdtempSync(join(tmpdir(), "two-table-program-"));
  const all = {
    "Pulumi.yaml": "name: tiny\nruntime: nodejs\nmain: index.js\n",
    "package.json": '{ "name": "tiny", "dependencies": { "@pulumi/pulumi": "*" } }\n',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  symlinkSync(resolve(__dirname, "../../node_modules"), join(directory, "node_modules"));
  const backend = createTemporaryBackend();
  const pulumi: TemporaryProgram["pulumi"] = (args, options) =>
    runPulumi(args, { cwd: directory, ...options, env: { ...backend.env, ...options?.env } });
  await pulumi(["stack", "init", "test"]);
  const dispose = () => {
    backend.dispose();
    rmSync(directory, { recursive: true, force: true });
  };
  return { directory, env: backend.env, pulumi, dispose };
}
