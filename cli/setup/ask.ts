import { confirm, input, select } from "@inquirer/prompts";
import { CommandError } from "../terminal/fail";
import { accountName } from "./accountName";
import type { KnownConnection } from "./knownConnections";

export interface SetupFlags {
  stack?: string;
  /** Name of a connection that other Snowflake tools know. */
  connection?: string;
  account?: string;
  user?: string;
  privateKey?: string;
  /** By which the stack is deployed. */
  accountRole?: string;
  /** Ask nothing: what is not given has its default, or is an error. */
  yes?: boolean;
}

/** Whom a stack is deployed as, and where. */
export interface Deployer {
  account: string;
  user: string;
  /** Whether that user logs in by a key pair already, as far as anybody knows. */
  hasKey: boolean;
}

/** What is known before anybody is asked. */
export interface Known {
  /** What the stack's configuration says. */
  kept: { account?: string; user?: string };
  /** Read when it is needed: what is wrong with those files is nothing to whoever names account and user. */
  connections: () => readonly KnownConnection[];
}

export const isQuiet = ({ yes }: SetupFlags): boolean => yes === true || !process.stdin.isTTY;

/** Which stack, by flag or by asking. */
export async function askStack(flags: SetupFlags): Promise<string> {
  if (flags.stack !== undefined) return flags.stack;
  if (isQuiet(flags)) return "local";
  return select({
    message: "What is set up?",
    choices: [
      { value: "local", name: "local: the embedded server on this machine" },
      { value: "dev", name: "dev: a Snowflake account, its objects end in _DEV" },
      { value: "prod", name: "prod: a Snowflake account" },
    ],
  });
}

/**
 * Asks for what the flags leave open; offers what the stack's configuration and other tools know already.
 * @throws CommandError when nobody can be asked and it is not clear
 */
export async function askDeployer(flags: SetupFlags, known: Known): Promise<Deployer> {
  const quiet = isQuiet(flags);
  const chosen = await chooseConnection(flags, known, quiet);
  const given = flags.account ?? chosen?.account;
  const hint = chosen?.user;
  if (quiet) {
    const user = flags.user ?? hint;
    const missing = [given ? "" : "--account", user ? "" : "--user"].filter(Boolean);
    if (given === undefined || user === undefined) {
      const where =
        chosen === undefined ? "nothing was found in the environment or in ~/.snowflake" : `${chosen.source} says none`;
      throw new CommandError(`Missing ${missing.join(" and ")}: ${where}, and nobody can be asked`);
    }
    return { account: accountName(given), user, hasKey: keyed(chosen, user) };
  }
  const account = accountName(
    given ?? (await input({ message: "Account (ORGANIZATION-ACCOUNT)", required: true, validate: isAccount })),
  );
  const user =
    flags.user ?? hint ?? (await input({ message: "User that deploys", default: "TWO_TABLE_DEPLOY", required: true }));
  return { account, user, hasKey: keyed(chosen, user) };
}

type Chosen = Omit<KnownConnection, "isDefault" | "name">;

const keyed = (chosen: Chosen | undefined, user: string): boolean =>
  chosen?.hasKey === true && chosen.user?.toUpperCase() === user.toUpperCase();

function isAccount(text: string): true | string {
  try {
    accountName(text);
    return true;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Where account and user come from when the flags do not say. */
async function chooseConnection(flags: SetupFlags, known: Known, quiet: boolean): Promise<Chosen | undefined> {
  if (flags.connection !== undefined) return named(flags.connection, known.connections());
  if (flags.account !== undefined) return sameAccount(flags, known);
  const { account, user } = known.kept;
  if (account) return { source: "the stack's configuration", account, user, hasKey: false };
  const connections = known.connections();
  if (!quiet) return askConnection(connections);
  const [first] = connections;
  // SNOWFLAKE_ACCOUNT, or what the tools take by default, comes first. Anything else would be a guess.
  const isClear = first === undefined || first.name === undefined || first.isDefault || connections.length === 1;
  if (isClear) return first;
  const names = connections.map(({ name, account: at }) => `${name} (${at})`);
  throw new CommandError(
    `Several accounts are known and none is the default: ${names.join(", ")}. Choose one with --connection NAME, or name --account and --user`,
  );
}

/** The user known for an account that was named. */
function sameAccount({ account = "", user }: SetupFlags, { kept, connections }: Known): Chosen | undefined {
  if (user !== undefined) return undefined;
  const wanted = accountName(account);
  const candidates: Chosen[] = [
    ...(kept.account ? [{ source: "", account: kept.account, user: kept.user, hasKey: false }] : []),
    ...connections(),
  ];
  return candidates.find(
    (candidate) => isAccount(candidate.account) === true && accountName(candidate.account) === wanted,
  );
}

function named(name: string, connections: readonly KnownConnection[]): KnownConnection {
  const found = connections.find((known) => known.name?.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const names = connections.flatMap((known) => (known.name === undefined ? [] : [known.name]));
  throw new CommandError(
    `No connection ${JSON.stringify(name)} with an account is known; ${names.length === 0 ? "there is none in ~/.snowflake" : `known are ${names.join(", ")}`}`,
  );
}

async function askConnection(known: readonly KnownConnection[]): Promise<KnownConnection | undefined> {
  if (known.length === 0) return undefined;
  return select<KnownConnection | undefined>({
    message: "Which account?",
    choices: [
      ...known.map((value) => ({
        value,
        name: `${value.account}${value.user ? ` as ${value.user}` : ""} (${value.source}${value.isDefault ? ", the default" : ""})`,
      })),
      { value: undefined, name: "another one" },
    ],
  });
}

/** Whether the administrator has run the statements. */
export const askWhetherDone = () => confirm({ message: "Has an administrator run them? (checks the connection)" });
