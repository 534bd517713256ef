import "./terminal/environment";

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parityPage } from "./parity/page";
import { runProbes } from "./parity/runProbes";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";

const PAGE = join(__dirname, "..", "docs", "parity.md");

async function parity(): Promise<void> {
  const results = await runProbes();
  const faults = results.flatMap(({ outcomes }) => outcomes.filter(({ state }) => state === "fault"));
  if (faults.length > 0) {
    throw new Error(
      `Not as Snowflake answers, and not refused by name:\n${faults.map((f) => `- ${f.said}`).join("\n")}`,
    );
  }
  writeFileSync(PAGE, parityPage(results));
  const counts = results.map(({ area, outcomes }) => `${area.title}: ${outcomes.length}`);
  console.log(`docs/parity.md written. ${counts.join(", ")}.`);
}

const program = command("parity")
  .description(
    "Try every feature of the list on an embedded server and write docs/parity.md. Exit code 1 on a wrong answer.",
  )
  .action(() => runCommand(parity));

void program.parseAsync();
