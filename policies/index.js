const { existsSync } = require("node:fs");
const { join } = require("node:path");

if (existsSync(join(__dirname, "pack.ts"))) {
  // Pulumi's own runner type-checks every file at every preview, which takes the law ten seconds: types are checked by
  // `npm run check`, and here each file is compiled once, without types, and kept.
  require("../toolchain/loadTypeScript");
  require("./pack");
} else {
  // As published; in the repository there is no such folder.
  require(join(__dirname, "lib", "policies", "pack"));
}
