import { MAX_LINE_BYTES, readLines, type TextLine } from "./lines";

/** One record of a CSV file, or why it is none. */
export interface CsvRecord {
  /** Line in which it begins, counted from 1. */
  line: number;
  cells: readonly string[];
  /** As it stands in the file. */
  text: string;
  problem?: string;
  /** No line feed ends it. */
  isOpen?: boolean;
}

/**
 * Cuts CSV (RFC 4180) into records in bounded memory. A cell in quotes may hold delimiters, doubled quotes and line breaks. A record that
 * breaks the rules is told of and costs only its own line: a quote that is never closed does not swallow what follows.
 */
export async function* readCsvRecords(bytes: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<CsvRecord> {
  const lines = readLines(bytes, { whole: true });
  /** Read ahead for a record that was none. */
  let again: TextLine[] = [];
  let place = 0;
  const next = async (): Promise<TextLine | undefined> =>
    place < again.length ? again[place++] : (await lines.next()).value || undefined;
  for (let line = await next(); line !== undefined; line = await next()) {
    if (line.problem !== undefined) {
      yield { line: line.line, cells: [], text: line.text, problem: line.problem, ...isOpen(line) };
      continue;
    }
    const taken: TextLine[] = [];
    let text = line.text;
    let found = splitRecord(text, delimiter);
    let size = text.length;
    while (found === "open") {
      const more = await next();
      if (more !== undefined) taken.push(more);
      size += more?.text.length ?? 0;
      if (more === undefined || more.problem !== undefined || size > MAX_LINE_BYTES) break;
      // Doubled quotes, and a cell that ends where the next one begins, leave it open.
      if ((more.text.split('"').length - 1) % 2 === 0) continue;
      text = [line, ...taken].map((part) => part.text).join("\n");
      found = splitRecord(text, delimiter);
    }
    const end = isOpen(taken.at(-1) ?? line);
    if (found === "open") {
      again = taken.concat(again.slice(place));
      place = 0;
      const problem = `not CSV: a quote is opened in line ${line.line} and never closed`;
      yield { line: line.line, cells: [], text: withoutReturn(line.text), problem };
    } else if ("problem" in found) {
      yield { line: line.line, cells: [], text: withoutReturn(text), problem: `not CSV: ${found.problem}`, ...end };
    } else if (found.cells.length > 1 || found.cells[0] !== "") {
      yield { line: line.line, cells: found.cells, text: withoutReturn(text), ...end };
    }
  }
}

const isOpen = (line: TextLine) => (line.isOpen ? { isOpen: true } : {});

const withoutReturn = (text: string): string => (text.endsWith("\r") ? text.slice(0, -1) : text);

/** @returns `open` when the text ends within quotes */
function splitRecord(given: string, delimiter: string): { cells: string[] } | { problem: string } | "open" {
  const text = withoutReturn(given);
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      // A carriage return at the end belongs to the cell when the quotes go on behind it.
      if (end < 0) return "open";
      cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
      if (at < text.length && text[at] !== delimiter)
        return { problem: `${JSON.stringify(text[at])} follows the closing quote of cell ${cells.length}` };
    } else {
      const found = text.indexOf(delimiter, at);
      const end = found < 0 ? text.length : found;
      const cell = text.slice(at, end);
      if (cell.includes('"'))
        return {
          problem: `cell ${cells.length + 1} has a quote inside; expected the whole cell in quotes, and "" for a quote`,
        };
      cells.push(cell);
      at = end;
    }
    if (at >= text.length) return { cells };
  }
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}
