import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { outputsSchema, type WarehouseOutputs } from "../../components/outputs";
import { type PulumiResult, runPulumi } from "../../toolchain/index";
import { PROJECT_ROOT } from "../project/projectFolder";
import { updateStackFile } from "../project/stackFile";

export interface LocalStackOptions {
  /** Folder of the state; created when missing. */
  folder: string;
  passphrase: string;
  port: number;
  /** Absent where a private key is among the settings. */
  password?: string;
  /** The folder whose index.ts is deployed. Default: this project's. */
  program?: string;
  /** Settings over those of Pulumi.local.yaml, without the namespace. */
  settings?: Record<string, string>;
  /** Every line Pulumi prints. */
  onLine?: (line: string) => void;
  signal?: AbortSignal;
}

const STACK = "local";

/**
 * The stack `local`, with its state in a folder of its own. Pulumi keeps a salt in the stack's configuration file, so the
 * project file and the configuration are copied next to the state: a checkout is never changed by what runs from it.
 */
export class LocalStack {
  private readonly project: string;
  private readonly backend: string;
  private ready = false;

  constructor(private readonly options: LocalStackOptions) {
    this.project = join(options.folder, "project");
    this.backend = join(options.folder, "state");
  }

  /** Creates or updates everything. */
  async up(): Promise<PulumiResult> {
    return this.run(["up", "--yes", "--skip-preview", "--stack", STACK]);
  }

  /** Updates, and fails if there was anything to do. */
  async upWithoutChange(): Promise<PulumiResult> {
    return this.run(["up", "--yes", "--skip-preview", "--expect-no-changes", "--stack", STACK]);
  }

  /** Takes into the state what others changed. */
  async refresh(): Promise<PulumiResult> {
    return this.run(["refresh", "--yes", "--skip-preview", "--stack", STACK]);
  }

  /** Compares the state with what is there, and fails if anything differs. */
  async refreshWithoutChange(): Promise<PulumiResult> {
    return this.run(["refresh", "--yes", "--skip-preview", "--expect-no-changes", "--stack", STACK]);
  }

  async destroy(): Promise<PulumiResult> {
    return this.run(["destroy", "--yes", "--skip-preview", "--stack", STACK]);
  }

  async outputs(): Promise<WarehouseOutputs> {
    const { stdout } = await this.run(["stack", "output", "--json", "--stack", STACK]);
    return outputsSchema.parse(JSON.parse(stdout));
  }

  /** Gives a setting another value, for the next update. */
  async set(setting: string, value: string): Promise<void> {
    await this.run(["config", "set", `two-table-warehouse:${setting}`, value, "--stack", STACK]);
  }

  private async run(args: string[]): Promise<PulumiResult> {
    if (!this.ready) await this.prepare();
    return this.pulumi(args);
  }

  private async prepare(): Promise<void> {
    await mkdir(this.backend, { recursive: true, mode: 0o700 });
    await mkdir(this.project, { recursive: true, mode: 0o700 });
    // Whoever holds the data file is the only one who works on this stack: a lock that is still there is that of a dead process.
    await rm(join(this.backend, ".pulumi", "locks"), { recursive: true, force: true });
    const program = await readFile(join(PROJECT_ROOT, "Pulumi.yaml"), "utf8");
    const main = JSON.stringify(join(this.options.program ?? PROJECT_ROOT, "index.ts"));
    await writeFile(
      join(this.project, "Pulumi.yaml"),
      program.replace(/^main:.*$/m, () => `main: ${main}`),
    );
    const configuration = join(this.project, `Pulumi.${STACK}.yaml`);
    const kept = existsSync(configuration) ? await readFile(configuration, "utf8") : "";
    const salt = /^encryptionsalt:.*$/m.exec(kept)?.[0] ?? "";
    const settings = await readFile(join(PROJECT_ROOT, `Pulumi.${STACK}.yaml`), "utf8");
    await writeFile(configuration, `${settings.replace(/^encryptionsalt:.*\n?/m, "").trimEnd()}\n${salt}\n`);
    updateStackFile(configuration, this.options.settings ?? {});
    if (!this.exists()) await this.pulumi(["stack", "init", STACK]);
    this.ready = true;
  }

  private exists(): boolean {
    return existsSync(join(this.backend, ".pulumi", "stacks", "two-table-warehouse", `${STACK}.json`));
  }

  private pulumi(args: string[]): Promise<PulumiResult> {
    const { port, password, passphrase, onLine, signal } = this.options;
    return runPulumi(args, {
      cwd: this.project,
      signal,
      onLine: onLine && ((line) => onLine(line)),
      env: {
        PULUMI_BACKEND_URL: pathToFileURL(this.backend).href,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_CREDENTIALS_PATH: join(this.options.folder, "credentials"),
        ...NO_ACCOUNT,
        SNOWFLAKE_PORT: String(port),
        SNOWFLAKE_PASSWORD: password,
      },
    });
  }
}

/** What is set for a real account must not reach the embedded server, nor the other way round. */
const NO_ACCOUNT = Object.fromEntries(
  [
    "SNOWFLAKE_ACCOUNT",
    "SNOWFLAKE_USER",
    "SNOWFLAKE_USERNAME",
    "SNOWFLAKE_HOST",
    "SNOWFLAKE_PROTOCOL",
    "SNOWFLAKE_ROLE",
    "SNOWFLAKE_WAREHOUSE",
    "SNOWFLAKE_PRIVATE_KEY",
    "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE",
    "SNOWFLAKE_AUTHENTICATOR",
  ].map((name) => [name, undefined]),
);
