import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The lines of a corpus file; escapes are those of JSON. */
export const corpusLines = (file: string): string[] =>
  readFileSync(join(__dirname, "corpus", file), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("# "));

/** What an escaped line stands for. */
export const unescaped = (line: string): string =>
  line.replace(/\\(?:[\\ntrf]|u[0-9a-f]{4})/g, (written) => JSON.parse(`"${written}"`));

/** Lines `CODES | statement`. */
export const judgedLines = (file: string): { codes: string[]; line: string; text: string }[] =>
  corpusLines(file).map((written) => {
    const [codes = "", line = ""] = written.split(/ \| (.*)/);
    return { codes: codes.split(",").sort(), line, text: unescaped(line) };
  });
