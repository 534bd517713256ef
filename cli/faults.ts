import "./terminal/environment";

import { InvalidArgumentError } from "commander";
import { faultRun } from "./faults/faultRun";
import { command } from "./terminal/command";
import { CommandError, runCommand } from "./terminal/fail";
import { count } from "./terminal/progressBar";
import { Stage } from "./terminal/stage";

const whole = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("A whole number is expected.");
  return Number(text);
};

const program = command("faults")
  .description(
    "Producers on an unreliable machine, a line that breaks, both ends killed: whether every acknowledged event is in EVENTS once. Exit code 1 when one is lost or doubled.",
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
      const { lost, duplicated } = result;
      const kinds = Object.entries(result.faults).toSorted(([, a], [, b]) => b - a);
      const said = [
        kinds.map(([kind, struck]) => `${kind} ${count(struck)}`).join(", "),
        `${count(result.acknowledged)} acknowledged, ${count(result.events)} in EVENTS`,
        `${lost.length} lost, ${duplicated.length} duplicated`,
        `${count(result.copies)} more in RAW_EVENTS, each of an event that is there`,
      ].join("; ");
      if (lost.length + duplicated.length === 0) return stage.done(said);
      stage.failed();
      throw new CommandError(`${said}\nlost: ${lost.slice(0, 5)}\nduplicated: ${duplicated.slice(0, 5)}`);
    }),
  );

void program.parseAsync();
