import { existsSync, readFileSync, statSync } from "node:fs";
import type { ConnectionOptions } from "snowflake-sdk";
import { outputsSchema, type WarehouseOutputs } from "../../components/outputs";

/** Whose questions are asked, and where. */
export interface Person {
  outputs: WarehouseOutputs;
  credentials: Partial<ConnectionOptions>;
}

/** A name as the outputs may give it: plain identifiers only, since it becomes part of a statement. */
const NAME = /^[A-Z_][A-Z0-9_$]*(\.[A-Z_][A-Z0-9_$]*){0,2}$/;

/**
 * Reads the outputs of a stack.
 * @throws Error naming what is missing or no name
 */
export function readOutputs(value: unknown): WarehouseOutputs {
  const parsed = outputsSchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `  - ${path.join(".") || "outputs"}: ${message}`);
    throw new Error(
      `These are not the outputs of a two-table warehouse:\n${problems.join("\n")}\nGet them with: pulumi stack output --json`,
    );
  }
  const { database, roles, warehouses, views, procedures } = parsed.data;
  for (const name of [database, ...[roles, warehouses, views, procedures].flatMap((names) => Object.values(names))])
    if (!NAME.test(name)) throw new Error(`The outputs name ${JSON.stringify(name)}, which is no plain identifier`);
  return parsed.data;
}

/**
 * How the person logs in: a key pair, else a token, else a password.
 * @throws Error saying what is missing, or that a key file can be read by others
 */
export function readCredentials(environment: NodeJS.ProcessEnv = process.env): Partial<ConnectionOptions> {
  const username = environment.SNOWFLAKE_USER || environment.SNOWFLAKE_USERNAME;
  const privateKey = environment.SNOWFLAKE_PRIVATE_KEY || keyFile(environment.SNOWFLAKE_PRIVATE_KEY_PATH);
  const token = environment.SNOWFLAKE_TOKEN;
  const password = environment.SNOWFLAKE_PASSWORD;
  if (username && privateKey) {
    const privateKeyPass = environment.SNOWFLAKE_PRIVATE_KEY_PASSPHRASE;
    return { username, privateKey, authenticator: "SNOWFLAKE_JWT", ...(privateKeyPass ? { privateKeyPass } : {}) };
  }
  if (username && token) return { username, token, authenticator: "PROGRAMMATIC_ACCESS_TOKEN" };
  if (username && password) return { username, password };
  throw new Error(
    "The MCP server needs a person to ask as: set SNOWFLAKE_USER and one of SNOWFLAKE_PRIVATE_KEY_PATH, SNOWFLAKE_PRIVATE_KEY, SNOWFLAKE_TOKEN, SNOWFLAKE_PASSWORD",
  );
}

function keyFile(path: string | undefined): string | undefined {
  if (!path) return undefined;
  if (!existsSync(path)) throw new Error(`SNOWFLAKE_PRIVATE_KEY_PATH names ${path}, which does not exist`);
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0)
    throw new Error(`${path} can be read by others; run: chmod 600 ${path}`);
  return readFileSync(path, "utf8");
}

/** Options of the driver for one role of the person; the session holds that role and no other. */
export function connectionOf({ outputs, credentials }: Person, role: "user" | "ingest"): ConnectionOptions {
  const { account, protocol, host, port } = outputs.account;
  return {
    application: "two-table-warehouse-mcp",
    account,
    accessUrl: `${protocol}://${host}:${port}`,
    role: outputs.roles[role],
    warehouse: outputs.warehouses.query,
    ...credentials,
  } as ConnectionOptions;
}

/** Roles of accounts whose holders must not lend their login to an assistant. */
const ADMINISTRATORS = ["ACCOUNTADMIN", "ORGADMIN", "GLOBALORGADMIN", "SECURITYADMIN", "SYSADMIN", "USERADMIN"];

/** A user who holds one of them is not let in. */
export const refusedRoles = ({ outputs: { roles } }: Person): string[] => [
  ...ADMINISTRATORS,
  roles.deployer,
  roles.service,
];
