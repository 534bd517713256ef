// Lets `require` take TypeScript, as ts-node does, for programs that must start at once: each file is compiled by swc the
// first time and kept under node_modules/.cache, so that neither the TypeScript compiler nor swc is loaded again. Types are
// checked by `npm run check`.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const FOLDER = join(__dirname, "..", "node_modules", ".cache", "two-table-warehouse");
const OPTIONS = {
  module: { type: "commonjs" },
  jsc: { parser: { syntax: "typescript" }, target: "es2022", keepClassNames: true },
};
const VERSION = JSON.stringify([require("@swc/core/package.json").version, OPTIONS]);

require.extensions[".ts"] = (module, file) => module._compile(compiled(file), file);

function compiled(file) {
  const text = readFileSync(file, "utf8");
  const kept = join(FOLDER, `${createHash("sha256").update(VERSION).update(text).digest("hex")}.js`);
  try {
    return readFileSync(kept, "utf8");
  } catch {
    const { code } = require("@swc/core").transformSync(text, { ...OPTIONS, filename: file });
    keep(kept, code);
    return code;
  }
}

function keep(path, code) {
  try {
    mkdirSync(FOLDER, { recursive: true });
    // Another process may read it meanwhile: it appears whole or not at all.
    const written = `${path}.${process.pid}`;
    writeFileSync(written, code);
    renameSync(written, path);
  } catch {
    // A folder that cannot be written to only costs the time to compile again.
  }
}
