import { join } from "node:path";
import type { LocalServer } from "../../../local/index";
import { createTemporaryBackend, PulumiError, runPulumi } from "../../../toolchain/index";
import { ADMIN_PASSWORD, startServer } from "../support";

const PROGRAM = join(__dirname, "program");
export interface Step {
  op: string;
  urn: string;
  replaceReasons?: string[];
  diffReasons?: string[];
  detailedDiff?: Record<string, unknown> | null;
}

/** The real engine and plugin with the life-cycle program, on an embedded server of its own. */
export class Lifecycle {
  private constructor(
    readonly server: LocalServer,
    private readonly backend: ReturnType<typeof createTemporaryBackend>,
    private readonly program: string,
  ) {}

  static async start(program = PROGRAM): Promise<Lifecycle> {
    const lifecycle = new Lifecycle(await startServer(), createTemporaryBackend(), program);
    await lifecycle.pulumi(1, "stack", "init", "test");
    return lifecycle;
  }

  /** For files of the test. */
  get directory(): string {
    return this.backend.directory;
  }

  async close(): Promise<void> {
    this.backend.dispose();
    await this.server.close();
  }

  /** `stage` is the program's: 1 before, 2 after the update in place. */
  async pulumi(stage: 1 | 2, ...args: string[]): Promise<string> {
    const { server } = this;
    const { stdout } = await runPulumi(args, {
      cwd: this.program,
      env: {
        ...this.backend.env,
        STAGE: String(stage),
        SNOWFLAKE_ORGANIZATION_NAME: "LOCALORG",
        SNOWFLAKE_ACCOUNT_NAME: "LOCAL",
        SNOWFLAKE_USER: server.user,
        SNOWFLAKE_PASSWORD: ADMIN_PASSWORD,
        SNOWFLAKE_HOST: server.host,
        SNOWFLAKE_PORT: String(server.port),
        SNOWFLAKE_PROTOCOL: "http",
        SNOWFLAKE_ROLE: "ACCOUNTADMIN",
        SNOWFLAKE_AUTHENTICATOR: "SNOWFLAKE",
      },
    }).catch((error) => {
      // The reason is in the message; the whole output helps where it is not.
      if (error instanceof PulumiError) error.message += `\n${error.stdout}\n${error.stderr}`;
      throw error;
    });
    return stdout;
  }

  /** Steps of a preview, after a refresh: what the plugin reads back against what the program says. */
  async plan(stage: 1 | 2, ...args: string[]): Promise<Step[]> {
    const text = await this.pulumi(stage, "preview", "--stack", "test", "--json", ...args);
    return (JSON.parse(text.slice(text.indexOf("{"))) as { steps: Step[] }).steps;
  }
}

/** `op name` of the steps that change something, with the properties that differ. */
export const changes = (steps: readonly Step[]): string[] =>
  steps
    .filter(({ op }) => op !== "same")
    .map(({ op, urn, detailedDiff, diffReasons }) =>
      [
        op,
        urn.split("::").at(-1),
        ...Object.keys(detailedDiff ?? {}),
        ...(detailedDiff ? [] : (diffReasons ?? [])),
      ].join(" "),
    );
