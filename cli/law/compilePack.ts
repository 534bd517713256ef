import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "@swc/core";
import { globSync } from "tinyglobby";

const ROOT = join(__dirname, "..", "..");
const LIB = join(ROOT, "policies", "lib");

/** The policy pack and what it imports, as JavaScript in policies/lib: what `npm pack` in policies/ takes along. */
rmSync(LIB, { recursive: true, force: true });
if (!process.argv.includes("--remove")) {
  for (const file of globSync(["policies/*.ts", "law/**/*.ts", "dialect/**/*.ts"], { cwd: ROOT })) {
    const { code } = transformSync(readFileSync(join(ROOT, file), "utf8"), {
      filename: file,
      module: { type: "commonjs" },
      jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    });
    const target = join(LIB, file.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
}
