import "./terminal/environment";

import { InvalidArgumentError, Option } from "commander";
import { type LoadFlags, loadCommand } from "./load/loadCommand";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";

const collect = (value: string, earlier: string[] = []) => [...earlier, value];

const separator = (text: string): string => {
  const character = /^(tab|\\t)$/i.test(text) ? "\t" : text;
  if (!/^[^"\r\n]$/.test(character)) throw new InvalidArgumentError("One character, or tab, is expected.");
  return character;
};

const program = command("load")
  .description(
    "Load events into the warehouse: NDJSON or CSV files (plain or gzip), standard input (-), or the history of a git repository.",
  )
  .argument("[files...]", "files with one JSON event per line, or CSV with a header line")
  .option("--git <path>", "load commits, landings and file changes of a repository (repeatable)", collect)
  .option("--lane <lane>", "source lane of the events (default DIRECT)")
  .option("--stack <stack>", "the stack to load into (default: the account of .env, else what `npm start` runs)")
  .addOption(new Option("--format <format>", "of the files; default by name").choices(["ndjson", "csv"]))
  .option("--delimiter <character>", "CSV: what separates cells, or tab; default a comma, for .tsv a tab", separator)
  .option(
    "--map <field=column>",
    "CSV: which column is a field; attributes.price:number=price for other types than text (repeatable)",
    collect,
  )
  .option(
    "--set <field=value>",
    "CSV: the same value in every event, such as action=order.placed (repeatable)",
    collect,
  )
  .option("--assume-offset <offset>", "for times without one, such as +01:00")
  .option("--recv-at <time>", "when the events count as received (default now); the same time again adds nothing")
  .option("--rejected <file>", "where rejected lines go (default: next to the file, .rejected.ndjson)")
  .addOption(
    new Option("--actors <how>", "git: what a person's id is made of").choices(["hash", "email"]).default("hash"),
  )
  .option("--dry-run", "check everything, send nothing; exit code 1 if something would be rejected")
  .option("--restart", "load from the beginning although an earlier load can be continued")
  .action((files: string[], flags: LoadFlags) => runCommand(() => loadCommand(files, flags)));

void program.parseAsync();
