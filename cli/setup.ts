import "./terminal/environment";

import type { SetupFlags } from "./setup/ask";
import { ACCOUNT_ROLE } from "./setup/bootstrapSql";
import { setup } from "./setup/setup";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";

const program = command("setup")
  .description(
    "Set up a stack: finds known accounts, makes a key pair, writes .env and the stack's configuration, prints what an administrator runs. Safe to run again.",
  )
  .option("--stack <stack>", "local, dev, prod or a name of your own (default local)")
  .option("--connection <name>", "take account and user of this connection of ~/.snowflake")
  .option("--account <account>", "ORGANIZATION-ACCOUNT, or the address of Snowsight")
  .option("--user <user>", "the user that deploys")
  .option(
    "--private-key <file>",
    "use this RSA key (PEM) instead of making one; of an encrypted one SNOWFLAKE_PRIVATE_KEY_PASSPHRASE is the passphrase",
  )
  .option(
    "--account-role <role>",
    `ACCOUNTADMIN, which makes the resource monitor too, or a role that the statements make (default ${ACCOUNT_ROLE})`,
  )
  .option("--yes", "ask nothing")
  .action((flags: SetupFlags) => runCommand(() => setup(flags)));

void program.parseAsync();
