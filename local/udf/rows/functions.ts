import { VARCHAR } from "@duckdb/node-api";
import { unsupportedFeature } from "../../errors";
import type { EngineFunction } from "../scalarFunction";
import { findMatches, type SkipRule } from "./match";
import { readPattern } from "./pattern";
import { compilePattern, type Step } from "./program";

/** What the translation of MATCH_RECOGNIZE says of the search, as JSON. */
export interface RowSearch {
  pattern: string;
  /** All symbols; the place in the list is the number of the symbol. */
  symbols: string[];
  /** By symbol: its bit in the word of each row; symbols without a condition fit every row. */
  bits: Record<string, number>;
  skip: SkipRule;
  /** Rows without a match are given too. */
  unmatched: boolean;
}

/** Of the last column of a row. */
export const ROW_FLAGS = { excluded: 1, last: 2, empty: 4 } as const;

const MOST_ROWS = 10_000_000;

interface Compiled {
  search: RowSearch;
  program: Step[];
}

let known: { text: string; compiled: Compiled } | undefined;

function compiledFrom(text: string): Compiled {
  if (known?.text !== text) {
    const search = JSON.parse(text) as RowSearch;
    known = { text, compiled: { search, program: compilePattern(readPattern(search.pattern)) } };
  }
  return known.compiled;
}

/**
 * `sf_match_rows(search, words)`: `words` are the rows of a partition in order, each the bits of the symbols that fit it, divided by
 * commas. Gives a list of lists: number of the match, row from 0, place in the match from 1, number of the symbol, flags.
 */
function matchRows(searchText: string, wordsText: string): string {
  const { search, program } = compiledFrom(searchText);
  const words = wordsText.split(",").map(Number);
  const numbers = new Map(search.symbols.map((name, i) => [name, i]));
  const masks = program.map((step) => {
    const bit = step.kind === "row" ? search.bits[step.symbol] : undefined;
    return bit === undefined ? 0 : 2 ** bit;
  });
  const fits = (row: number, step: number): boolean => {
    const mask = masks[step] as number;
    return mask === 0 || Math.floor((words[row] as number) / mask) % 2 === 1;
  };
  const found: string[] = [];
  const taken = new Uint8Array(search.unmatched ? words.length : 0);
  let number = 0;
  for (const { start, steps } of findMatches(program, words.length, fits, search.skip)) {
    number++;
    if (steps.length === 0) {
      found.push(`[${number},${start},1,NULL,${ROW_FLAGS.empty}]`);
      taken[start] = 1;
    }
    steps.forEach((at, i) => {
      const step = program[at] as Extract<Step, { kind: "row" }>;
      const flags = (step.excluded ? ROW_FLAGS.excluded : 0) + (i === steps.length - 1 ? ROW_FLAGS.last : 0);
      found.push(`[${number},${start + i},${i + 1},${numbers.get(step.symbol)},${flags}]`);
      taken[start + i] = 1;
    });
    if (found.length > MOST_ROWS)
      throw unsupportedFeature(`MATCH_RECOGNIZE with more than ${MOST_ROWS} rows of matches in one partition`);
  }
  taken.forEach((isTaken, row) => {
    if (!isTaken) found.push(`[NULL,${row},NULL,NULL,0]`);
  });
  return `[${found.join(",")}]`;
}

export const rowFunctions: EngineFunction[] = [
  { name: "sf_match_rows", parameters: [VARCHAR, VARCHAR], returns: VARCHAR, compute: matchRows },
];
