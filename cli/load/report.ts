import { count, counted } from "../terminal/progressBar";
import type { DryRunResult } from "./dryRun";
import type { LoadResult } from "./load";
import type { Rejection } from "./rejectedFile";
import type { Source, SourceError } from "./source";

/** Says what became of a source that was loaded. */
export function reportLoad(source: Source, result: LoadResult): void {
  const { accepted, deadLettered, rejected, recvAt, wasLoaded, brokenOff } = result;
  const isNothing = accepted + deadLettered + rejected === 0;
  if (brokenOff !== undefined) reportFailure(brokenOff);
  if (brokenOff !== undefined && isNothing) return;
  if (wasLoaded && isNothing) {
    console.log(`${source.name}: nothing new since it was loaded (--restart loads everything again, as new events)`);
    return;
  }
  console.log(`${source.name}: ${counted(accepted, "event")} loaded${before(brokenOff)}, received at ${recvAt}`);
  if (deadLettered > 0)
    console.log(
      `  ${count(deadLettered)} more ${deadLettered === 1 ? "is" : "are"} in MCP.DEAD_LETTERS with the reason`,
    );
  if (rejected === 0) return;
  console.log(`  ${count(rejected)} rejected, kept in ${result.rejectedFile}:`);
  printRejections(result.firstRejections, rejected);
}

/** Says what would become of a source. */
export function reportDryRun(source: Source, { valid, rejected, first, brokenOff }: DryRunResult): void {
  if (brokenOff !== undefined) reportFailure(brokenOff);
  if (brokenOff !== undefined && valid + rejected === 0) return;
  console.log(
    `${source.name}: ${counted(valid, "valid event")}${before(brokenOff)}, ${count(rejected)} would be rejected; nothing was sent`,
  );
  printRejections(first, rejected);
}

/** Says why a source cannot be read, or not to its end. */
export function reportFailure({ message }: Error): void {
  process.stderr.write(`${printable(message)}\n`);
}

/** What a file holds moves no cursor and colours nothing. */
const printable = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

const before = (brokenOff: SourceError | undefined): string => (brokenOff === undefined ? "" : " before it breaks off");

function printRejections(first: readonly Rejection[], total: number): void {
  for (const { line, problems } of first) console.log(`  line ${line}: ${printable(problems.join("; "))}`);
  if (total > first.length) console.log(`  … and ${count(total - first.length)} more`);
}
