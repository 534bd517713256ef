import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalServer } from "../../local/index";
import { createTemporaryBackend, PulumiError, runPulumi } from "../../toolchain/index";
import { startServer } from "../local/support";

const PROGRAMS = join(__dirname, "programs");
const PACK = join(__dirname, "..", "..", "policies");
const PASSWORD = "only-for-this-test";

export interface Outcome {
  exitCode: number;
  output: string;
}

export interface PackOptions {
  /** What `--policy-pack-config` says, by policy. */
  config?: object;
  /** The folder of the pack; that of this project by default. */
  pack?: string;
}

/** The real engine with the policy pack, on an embedded server of its own. */
export class PackRunner {
  private constructor(
    readonly server: LocalServer,
    private readonly backend: ReturnType<typeof createTemporaryBackend>,
  ) {}

  static async start(): Promise<PackRunner> {
    const server = await startServer({ password: PASSWORD });
    const runner = new PackRunner(server, createTemporaryBackend());
    await runner.pulumi("lawful", ["stack", "init", "test"]);
    return runner;
  }

  preview(program: string, options?: PackOptions): Promise<Outcome> {
    return this.withPack(program, "preview", options);
  }

  previewWithout(program: string): Promise<Outcome> {
    return this.pulumi(program, ["preview", "--stack", "test"]);
  }

  up(program: string): Promise<Outcome> {
    return this.withPack(program, "up");
  }

  async close(): Promise<void> {
    this.backend.dispose();
    await this.server.close();
  }

  private async withPack(
    program: string,
    command: "preview" | "up",
    { config, pack = PACK }: PackOptions = {},
  ): Promise<Outcome> {
    const folder = mkdtempSync(join(tmpdir(), "two-table-law-"));
    const file = join(folder, "law.json");
    writeFileSync(file, JSON.stringify(config ?? {}));
    const up = command === "up" ? ["--yes", "--skip-preview"] : [];
    const configured = config ? ["--policy-pack-config", file] : [];
    try {
      return await this.pulumi(program, [command, "--stack", "test", "--policy-pack", pack, ...configured, ...up]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  private async pulumi(program: string, args: string[]): Promise<Outcome> {
    const { server } = this;
    const env = {
      ...this.backend.env,
      PROGRAM: program,
      SNOWFLAKE_ORGANIZATION_NAME: "LOCALORG",
      SNOWFLAKE_ACCOUNT_NAME: "LOCAL",
      SNOWFLAKE_USER: server.user,
      SNOWFLAKE_PASSWORD: PASSWORD,
      SNOWFLAKE_HOST: server.host,
      SNOWFLAKE_PORT: String(server.port),
      SNOWFLAKE_PROTOCOL: "http",
      SNOWFLAKE_ROLE: "ACCOUNTADMIN",
      SNOWFLAKE_AUTHENTICATOR: "SNOWFLAKE",
      SNOWFLAKE_PREVIEW_FEATURES_ENABLED: "snowflake_table_resource,snowflake_procedure_sql_resource",
    };
    try {
      const { stdout, stderr } = await runPulumi(args, { cwd: PROGRAMS, env });
      return { exitCode: 0, output: stdout + stderr };
    } catch (error) {
      if (!(error instanceof PulumiError)) throw error;
      return { exitCode: error.exitCode ?? 1, output: error.stdout + error.stderr };
    }
  }
}
