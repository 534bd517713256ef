import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { InstallContext, Installed, Piece } from "../piece";

const SOURCES = resolve(__dirname, "../languageHost");

/**
 * The stand-in for `pulumi-language-nodejs` beside a built CLI: our TypeScript compiled to plain JavaScript, so that it
 * starts without a compiler and from any project. Its version is the hash of its sources.
 */
export function languageHost(): Piece {
  const sources = readSources();
  const hash = createHash("sha256");
  for (const { name, text } of sources) hash.update(`${name}\0${text}\0`);
  const version = hash.digest("hex").slice(0, 12);
  return {
    name: "language-host",
    title: "Node language host",
    version,
    sources: [{ name: "bundled", install: (context) => compile(sources, version, context) }],
  };
}

interface SourceFile {
  name: string;
  text: string;
}

function readSources(): SourceFile[] {
  const names = readdirSync(SOURCES).filter((name) => name.endsWith(".ts"));
  return names.sort().map((name) => ({ name, text: readFileSync(join(SOURCES, name), "utf8") }));
}

async function compile(
  sources: SourceFile[],
  version: string,
  { layout, temporary }: InstallContext,
): Promise<Installed> {
  const { transpileModule, ModuleKind, ScriptTarget } = await import("typescript");
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2023, esModuleInterop: true };
  const folder = join("languageHost", version);
  const moves: Required<Installed>["moves"] = [];
  const emit = async (name: string, text: string, to: string, mode = 0o644) => {
    await mkdir(temporary, { recursive: true });
    const from = join(temporary, name);
    await writeFile(from, text, { mode });
    moves.push({ from, to });
  };
  for (const { name, text } of sources) {
    const script = name.replace(/\.ts$/, ".js");
    await emit(script, transpileModule(text, { compilerOptions }).outputText, join(folder, script));
  }
  await emit("package.json", '{ "type": "commonjs" }\n', join(folder, "package.json"));
  // The launcher is last: it is what makes the new version take effect.
  const launcher = `#!/bin/sh\nexec node "$(dirname "$0")/../${folder}/main.js" "$@"\n`;
  await emit("launcher", launcher, relative(layout.root, layout.languageHost), 0o755);
  return { moves };
}
