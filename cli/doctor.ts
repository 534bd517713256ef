import "./terminal/environment";

import { reportChecks } from "./checks/report";
import { doctor } from "./doctor/doctor";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";

const program = command("doctor")
  .description(
    "Look at versions, toolchain, ports, files and locks of this machine, and say what to do. Changes nothing.",
  )
  .option("--json", "print the results as JSON")
  .action((flags: { json?: boolean }) => runCommand(async () => reportChecks(await doctor(), flags.json)));

void program.parseAsync();
