import { createInterface } from "node:readline";
import { asConfigured, enabledRules, judge, type LawSettings, type RuleConfigs } from "../../law/index";
import { readText } from "./files";

/** How many lines had findings or could not be read. */
export interface Answered {
  findings: number;
  unread: number;
}

/**
 * Answers each line `{id, sql}` with a line `{id, findings}`, in order, with exceptions and remarks where there are any; a line
 * that is none is answered with its error, which also goes to standard error. Nothing else goes to standard output.
 */
export async function answerLines(file: string, settings: LawSettings, configs: RuleConfigs): Promise<Answered> {
  const rules = enabledRules(configs);
  const answered: Answered = { findings: 0, unread: 0 };
  let number = 0;
  for await (const line of await linesOf(file)) {
    number++;
    if (line.trim() === "") continue;
    const { id, sql, error } = parseLine(line, number);
    if (sql === undefined) {
      answered.unread++;
      process.stderr.write(`${error}\n`);
      process.stdout.write(`${JSON.stringify({ id, error })}\n`);
      continue;
    }
    const { findings, exceptions, remarks } = asConfigured(judge([{ text: sql }], { settings, rules }), configs);
    answered.findings += findings.filter(({ severity }) => severity === "error").length;
    const listed = { ...(exceptions.length > 0 && { exceptions }), ...(remarks.length > 0 && { remarks }) };
    process.stdout.write(`${JSON.stringify({ id, findings, ...listed })}\n`);
  }
  return answered;
}

/** Standard input line by line as it comes: a tool may wait for each answer. */
const linesOf = async (file: string): Promise<AsyncIterable<string> | string[]> =>
  file === "-"
    ? createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
    : (await readText(file)).split(/\r?\n/);

function parseLine(line: string, number: number): { id: unknown; sql?: string; error?: string } {
  let id: unknown = null;
  try {
    const record = JSON.parse(line.replace(/^\ufeff/, ""));
    id = record?.id ?? null;
    if (typeof record?.sql === "string") return { id, sql: record.sql };
  } catch {
    // Told below, with the line.
  }
  return { id, error: `Line ${number} is not {"id": …, "sql": "…"}: ${line.slice(0, 80)}` };
}
