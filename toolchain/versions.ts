/** The versions that belong together; the cache is keyed by them. */
export const VERSIONS = {
  /** Pulumi CLI and Node language host, equal to the npm package `@pulumi/pulumi`. */
  pulumi: "3.248.0",
  /** Snowflake resource plugin, equal to the npm package `@pulumi/snowflake`. */
  snowflakePlugin: "1.3.0",
  /** The npm package `pulumi`: a launcher that downloads the CLI version it is told to. */
  pulumiLauncher: "3.265.0",
  /** Oldest Go release that builds the modules under toolchain/go. */
  go: "1.25",
} as const;

/** Numeric parts of a version such as `v3.248.0` or `go1.26`; missing parts count as 0, suffixes are ignored. */
export function parseVersion(text: string): [number, number, number] | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (!match) return undefined;
  return [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/** Whether `found` is at least `wanted`; false when either cannot be read. */
export function isAtLeast(found: string, wanted: string): boolean {
  const [a, b] = [parseVersion(found), parseVersion(wanted)];
  if (!a || !b) return false;
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i]! > b[i]!;
  return true;
}
