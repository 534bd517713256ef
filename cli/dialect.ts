import { parseCommand } from "./dialect/parseCommand";
import { refreshabilityCommand } from "./dialect/refreshabilityCommand";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";

/** Not 1, which says that there is a mistake. */
const UNREAD = 2;

const program = command("dialect")
  .description("Read Snowflake SQL: what it says, and where it is wrong.")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : UNREAD));

program
  .command("parse")
  .description("Read files and show the place of every mistake.")
  .argument("[files...]", "SQL files; - for standard input")
  .option(
    "--jsonl <file>",
    "for tools: lines {id, sql}, answered as lines {id, ok, statements, error}; - for standard input",
  )
  .action((files: string[], flags) => runCommand(() => parseCommand(files, flags), UNREAD));

program
  .command("refreshability")
  .description("Tell whether a dynamic table with this query refreshes incrementally, and what stands in the way.")
  .argument("[files...]", "files with one query or one CREATE DYNAMIC TABLE each; - for standard input")
  .option("--jsonl <file>", "for tools: lines {id, query}, answered as lines {id, mode, reasons}; - for standard input")
  .action((files: string[], flags) => runCommand(() => refreshabilityCommand(files, flags), UNREAD));

program.addHelpText(
  "after",
  "\nExit codes: 0 all is well, 1 a mistake or FULL was found, 2 something could not be read.",
);

// Whoever reads the answers may stop before their end.
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) =>
  code === "EPIPE" ? process.exit() : process.exit(UNREAD),
);

void program.parseAsync();
