const { availableParallelism } = require("node:os");

/** What waits for other programs comes first, so that the last minutes are not one long file beside an idle core. */
const ALL = [
  "tests/{docs,stack,tools,examples,package,policies}/**/*.test.ts",
  "tests/!(docs|stack|tools|examples|package|policies)/**/*.test.ts",
];

/** Mocha adds the files that it is given to the spec; whoever names some means those alone. */
const isNamed = process.argv.slice(2).some((argument) => /(^|[\\/])tests\b/.test(argument));

module.exports = {
  require: ["ts-node/register/transpile-only", "./tests/fixedSeed.cjs"],
  extension: ["test.ts"],
  recursive: true,
  spec: isNamed ? [] : ALL,
  // Every file has a state and ports of its own. More files than cores: many wait for programs that they started.
  parallel: !isNamed,
  jobs: Math.min(2 * availableParallelism(), 8),
  timeout: 300_000,
  exit: true,
  slow: 5000,
};
