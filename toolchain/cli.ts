import { dirname } from "node:path";
import { Command } from "commander";
import pc from "picocolors";
import { ensureToolchain, progressPrinter, verifyToolchain } from "./index";

interface Flags {
  verify?: boolean;
  offline?: boolean;
  cacheDir?: string;
  shell?: boolean;
}

async function main(flags: Flags): Promise<void> {
  const { cacheDir, offline: offlineOnly } = flags;
  if (flags.verify) {
    const problems = await verifyToolchain({ cacheDir });
    for (const problem of problems) console.error(pc.red(problem));
    if (problems.length > 0) throw new Error("The toolchain is not sound; `npm run toolchain` puts it right.");
  }
  const toolchain = await ensureToolchain({ cacheDir, offlineOnly, onProgress: progressPrinter() });
  if (flags.shell) {
    const { PATH: _, ...more } = toolchain.env;
    console.log(`export PATH=${quoted(dirname(toolchain.pulumi))}:"$PATH"`);
    for (const [name, value] of Object.entries(more)) console.log(`export ${name}=${quoted(value)}`);
    return;
  }
  const rows: [string, string][] = [
    ["pulumi", toolchain.pulumi],
    ["language host", toolchain.languageHost],
    ["snowflake plugin", toolchain.plugin],
    ["PULUMI_HOME", toolchain.pulumiHome],
  ];
  for (const [name, path] of rows) console.log(`${name.padEnd(18)}${path}`);
  if (flags.verify) console.log("Every checksum is right.");
}

/** A value as a POSIX shell takes it literally. */
const quoted = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;

const program = new Command("npm run toolchain --")
  .description("Put the Pulumi CLI, its Node language host and the Snowflake plugin in place.")
  .option("--verify", "check every file against its SHA-256 first; exit 1 on any difference")
  .option("--shell", 'print what makes it the pulumi of a shell: eval "$(npm run --silent toolchain -- --shell)"')
  .option("--offline", "do not go out to the network")
  .option("--cache-dir <folder>", "instead of the cache folder of this user")
  .action((flags: Flags) =>
    main(flags).catch((error: Error) => {
      console.error(pc.red(error.message));
      process.exitCode = 1;
    }),
  );

void program.parseAsync();
