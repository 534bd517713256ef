import { readFileSync } from "node:fs";
import { join } from "node:path";
import { namesOf } from "../../components/names";
import { outputsOf, type WarehouseOutputs } from "../../components/outputs";
import { readSettings } from "../../components/settings";
import { type Person, readCredentials, readOutputs } from "../../mcp/index";
import type { ConnectionFile } from "../connection/target";
import { loadDotEnv } from "../project/dotEnv";
import { projectFolder } from "../project/projectFolder";
import { readSecretFile } from "../project/secretFile";
import { namedStackOutputs } from "../stack/namedStack";
import { CommandError } from "../terminal/fail";
import { localPerson } from "./localPerson";

export interface PersonChoice {
  stack?: string;
  outputs?: string;
}

/**
 * Who asks, and where: a file of outputs or a named stack with the credentials of the environment, else the account of the
 * environment or of `.env`, else the warehouse `npm start` runs, as a person made for assistants.
 * @throws CommandError saying what can be done when there is none
 */
export async function findPerson({ stack, outputs }: PersonChoice, environment = process.env): Promise<Person> {
  loadDotEnv();
  const given = outputs ?? environment.MCP_OUTPUTS;
  if (given) return { outputs: readOutputs(readJson(given)), credentials: readCredentials(environment) };
  const deployed = await namedStackOutputs(stack);
  if (deployed !== undefined) return { outputs: readOutputs(deployed), credentials: readCredentials(environment) };
  if (stack === undefined && environment.SNOWFLAKE_ACCOUNT)
    return { outputs: accountOutputs(environment), credentials: readCredentials(environment) };
  const folder = projectFolder();
  const local = await readSecretFile<ConnectionFile>(folder.connection);
  if (local) return localPerson(local, join(folder.root, "assistant.json"));
  throw new CommandError(
    "There is no warehouse to serve: start one with `npm start`, name a stack with --stack, or set SNOWFLAKE_ACCOUNT, SNOWFLAKE_USER and SNOWFLAKE_PRIVATE_KEY_PATH",
  );
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const found =
      code === "ENOENT" ? "does not exist" : code === "EISDIR" ? "is a folder" : `cannot be read: ${message}`;
    throw new CommandError(`${path} ${found}; write the outputs with: pulumi stack output --json > FILE`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${path} is not JSON; write it with: pulumi stack output --json > ${path}`);
  }
}

/** Outputs as a stack with standard names on that account has them. */
export function accountOutputs({
  SNOWFLAKE_ACCOUNT,
  SNOWFLAKE_HOST,
  SNOWFLAKE_PORT,
  SNOWFLAKE_PROTOCOL,
  SNOWFLAKE_DATABASE,
}: NodeJS.ProcessEnv): WarehouseOutputs {
  const config: Record<string, string> = { account: SNOWFLAKE_ACCOUNT as string, user: "UNUSED", password: "unused" };
  if (SNOWFLAKE_HOST) config.host = SNOWFLAKE_HOST;
  if (SNOWFLAKE_PORT) config.port = SNOWFLAKE_PORT;
  if (SNOWFLAKE_PROTOCOL) config.protocol = SNOWFLAKE_PROTOCOL;
  if (SNOWFLAKE_DATABASE) config.database = SNOWFLAKE_DATABASE;
  const settings = readSettings({ config, environment: {} });
  return readOutputs(outputsOf(settings, namesOf(settings)));
}
