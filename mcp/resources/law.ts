import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { TextResource } from "./resource";

const PAGES = resolve(__dirname, "..", "..", "docs", "law");

/** Why there are two tables, and what keeps it so. */
export const lawResource: TextResource = {
  name: "law",
  uri: "warehouse://law",
  title: "The Two-Table Law",
  description: "What may exist in the warehouse and what may not: two tables, all else a view, a procedure or an event",
  mimeType: "text/markdown",
  text: ({ queries: { outputs } }) => `# The Two-Table Law

${outputs.database} holds exactly two tables: \`${outputs.tables.rawEvents}\`, to which events are only ever added, and \`${outputs.tables.events}\`, a dynamic
table that reads each event once. All else is a view, a procedure or an event: permissions, settings and alerts too. An
answer that needs a new table is answered by a new kind of event or a view.

${rules()}
`,
};

/** The rules, one heading each, as their pages say them. */
function rules(): string {
  if (!existsSync(PAGES)) return "";
  return readdirSync(PAGES)
    .filter((name) => /^TT\d+\.md$/.test(name))
    .sort()
    .map((name) => readFileSync(join(PAGES, name), "utf8").trim().replace(/^#/gm, "##"))
    .join("\n\n");
}
