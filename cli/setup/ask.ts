import { confirm, input, select } from "@inquirer/prompts";
import { CommandError } from "../terminal/fail";
import type { KnownConnection } from "./knownConnections";

export interface SetupFlags {
  stack?: string;
  account?: string;
  user?: string;
  privateKey?: string;
  /** By which the stack is deployed. */
  accountRole?: string;
  /** Ask nothing: what is not given has its default, or is an error. */
  yes?: boolean;
}

export interface Answers {
  stack: string;
  /** Absent for the stack `local`, which needs none. */
  account?: string;
  user?: string;
}

/** Asks for what the flags leave open; offers what other tools know already. */
export async function ask(flags: SetupFlags, known: readonly KnownConnection[]): Promise<Answers> {
  const quiet = flags.yes || !process.stdin.isTTY;
  const stack = flags.stack ?? (quiet ? "local" : await askStack());
  if (stack === "local") return { stack };
  const [first] = known;
  if (quiet) {
    const account = flags.account ?? first?.account;
    const user = flags.user ?? (account === first?.account ? first?.user : undefined);
    const missing = [account ? "" : "--account", user ? "" : "--user"].filter(Boolean);
    if (missing.length > 0) {
      throw new CommandError(
        `Missing ${missing.join(" and ")}: nothing was found in the environment or in ~/.snowflake, and nobody can be asked`,
      );
    }
    return { stack, account, user };
  }
  const chosen = flags.account ? undefined : await askConnection(known);
  return {
    stack,
    account:
      flags.account ?? chosen?.account ?? (await input({ message: "Account (ORGANIZATION-ACCOUNT)", required: true })),
    user: flags.user ?? chosen?.user ?? (await input({ message: "User that deploys", default: "TWO_TABLE_DEPLOY" })),
  };
}

const askStack = () =>
  select({
    message: "What is set up?",
    choices: [
      { value: "local", name: "local: the embedded server on this machine" },
      { value: "dev", name: "dev: a Snowflake account, its objects end in _DEV" },
      { value: "prod", name: "prod: a Snowflake account" },
    ],
  });

async function askConnection(known: readonly KnownConnection[]): Promise<KnownConnection | undefined> {
  if (known.length === 0) return undefined;
  return select<KnownConnection | undefined>({
    message: "Which account?",
    choices: [
      ...known.map((value) => ({
        value,
        name: `${value.account}${value.user ? ` as ${value.user}` : ""} (${value.source})`,
      })),
      { value: undefined, name: "another one" },
    ],
  });
}

/** Whether the administrator has run the statements. */
export const askWhetherDone = () => confirm({ message: "Has an administrator run them? (checks the connection)" });
