import { cacheLayout } from "../../toolchain/cacheLayout";
import { install, planOf, smallPiece } from "./fakePieces";

/**
 * `installInChild CACHE LOG SLOW_MS`: installs piece `first` at once and piece `second` in so many ms,
 * as another process than the test's. Prints its progress.
 */
async function main([cacheDir = "", log = "", slow = "0"]: string[]): Promise<void> {
  const wait = () => new Promise<void>((resolve) => setTimeout(resolve, Number(slow)));
  const plan = planOf(smallPiece("first", log), smallPiece("second", log, wait));
  const { progress } = await install(cacheLayout(cacheDir), plan);
  console.log(progress.join("\n"));
}

void main(process.argv.slice(2));
