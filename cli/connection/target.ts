import { join } from "node:path";
import type { ConnectionOptions } from "snowflake-sdk";
import { connectionOptions, DEFAULT_PROCEDURE } from "../../client/connectionOptions";
import type { WarehouseOutputs } from "../../components/outputs";
import { loadDotEnv } from "../project/dotEnv";
import { PROJECT_ROOT, projectFolder } from "../project/projectFolder";
import { readSecretFile } from "../project/secretFile";
import { readStackFile, stackFileName } from "../project/stackFile";
import { namedStackOutputs } from "../stack/namedStack";
import { CommandError } from "../terminal/fail";

/** How to reach a warehouse that runs here: what `npm start` leaves for the other commands. */
export interface ConnectionFile {
  outputs: WarehouseOutputs;
  username: string;
  password: string;
}

/** A warehouse events can be sent to. */
export interface Target {
  connection: ConnectionOptions;
  procedure: string;
  /** Account and database, to tell warehouses apart. */
  name: string;
  /** What named it, to be said before anything is sent. */
  namedBy: string;
  /** Of the stack; absent when only an account was named. */
  outputs?: WarehouseOutputs;
}

export interface TargetChoice {
  /** A stack of this project whose outputs say where; credentials come from the environment, the user else from its configuration. */
  stack?: string;
}

/**
 * Finds the warehouse: the stack that was named, else the account of the environment or of `.env`, else the one `npm start` runs.
 * @throws CommandError saying what can be done when there is none
 */
export async function findTarget({ stack }: TargetChoice): Promise<Target> {
  const isOfShell = Boolean(process.env.SNOWFLAKE_ACCOUNT);
  loadDotEnv();
  const local = await readSecretFile<ConnectionFile>(projectFolder().connection);
  const deployed = await namedStackOutputs(stack);
  if (deployed !== undefined) return fromStack(stack as string, deployed as WarehouseOutputs);
  if (stack === undefined && process.env.SNOWFLAKE_ACCOUNT) {
    const place = isOfShell ? "SNOWFLAKE_ACCOUNT" : "SNOWFLAKE_ACCOUNT in .env";
    return fromEnvironment(process.env, local ? `${place}; the one of \`npm start\` is --stack local` : place);
  }
  if (local) {
    const { outputs, username, password } = local;
    const connection = connectionOptions(outputs, { username, password } as ConnectionOptions);
    return targetOf(outputs, connection, "`npm start`");
  }
  throw new CommandError(
    "There is no warehouse to send to: start one with `npm start`, name a stack with --stack, or set SNOWFLAKE_ACCOUNT, SNOWFLAKE_USER and SNOWFLAKE_PASSWORD",
  );
}

/** With the credentials of the environment; the user is the one that deploys unless it names another. */
function fromStack(stack: string, outputs: WarehouseOutputs): Target {
  const { SNOWFLAKE_USER, SNOWFLAKE_USERNAME } = process.env;
  const user = SNOWFLAKE_USER || SNOWFLAKE_USERNAME || readStackFile(join(PROJECT_ROOT, stackFileName(stack))).user;
  const connection = connectionOptions(outputs, undefined, { ...process.env, SNOWFLAKE_USER: user });
  return targetOf(outputs, connection, `--stack ${stack}`);
}

function targetOf(outputs: WarehouseOutputs, connection: ConnectionOptions, namedBy: string): Target {
  return {
    connection,
    procedure: outputs.procedures.ingestEvents ?? DEFAULT_PROCEDURE,
    name: `${outputs.account.account}/${outputs.database}`,
    namedBy,
    outputs,
  };
}

function fromEnvironment(environment: NodeJS.ProcessEnv, namedBy: string): Target {
  const { SNOWFLAKE_ACCOUNT = "", SNOWFLAKE_HOST, SNOWFLAKE_PORT, SNOWFLAKE_PROTOCOL = "https" } = environment;
  const account = SNOWFLAKE_ACCOUNT.replace(/\.snowflakecomputing\.(com|cn)$/i, "");
  const database = environment.SNOWFLAKE_DATABASE || "CLAUDE_BI";
  const port = SNOWFLAKE_PORT ? `:${SNOWFLAKE_PORT}` : "";
  const connection = {
    account,
    role: environment.SNOWFLAKE_ROLE || "MCP_INGEST_ROLE",
    warehouse: environment.SNOWFLAKE_WAREHOUSE || "CLAUDE_WAREHOUSE",
    ...(SNOWFLAKE_HOST ? { accessUrl: `${SNOWFLAKE_PROTOCOL}://${SNOWFLAKE_HOST}${port}` } : {}),
  };
  return {
    connection: { ...connectionOptions(undefined, undefined, environment), ...connection } as ConnectionOptions,
    procedure: `${database}.MCP.INGEST_EVENTS`,
    name: `${account}/${database}`,
    namedBy,
  };
}
