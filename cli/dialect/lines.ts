import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** The text of a file; `-` is standard input. */
export function readText(file: string): string {
  return readFileSync(file === "-" ? 0 : file, "utf8").replace(/^\ufeff/, "");
}

/** Answers every line of a JSON Lines file with one line, in order; a line that is no object of the right shape is answered with an error. */
export async function answerLines(file: string, field: string, answer: (text: string) => object): Promise<void> {
  const input = file === "-" ? process.stdin : createReadStream(file, "utf8");
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === "") continue;
    process.stdout.write(`${JSON.stringify(answerLine(line, number, field, answer))}\n`);
  }
}

function answerLine(line: string, number: number, field: string, answer: (text: string) => object): object {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(line) as Record<string, unknown>;
  } catch (error) {
    return { id: null, ok: false, error: { message: `line ${number} is not JSON: ${(error as Error).message}` } };
  }
  const id = record?.id ?? null;
  const text = record?.[field];
  if (typeof text !== "string")
    return {
      id,
      ok: false,
      error: { message: `line ${number}: expected {"id": …, "${field}": "…"}, found no text in ${field}` },
    };
  return { id, ...answer(text) };
}
