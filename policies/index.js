const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");

// A pack lives for seconds, and what Node spends on making its code fast is more than that gains: it begins later. A Node
// that does not know the flag says so and goes on.
setFlagsFromString("--interrupt-budget=1000000");

if (existsSync(join(__dirname, "pack.ts"))) {
  // Pulumi's own runner type-checks every file at every preview, which takes the law ten seconds: types are checked by
  // `npm run check`, and here each file is compiled once, without types, and kept.
  require("../toolchain/loadTypeScript");
  require("./pack");
} else {
  // As published; in the repository there is no such folder.
  require(join(__dirname, "lib", "policies", "pack"));
}
