import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";

/** An account and a user that other Snowflake tools of this user already know. */
export interface KnownConnection {
  /** Where it was found, for people. */
  source: string;
  account: string;
  user?: string;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/**
 * Connections of the environment and of `connections.toml` and `config.toml` in `~/.snowflake` (or `SNOWFLAKE_HOME`), as the
 * Python connector and the Snowflake CLI read them. Secrets in them are not looked at.
 */
export function knownConnections(environment: NodeJS.ProcessEnv = process.env): KnownConnection[] {
  const found: KnownConnection[] = [];
  const add = (source: string, entry: Record<string, unknown>) => {
    const account = text(entry.account);
    if (account) found.push({ source, account, user: text(entry.user) ?? text(entry.username) });
  };
  add("SNOWFLAKE_ACCOUNT", {
    account: environment.SNOWFLAKE_ACCOUNT,
    user: environment.SNOWFLAKE_USER || environment.SNOWFLAKE_USERNAME,
  });
  const home = environment.SNOWFLAKE_HOME || join(environment.HOME ?? homedir(), ".snowflake");
  for (const [name, read] of FILES) {
    const path = join(home, name);
    if (!existsSync(path)) continue;
    for (const [key, entry] of Object.entries(read(readToml(path)))) {
      if (typeof entry === "object" && entry !== null) add(`${name} [${key}]`, entry as Record<string, unknown>);
    }
  }
  return found;
}

const FILES: [name: string, read: (content: Record<string, unknown>) => object][] = [
  ["connections.toml", (content) => content],
  ["config.toml", ({ connections }) => (typeof connections === "object" && connections !== null ? connections : {})],
];

function readToml(path: string): Record<string, unknown> {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message.split("\n")[0]}`);
  }
}
