import "./terminal/environment";

import { InvalidArgumentError } from "commander";
import { type SmokeFlags, smoke } from "./smoke/smoke";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";

const rows = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("A whole number is expected.");
  return Number(text);
};

const program = command("smoke")
  .description(
    "Deploy, load, wait, check, deploy again, destroy: the whole loop in a temporary folder, one line per step. Exit code 1 on any miss.",
  )
  .option("--events <file>", "load this file as one batch in one lane (default: the history of this repository)")
  .option("--expect <n>", "number of rows in EVENTS (default: the distinct ids computed here)", rows)
  .option("--call <sql>", "run one more statement at the end, print its result, fail if it fails")
  .option("--keep", "leave it running and print the address")
  .action((flags: SmokeFlags) => runCommand(() => smoke(flags)));

void program.parseAsync();
