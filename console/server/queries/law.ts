import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LawRule, LawState } from "../../api/law";
import { numberOrNull, text } from "../warehouse/rows";
import { nameOf, type Warehouse } from "../warehouse/warehouse";

/** Every table-like object of the database, violations first. */
export async function readLawState({ connection, outputs }: Warehouse): Promise<LawState> {
  const rows = await connection.query(
    `SELECT * FROM ${nameOf(outputs.views, "tableComplianceCheck")} ORDER BY IS_ALLOWED, SCHEMA_NAME, OBJECT_NAME`,
  );
  const objects = rows.map((row) => ({
    schema: text(row.SCHEMA_NAME),
    name: text(row.OBJECT_NAME),
    kind: text(row.OBJECT_KIND),
    isAllowed: row.IS_ALLOWED === true,
    verdict: text(row.VERDICT),
    rows: numberOrNull(row.ROW_COUNT),
    bytes: numberOrNull(row.BYTES),
  }));
  return { objects, violations: objects.filter(({ isAllowed }) => !isAllowed).length };
}

/** The rules, read from their pages. */
export async function readRules(folder: string | undefined): Promise<LawRule[]> {
  if (folder === undefined) return [];
  const files = (await readdir(folder)).filter((name) => /^TT\d+\.md$/.test(name)).sort();
  return Promise.all(files.map(async (name) => ruleOf(await readFile(join(folder, name), "utf8"))));
}

/** Reads a page: `# CODE: title`, a paragraph that says why, and examples under their headings. */
export function ruleOf(page: string): LawRule {
  const [, code = "", title = ""] = /^# (\w+): (.+)$/m.exec(page) ?? [];
  const [, why = ""] = /^# .+\n+([^#\n].*)$/m.exec(page) ?? [];
  return { code, title, why, breaks: examplesUnder(page, "Breaks it"), keeps: examplesUnder(page, "Keeps it") };
}

function examplesUnder(page: string, heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return [...section.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql = ""]) => sql.trim());
}
