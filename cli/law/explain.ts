import { RULES } from "../../law/index";
import { UnreadableInput } from "./files";

/** What a rule means, for the terminal. */
export function explainRule(code: string): string {
  const rule = RULES.find((candidate) => candidate.code === code.toUpperCase());
  if (!rule)
    throw new UnreadableInput(`No rule ${code}; there are ${RULES.map((candidate) => candidate.code).join(", ")}.`);
  const list = (texts: readonly string[]) => texts.map((text) => `  ${text}`).join("\n");
  return `${rule.code}  ${rule.title}\n\n${rule.why}\n\nBreaks it:\n${list(rule.examples.fail)}\n\nKeeps it:\n${list(rule.examples.pass)}`;
}
