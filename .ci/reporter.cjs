const { writeFileSync } = require("node:fs");
const { relative } = require("node:path");
const { reporters } = require("mocha");

/**
 * The reporter `spec`, which also writes the files with failures to FAILED_FILES: `tests that passed in it <tab> file` a line.
 * A failure of no file leaves it empty: to run some again would not answer it.
 */
module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const passed = new Map();
    const failed = new Set();
    runner.on("pass", ({ file }) => passed.set(file, (passed.get(file) ?? 0) + 1));
    runner.on("fail", ({ file }) => failed.add(file));
    runner.once("end", () => {
      const lines = [...failed].map((file = "") => `${passed.get(file) ?? 0}\t${relative(process.cwd(), file)}\n`);
      if (process.env.FAILED_FILES)
        writeFileSync(process.env.FAILED_FILES, failed.has(undefined) ? "" : lines.join(""));
    });
  }
};
