import { stripVTControlCharacters } from "node:util";
import { ensureToolchain, type Toolchain } from "./ensureToolchain";
import { runProcess } from "./runProcess";

export interface PulumiOptions {
  /** Folder with Pulumi.yaml. Default: the working directory. */
  cwd?: string;
  /** Laid over this process's environment and the toolchain's, e.g. PULUMI_BACKEND_URL and PULUMI_CONFIG_PASSPHRASE. */
  env?: Record<string, string | undefined>;
  /** Every line as it comes, without its line end. */
  onLine?: (line: string, stream: "stdout" | "stderr") => void;
  /** Interrupts the run as Ctrl-C would: the engine finishes what is under way and keeps its state whole. */
  signal?: AbortSignal;
  /** Default: `await ensureToolchain()`. */
  toolchain?: Toolchain;
}

export interface PulumiResult {
  stdout: string;
  stderr: string;
}

/** A `pulumi` command that did not succeed. The message ends with what the engine said was wrong. */
export class PulumiError extends Error {
  override name = "PulumiError";

  constructor(
    readonly args: string[],
    /** Null when a signal ended the process. */
    readonly exitCode: number | null,
    readonly stdout: string,
    readonly stderr: string,
    signal?: string | null,
  ) {
    const how = exitCode === null ? `was ended by ${signal ?? "a signal"}` : `failed with exit code ${exitCode}`;
    super(`\`pulumi ${args.join(" ")}\` ${how}\n${extractReason(stdout, stderr)}`.trimEnd());
  }
}

/**
 * Runs one `pulumi` command, never interactively and without colours.
 *
 * @example await runPulumi(["up", "--yes", "--stack", "dev"], { cwd, env: backend.env })
 */
export async function runPulumi(args: string[], options: PulumiOptions = {}): Promise<PulumiResult> {
  const toolchain = options.toolchain ?? (await ensureToolchain());
  const result = await runProcess(toolchain.pulumi, ["--non-interactive", "--color=never", ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...toolchain.env, ...options.env },
    onLine: (line, stream) => options.onLine?.(stripVTControlCharacters(line), stream),
    signal: options.signal,
    interrupt: "SIGINT",
  });
  // The SDK colours stack traces whatever it is told.
  const [stdout, stderr] = [stripVTControlCharacters(result.stdout), stripVTControlCharacters(result.stderr)];
  if (result.code !== 0) throw new PulumiError(args, result.code, stdout, stderr, result.signal);
  return { stdout, stderr };
}

/** What the engine says under `Policies:` and `Diagnostics:`, and its `error:` lines; else the last lines. */
function extractReason(stdout: string, stderr: string): string {
  const sections = stdout.split(/^(?=[A-Z][A-Za-z ]*:$)/m).filter((text) => /^(Policies|Diagnostics):\n/.test(text));
  const errors = stderr.search(/^\s*error:/m);
  const reasons = [...sections, ...(errors < 0 ? [] : [stderr.slice(errors)])].map((text) => text.trim());
  if (reasons.length > 0) return reasons.join("\n");
  return `${stdout}${stderr}`.trim().split("\n").slice(-20).join("\n");
}
