// The import directions of the rooms. `npm run check` fails on any arrow that is not drawn here.
const room = (names) => `^(${names.join("|")})(/|$)`;
const only = (from, allowed) => ({
  name: `${from}-imports-only-${allowed.join("-") || "itself"}`,
  severity: "error",
  // How the policy pack is loaded in this repository, where nothing is compiled beforehand.
  from: { path: room([from]), pathNot: "^policies/index[.]js$" },
  to: { path: room(ROOMS.filter((r) => r !== from && !allowed.includes(r))) },
});
const ROOMS = [
  "components",
  "sql",
  "policies",
  "law",
  "dialect",
  "local",
  "client",
  "mcp",
  "console",
  "cli",
  "toolchain",
  "tests",
  "bench",
  "examples",
];

module.exports = {
  forbidden: [
    // What the policy pack becomes when it is published.
    {
      name: "not-resolvable",
      severity: "error",
      from: { pathNot: "^policies/index[.]js$" },
      to: { couldNotResolve: true },
    },
    only("dialect", []),
    only("law", ["dialect"]),
    only("policies", ["law"]),
    only("local", ["dialect"]),
    only("components", ["sql"]),
    only("client", []),
    only("mcp", ["client", "components"]),
    only("console", ["client", "components"]),
    only("toolchain", []),
    only("cli", ["toolchain", "client", "law", "local", "dialect", "components", "mcp", "console"]),
    {
      name: "pure-dialect-and-law",
      severity: "error",
      from: { path: "^(dialect|law)/" },
      to: { dependencyTypes: ["core", "npm"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    // Packages that name their parts in `exports`, some for `import` alone.
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
