import type { Area } from "./probe";
import type { Outcome, State } from "./runProbes";

const WORDS: Record<Exclude<State, "fault">, string> = { works: "✔ works", partly: "◐ partly", refused: "✘ refused" };

const HEADER = `# What the embedded server does, and what it refuses

Written by \`npm run parity\`, which tries every line on a server of its own through the real driver: nothing here is a claim.
*Works* means that the statements ran and gave the answers Snowflake gives; *refused* that the server named what it does not
support. The test file holds the feature in depth. Beside drivers it answers the SQL API (\`POST /api/v2/statements\`, tokens of key pairs
and programmatic access tokens, [test](../tests/local/server/sqlApi.test.ts)). Digits of a second beyond the sixth are cut off. A transaction that has
changed more than 100 000 rows, or objects as well as rows, keeps all others from writing until its end; on Snowflake, and here
below that, only from updating and deleting rows of the same table. Results, errors and their codes are Snowflake's wherever they could
be found out.
`;

const escaped = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** The page `docs/parity.md`. */
export function parityPage(results: readonly { area: Area; outcomes: readonly Outcome[] }[]): string {
  const sections = results.map(({ area, outcomes }) => {
    const rows = outcomes.map(({ probe, state, said }) => {
      const word = WORDS[state as Exclude<State, "fault">];
      return `| ${escaped(probe.feature)} | ${word} | ${said ? escaped(said) : ""} | [${probe.witness.split("/").slice(2).join("/")}](../${probe.witness}) |`;
    });
    return [`## ${area.title}`, "", "| Feature | | Said | Test |", "| --- | --- | --- | --- |", ...rows].join("\n");
  });
  return `${[HEADER.trim(), ...sections].join("\n\n")}\n`;
}
