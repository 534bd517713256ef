import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";

/** An account and a user that other Snowflake tools of this user already know. */
export interface KnownConnection {
  /** Where it was found, for people. */
  source: string;
  /** What the tools call it; absent for SNOWFLAKE_ACCOUNT of the environment. */
  name?: string;
  account: string;
  user?: string;
  /** Whether its user logs in by a key pair, which a new key must not replace. */
  hasKey: boolean;
  /** The one the tools take unless told otherwise. */
  isDefault: boolean;
}

type Entry = Record<string, unknown>;

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/**
 * Connections of the environment and of the files the Python connector and the Snowflake CLI read, the default one first. Secrets in
 * them are not looked at. As with those tools `connections.toml` takes the place of the connections in `config.toml`, which says the
 * default, and `SNOWFLAKE_CONNECTIONS_<NAME>_<KEY>` the place of single values.
 * Source: Snowflake, "Managing Snowflake connections".
 * @throws Error naming a file that cannot be read
 */
export function knownConnections(environment: NodeJS.ProcessEnv = process.env): KnownConnection[] {
  const folder = configurationFolder(environment);
  const config = readToml(join(folder, "config.toml"));
  const own = readToml(join(folder, "connections.toml"));
  const file = own === undefined ? "config.toml" : "connections.toml";
  const entries = Object.entries((own ?? entryOf(config?.connections)) as Entry);
  const connections = new Map<string, { source: string; entry: Entry }>();
  for (const [name, entry] of entries) connections.set(name, { source: `${file} [${name}]`, entry: entryOf(entry) });
  for (const [name, entry] of overrides(environment, [...connections.keys()])) {
    const { source = `SNOWFLAKE_CONNECTIONS_${name.toUpperCase()}_ACCOUNT`, entry: before = {} } =
      connections.get(name) ?? {};
    connections.set(name, { source, entry: { ...before, ...entry } });
  }
  const chosen = text(environment.SNOWFLAKE_DEFAULT_CONNECTION_NAME) ?? text(config?.default_connection_name);
  const standard = (chosen ?? "default").toLowerCase();
  const found = [...connections].flatMap(([name, { source, entry }]) =>
    connectionOf({ source, name, isDefault: name.toLowerCase() === standard }, entry),
  );
  const { SNOWFLAKE_ACCOUNT: account, SNOWFLAKE_USER, SNOWFLAKE_USERNAME } = environment;
  const { SNOWFLAKE_PRIVATE_KEY_PATH, SNOWFLAKE_PRIVATE_KEY_FILE } = environment;
  const generic = connectionOf(
    { source: "SNOWFLAKE_ACCOUNT", isDefault: false },
    {
      account,
      user: SNOWFLAKE_USER || SNOWFLAKE_USERNAME,
      private_key_file: SNOWFLAKE_PRIVATE_KEY_FILE || SNOWFLAKE_PRIVATE_KEY_PATH,
    },
  );
  return [...generic, ...found.filter(({ isDefault }) => isDefault), ...found.filter(({ isDefault }) => !isDefault)];
}

const entryOf = (value: unknown): Entry =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Entry) : {};

function connectionOf(where: Pick<KnownConnection, "source" | "name" | "isDefault">, entry: Entry): KnownConnection[] {
  const account = text(entry.account);
  if (account === undefined) return [];
  const keyed = [entry.private_key_file, entry.private_key_path, entry.private_key_raw, entry.private_key].some(text);
  const hasKey = keyed || text(entry.authenticator)?.toUpperCase() === "SNOWFLAKE_JWT";
  return [{ ...where, account, user: text(entry.user) ?? text(entry.username), hasKey }];
}

const VARIABLE = /^SNOWFLAKE_CONNECTIONS_(.+)_(ACCOUNT|USER|USERNAME|AUTHENTICATOR|PRIVATE_KEY_FILE|PRIVATE_KEY_PATH)$/;

/** Values of the environment by the name of their connection, spelled as in the file where it is there. */
function overrides(environment: NodeJS.ProcessEnv, names: readonly string[]): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const [variable, value] of Object.entries(environment)) {
    const [, written, key] = VARIABLE.exec(variable) ?? [];
    if (written === undefined || key === undefined || !value) continue;
    const name = names.find((known) => known.toUpperCase() === written.toUpperCase()) ?? written.toLowerCase();
    found.set(name, { ...found.get(name), [key.toLowerCase()]: value });
  }
  return found;
}

/** Source: Snowflake, "Configuring Snowflake CLI", location of the configuration files. */
function configurationFolder(environment: NodeJS.ProcessEnv): string {
  if (environment.SNOWFLAKE_HOME) return environment.SNOWFLAKE_HOME.replace(/^~(?=\/|$)/, homeOf(environment));
  const home = homeOf(environment);
  const common = join(home, ".snowflake");
  if (existsSync(common)) return common;
  if (process.platform === "darwin") return join(home, "Library", "Application Support", "snowflake");
  if (process.platform === "win32") return join(home, "AppData", "Local", "snowflake");
  return join(environment.XDG_CONFIG_HOME || join(home, ".config"), "snowflake");
}

const homeOf = ({ HOME }: NodeJS.ProcessEnv): string => HOME || homedir();

function readToml(path: string): Entry | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Error(
      `${path} cannot be read: ${(error as Error).message.split("\n")[0]}. Mend it, or name the account with --account and --user`,
    );
  }
}
