import { once } from "node:events";
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/**
 * Judges the text of each file (`-` is standard input) and sets exit code 1 when one is judged wrong. Throws at the end when some
 * could not be read, naming each.
 */
export function judgeTexts(files: readonly string[], isWrong: (file: string, text: string) => boolean): void {
  const unread: string[] = [];
  let wrong = false;
  for (const file of files) {
    let text: string;
    try {
      text = readFileSync(file === "-" ? 0 : file, "utf8").replace(/^\ufeff/, "");
    } catch (error) {
      unread.push(whyUnread(file, error as NodeJS.ErrnoException));
      continue;
    }
    wrong = isWrong(file, text) || wrong;
  }
  process.exitCode = wrong ? 1 : 0;
  if (unread.length > 0) throw new Error(unread.join("\n"));
}

function whyUnread(file: string, { code, message }: NodeJS.ErrnoException): string {
  if (file === "") return "A name of a file is empty.";
  if (code === "ENOENT") return `No file ${file}.`;
  if (code === "EISDIR") return `${file} is a folder; name the files in it.`;
  return `${file} cannot be read: ${message}`;
}

/** Answers every line of a JSON Lines file with one line, in order; a line that is no object of the right shape is answered with an error. */
export async function answerLines(file: string, field: string, answer: (text: string) => object): Promise<void> {
  const input = file === "-" ? process.stdin : createReadStream(file, "utf8");
  await once(input, "readable").catch((error) => Promise.reject(new Error(whyUnread(file, error))));
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === "") continue;
    process.stdout.write(`${JSON.stringify(answerLine(line.replace(/^\ufeff/, ""), number, field, answer))}\n`);
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
