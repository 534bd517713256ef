import { Spool } from "../../client/spool/spool";
import { recordsOf } from "./records";

/** Appends numbered events until it is killed; prints the number of each that is acknowledged. */
async function main(folder: string): Promise<void> {
  const spool = await Spool.open({ folder, segmentBytes: 64 << 10 });
  for (let n = 0; ; n += 5) {
    await Promise.all(
      [0, 1, 2, 3, 4].map((i) => spool.append(recordsOf([JSON.stringify({ n: n + i, fill: "x".repeat(n % 700) })]))),
    );
    process.stdout.write(`${n + 4}\n`);
  }
}

void main(process.argv[2] as string);
