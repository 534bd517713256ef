// Pulumi's own runner type-checks every file at every preview, which takes the law ten seconds. Types are checked by
// `npm run check`; here swc compiles them in half a second. The published pack has JavaScript only (`npm run law:pack`).
const { join } = require("node:path");

delete require.extensions[".ts"];
require("ts-node").register({ project: join(__dirname, "..", "tsconfig.json"), transpileOnly: true, swc: true });
require("./pack");
