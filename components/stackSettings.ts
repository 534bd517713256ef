import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { NAMESPACE, readSettings, type Settings } from "./settings";

/**
 * The settings of the stack that is being deployed, from its configuration and the environment.
 * @throws pulumi.RunError with every problem; Pulumi prints its message and no stack
 */
export function stackSettings(): Settings {
  const prefix = `${NAMESPACE}:`;
  const config = Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
  try {
    return readSettings({ config, environment: environmentOf(config) }, (message) => void pulumi.log.info(message));
  } catch (error) {
    throw new pulumi.RunError((error as Error).message);
  }
}

/** The environment over `.env`, which `npm run setup` writes. A stack that names its endpoint is not the account of that file. */
function environmentOf(config: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const file = join(__dirname, "..", ".env");
  if (config.host !== undefined || !existsSync(file)) return process.env;
  return { ...parseEnv(readFileSync(file, "utf8")), ...process.env };
}
