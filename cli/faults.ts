import "./terminal/environment";

import { Command, InvalidArgumentError } from "commander";
import { faultRun } from "./faults/faultRun";
import { CommandError, runCommand } from "./terminal/fail";
import { count } from "./terminal/progressBar";
import { Stage } from "./terminal/stage";

const whole = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("A whole number is expected.");
  return Number(text);
};

const program = new Command("faults")
  .description(
    "A producer, a line that breaks, a server and a producer that are killed: whether every acknowledged event is in EVENTS once. Exit code 1 when one is lost or doubled.",
  )
  .option("--faults <n>", "how many faults befall the run", whole, 500)
  .option("--seed <n>", "which faults", whole, 1)
  .action((flags: { faults: number; seed: number }) =>
    runCommand(async () => {
      const stage = new Stage(`${count(flags.faults)} faults, seed ${flags.seed}`);
      const result = await faultRun({
        ...flags,
        onProgress: (struck, acknowledged) =>
          stage.update(`${count(struck)} so far, ${count(acknowledged)} events acknowledged`),
      }).catch((error: Error) => {
        stage.failed();
        throw error;
      });
      const { line, server, producer } = result.faults;
      const { lost, duplicated } = result;
      const said = [
        `line ${count(line)}, server killed ${count(server)}, producer killed ${count(producer)}`,
        `${count(result.acknowledged)} acknowledged, ${count(result.events)} in EVENTS`,
        `${lost.length} lost, ${duplicated.length} duplicated`,
      ].join("; ");
      if (lost.length + duplicated.length === 0) return stage.done(said);
      stage.failed();
      throw new CommandError(`${said}\nlost: ${lost.slice(0, 5)}\nduplicated: ${duplicated.slice(0, 5)}`);
    }),
  );

void program.parseAsync();
