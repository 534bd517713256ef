import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { cacheLayout } from "../../toolchain/cacheLayout";
import { install, planOf, smallPiece } from "./fakePieces";

/**
 * `installInChild CACHE LOG GATE`: installs piece `first` at once and piece `second` as soon as the file GATE exists,
 * as another process than the test's. Prints its progress as it comes.
 */
async function main([cacheDir = "", log = "", gate = ""]: string[]): Promise<void> {
  const wait = async () => {
    while (!existsSync(gate)) await setTimeout(20);
  };
  const plan = planOf(smallPiece("first", log), smallPiece("second", log, wait));
  await install(cacheLayout(cacheDir), plan, { onProgress: (line) => process.stdout.write(`${line}\n`) });
}

void main(process.argv.slice(2));
