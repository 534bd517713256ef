import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { judge, type LawSettings } from "../../law/index";
import { UnreadableInput } from "./files";

/** Answers each line `{id, sql}` with a line `{id, findings}`, in order; nothing else goes to standard output. */
export async function answerLines(file: string, settings: LawSettings): Promise<number> {
  const input = file === "-" ? process.stdin : createReadStream(file);
  let number = 0;
  let found = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === "") continue;
    const { id, sql } = parseLine(line, number);
    const { findings, remarks } = judge([{ text: sql }], { settings });
    found += findings.length;
    process.stdout.write(`${JSON.stringify({ id, findings, ...(remarks.length > 0 && { remarks }) })}\n`);
  }
  return found;
}

function parseLine(line: string, number: number): { id: unknown; sql: string } {
  try {
    const { id, sql } = JSON.parse(line);
    if (typeof sql === "string") return { id, sql };
  } catch {
    // told below, with the line
  }
  throw new UnreadableInput(`Line ${number} is not {"id": …, "sql": "…"}: ${line.slice(0, 80)}`);
}
