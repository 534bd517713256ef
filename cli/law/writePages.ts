import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RULES, rulePage } from "../../law/index";

const folder = join(__dirname, "..", "..", "docs", "law");

mkdirSync(folder, { recursive: true });
for (const rule of RULES) writeFileSync(join(folder, `${rule.code}.md`), rulePage(rule));
