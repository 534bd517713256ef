import "./terminal/environment";

import { reportChecks } from "./checks/report";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";
import { validate } from "./validate/validate";

const program = command("validate")
  .description(
    "Check settings, connection, roles, deployed objects, the law and the refresh of a warehouse; exit code 1 when something is wrong.",
  )
  .option("--stack <stack>", "which one (default: the account of .env, else what `npm start` runs)")
  .option("--json", "print the results as JSON")
  .action((flags: { stack?: string; json?: boolean }) =>
    runCommand(async () => reportChecks(await validate(flags.stack), flags.json)),
  );

void program.parseAsync();
