const { existsSync } = require("node:fs");
const { join } = require("node:path");

if (existsSync(join(__dirname, "pack.ts"))) {
  // Pulumi's own runner type-checks every file at every preview, which takes the law ten seconds: types are checked by
  // `npm run check`, and here swc compiles in half a second instead of the compiler that the runner has registered.
  process[Symbol.for("ts-node.register.instance")]?.enabled(false);
  require("ts-node").register({ project: join(__dirname, "..", "tsconfig.json"), transpileOnly: true, swc: true });
  require("./pack");
} else {
  // As published; in the repository there is no such folder.
  require(join(__dirname, "lib", "policies", "pack"));
}
