import "./terminal/environment";

import { Command } from "commander";
import type { SetupFlags } from "./setup/ask";
import { ACCOUNT_ROLE } from "./setup/bootstrapSql";
import { setup } from "./setup/setup";
import { runCommand } from "./terminal/fail";

const program = new Command("setup")
  .description(
    "Set up a stack: finds known accounts, makes a key pair, writes .env and the stack's configuration, prints what an administrator runs. Safe to run again.",
  )
  .option("--stack <stack>", "local, dev, prod or a name of your own (default local)")
  .option("--account <account>", "ORGANIZATION-ACCOUNT")
  .option("--user <user>", "the user that deploys")
  .option("--private-key <file>", "use this key (PEM) instead of making one")
  .option(
    "--account-role <role>",
    `ACCOUNTADMIN, which makes the resource monitor too, or a role that the statements make (default ${ACCOUNT_ROLE})`,
  )
  .option("--yes", "ask nothing")
  .action((flags: SetupFlags) => runCommand(() => setup(flags)));

void program.parseAsync();
