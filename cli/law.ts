import { Command, Option } from "commander";
import { lawCommand } from "./law/lawCommand";
import { runCommand } from "./terminal/fail";

const program = new Command("law")
  .description("Hold SQL files, an exported stack or a live account against the Two-Table Law.")
  .argument("[paths...]", "files, folders (every .sql below), glob patterns, or - for standard input")
  .option("--state <file>", "an exported stack: pulumi stack export > FILE")
  .option("--jsonl <file>", "for tools: lines {id, sql}, answered as lines {id, findings}; - for standard input")
  .option("--database <name>", "the governed database (default CLAUDE_BI)")
  .addOption(new Option("--format <format>").choices(["human", "json", "sarif", "github"]).default("human"))
  .option("--explain <code>", "what a rule means, with examples")
  .addHelpText("after", "\nExit codes: 0 no finding, 1 findings, 2 something could not be read.")
  .action((paths: string[], flags) => runCommand(() => lawCommand(paths, flags)));

void program.parseAsync();
