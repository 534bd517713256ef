import { SnowflakeError, unsupportedFeature } from "../../errors";
import type { Step } from "./program";

/** Where the search goes on behind a match. */
export interface SkipRule {
  to: "PAST LAST ROW" | "TO NEXT ROW" | "TO FIRST" | "TO LAST";
  symbol?: string;
}

/** A row that a match takes: its place in the partition from 0 and the step that took it. */
interface Match {
  start: number;
  /** Step of each row from `start` on; empty for an empty match. */
  steps: number[];
}

const MOST_VISITS = 2 ** 28;

/**
 * Finds the matches of one partition, from the first row on. The way that is preferred by the pattern wins, as in a regular
 * expression that goes back; what failed at a row is not tried there again, so that the time grows with rows × steps.
 * @param fits whether a row (from 0) may have the symbol of a step
 */
export function* findMatches(
  program: readonly Step[],
  rows: number,
  fits: (row: number, step: number) => boolean,
  skip: SkipRule,
): Generator<Match> {
  /** A step has two states: whether a row was taken since the last `enter`. */
  const width = program.length * 2;
  if (width * (rows + 1) > MOST_VISITS) throw unsupportedFeature("MATCH_RECOGNIZE over a partition of this many rows");
  const visited = new Uint32Array(width * (rows + 1));
  let round = 1;
  const path: number[] = [];

  /** Leaves the steps taken in `path`; false when nothing matches from this row on. */
  const matchesAt = (start: number): boolean => {
    const pending: [step: number, row: number, hasAdvanced: 0 | 1][] = [[0, start, 1]];
    for (let next = pending.pop(); next; next = pending.pop()) {
      let [at, row, hasAdvanced] = next;
      for (;;) {
        const place = row * width + at * 2 + hasAdvanced;
        if (visited[place] === round) break;
        visited[place] = round;
        const step = program[at] as Step;
        if (step.kind === "match") {
          path.length = row - start;
          return true;
        }
        if (step.kind === "split") {
          pending.push([step.second, row, hasAdvanced]);
          at = step.first;
        } else if (step.kind === "jump") at = step.to;
        else if (step.kind === "start" || step.kind === "end") {
          if (row !== (step.kind === "start" ? 0 : rows)) break;
          at++;
        } else if (step.kind === "enter") {
          hasAdvanced = 0;
          at++;
        } else if (step.kind === "advance") {
          if (hasAdvanced === 0) break;
          at++;
        } else {
          if (row >= rows || !fits(row, at)) break;
          path[row - start] = at++;
          row++;
          hasAdvanced = 1;
        }
      }
    }
    return false;
  };

  for (let start = 0; start < rows; ) {
    if (!matchesAt(start)) {
      start++;
      continue;
    }
    round++;
    const match = { start, steps: [...path] };
    yield match;
    start = nextStart(program, match, skip);
  }
}

function nextStart(program: readonly Step[], { start, steps }: Match, { to, symbol }: SkipRule): number {
  if (to === "TO NEXT ROW") return start + 1;
  if (to === "PAST LAST ROW") return start + Math.max(1, steps.length);
  const isTarget = (at: number): boolean => {
    const step = program[at] as Step;
    return step.kind === "row" && step.symbol === symbol;
  };
  const found = to === "TO FIRST" ? steps.findIndex(isTarget) : steps.findLastIndex(isTarget);
  if (found < 0) throw skipError(`no row of the match is mapped to '${symbol}'`);
  if (found === 0) throw skipError(`'${symbol}' is the first row of the match, where the search would begin anew`);
  return start + found;
}

const skipError = (why: string) =>
  new SnowflakeError("100351", "22000", `AFTER MATCH SKIP TO cannot go on in MATCH_RECOGNIZE: ${why}.`);
