import "./terminal/environment";

import { Option } from "commander";
import { lawCommand } from "./law/lawCommand";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";

/** Not 1, which says that there are findings. */
const UNREAD = 2;

const program = command("law")
  .description("Hold SQL files, an exported stack or a live account against the Two-Table Law.")
  .argument(
    "[paths...]",
    "files, folders (every .sql and Pulumi.<stack>.yaml below), glob patterns, or - for standard input",
  )
  .option("--state <file>", "an exported stack: pulumi stack export > FILE; - for standard input")
  .option("--live", "the account of the environment, of --stack, or the one `npm start` runs")
  .option("--stack <stack>", "with --live: the stack whose account is read")
  .option(
    "--role <role>",
    "with --live: a role that sees all of the database (default SNOWFLAKE_ROLE or the deployer's)",
  )
  .option("--config <file>", 'as for the policy pack: { "law": { "database": … }, "tt09": "advisory", … }')
  .option("--jsonl <file>", "for tools: lines {id, sql}, answered as lines {id, findings}; - for standard input")
  .option("--database <name>", "the governed database (default CLAUDE_BI)")
  .addOption(new Option("--format <format>").choices(["human", "json", "sarif", "github"]).default("human"))
  .option("--explain <code>", "what a rule means, with examples")
  .addHelpText("after", "\nExit codes: 0 no finding but advisory ones, 1 findings, 2 something could not be read.")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : UNREAD))
  .action((paths: string[], flags) => runCommand(() => lawCommand(paths, flags), UNREAD));

// Whoever reads the report may stop before its end.
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) =>
  code === "EPIPE" ? process.exit() : process.exit(UNREAD),
);

void program.parseAsync();
