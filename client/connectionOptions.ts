import type { ConnectionOptions } from "snowflake-sdk";
import { z } from "zod";

/** The part of a stack's outputs that a producer needs; `pulumi stack output --json` fits as it is. */
export const producerOutputs = z.object({
  account: z.object({
    account: z.string(),
    host: z.string(),
    protocol: z.enum(["https", "http"]),
    port: z.number().int(),
  }),
  roles: z.object({ ingest: z.string() }),
  warehouses: z.object({ query: z.string() }),
  procedures: z.object({ ingestEvents: z.string() }),
});

export type ProducerOutputs = z.output<typeof producerOutputs>;

/** The procedure that takes events when no outputs say otherwise. */
export const DEFAULT_PROCEDURE = "CLAUDE_BI.MCP.INGEST_EVENTS";

const FROM_ENVIRONMENT: readonly [keyof ConnectionOptions, ...string[]][] = [
  ["username", "SNOWFLAKE_USER", "SNOWFLAKE_USERNAME"],
  ["password", "SNOWFLAKE_PASSWORD"],
  ["privateKey", "SNOWFLAKE_PRIVATE_KEY"],
  ["privateKeyPath", "SNOWFLAKE_PRIVATE_KEY_PATH"],
  ["privateKeyPass", "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE"],
];

/**
 * How to log in: the address, role and warehouse of the outputs, then the environment's credentials, then what is given outright.
 * @throws Error naming every output that is missing
 */
export function connectionOptions(
  outputs: unknown,
  given: ConnectionOptions = {} as ConnectionOptions,
  environment: NodeJS.ProcessEnv = process.env,
): ConnectionOptions {
  const options: Record<string, unknown> = {};
  if (outputs !== undefined) Object.assign(options, fromOutputs(readProducerOutputs(outputs)));
  if (given.username === undefined && given.authenticator === undefined && given.token === undefined) {
    for (const [option, ...names] of FROM_ENVIRONMENT) {
      const value = names.map((name) => environment[name]).find((text) => text);
      if (value !== undefined) options[option] = value;
    }
    // The driver takes one of the two.
    if (options.privateKey !== undefined) delete options.privateKeyPath;
    const hasKey = options.privateKey !== undefined || options.privateKeyPath !== undefined;
    if (hasKey && given.password === undefined) {
      options.authenticator = "SNOWFLAKE_JWT";
      delete options.password;
    }
  }
  return { application: "two-table-warehouse", ...options, ...given } as ConnectionOptions;
}

function fromOutputs({ account, roles, warehouses }: ProducerOutputs): Partial<ConnectionOptions> {
  return {
    account: account.account,
    accessUrl: `${account.protocol}://${account.host}:${account.port}`,
    role: roles.ingest,
    warehouse: warehouses.query,
  };
}

/** Checks that a value is what a stack puts out. */
export function readProducerOutputs(outputs: unknown): ProducerOutputs {
  const parsed = producerOutputs.safeParse(outputs);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `  - ${path.join(".") || "outputs"}: ${message}`);
  throw new Error(
    `These are not the outputs of a two-table warehouse:\n${problems.join("\n")}\nGet them with: pulumi stack output --json`,
  );
}
