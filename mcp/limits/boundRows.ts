import type { Row } from "../warehouse/warehouse";

/** One value that was shortened so that an answer stays within its bytes. */
export interface Cut {
  /** Index of the row in the answer. */
  row: number;
  /** Keys to the value, joined by dots. */
  field: string;
  /** Its size as JSON in UTF-8, and what is left of it. */
  bytes: number;
  kept_bytes: number;
}

export interface BoundedRows {
  rows: Row[];
  cuts: Cut[];
  /** How many values were shortened; `cuts` names the first 20. */
  cutCount: number;
}

/** Sizes that values are shortened to, one after the other, until the rows fit. */
const STEPS = [64_000, 16_000, 4_000, 1_000, 250];
const NAMED_CUTS = 20;

export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? "");

/**
 * Makes rows fit into a number of bytes: long values are shortened first, inside the value and never inside the JSON; only then
 * are rows left out, from the end. At least one row stays.
 */
export function boundRows(rows: Row[], maxBytes: number): BoundedRows {
  let bounded: BoundedRows = { rows, cuts: [], cutCount: 0 };
  if (bytesOf(rows) <= maxBytes) return bounded;
  for (const step of STEPS) {
    bounded = shortened(rows, step);
    if (bytesOf(bounded.rows) <= maxBytes) return bounded;
  }
  let used = 2;
  const kept = bounded.rows.filter((row, index) => {
    used += bytesOf(row) + 1;
    return index === 0 || used <= maxBytes;
  });
  return { ...bounded, rows: kept, cuts: bounded.cuts.filter(({ row }) => row < kept.length) };
}

function shortened(rows: Row[], most: number): BoundedRows {
  const cuts: Cut[] = [];
  let cutCount = 0;
  const cut = (row: number, field: string, value: unknown, kept: unknown) => {
    if (++cutCount <= NAMED_CUTS) cuts.push({ row, field, bytes: bytesOf(value), kept_bytes: bytesOf(kept) });
    return kept;
  };
  const shorten = (value: unknown, row: number, path: string[]): unknown => {
    const field = path.join(".").slice(0, 200);
    if (typeof value === "string")
      return value.length * 4 <= most || bytesOf(value) <= most ? value : cut(row, field, value, head(value, most));
    if (typeof value !== "object" || value === null || bytesOf(value) <= most) return value;
    const entries = Object.entries(value);
    const room =
      entries.length * 8 <= most || path.length === 0 ? entries : entries.slice(0, Math.max(1, Math.floor(most / 8)));
    if (room.length < entries.length) {
      const kept = Array.isArray(value) ? value.slice(0, room.length) : Object.fromEntries(room);
      return cut(row, field, value, shorten(kept, row, [...path, "…"]));
    }
    const pairs = room.map(([key, child]) => [key, shorten(child, row, [...path, key])] as const);
    return Array.isArray(value) ? pairs.map(([, child]) => child) : Object.fromEntries(pairs);
  };
  return { rows: rows.map((row, index) => shorten(row, index, []) as Row), cuts, cutCount };
}

/** The beginning of a text that fits, whole characters only, and a mark that something is missing. */
function head(text: string, most: number): string {
  let kept = text.slice(0, Math.max(1, most - 40));
  while (bytesOf(kept) > most - 20 && kept.length > 1) kept = kept.slice(0, Math.floor(kept.length * 0.9));
  if (/[\uD800-\uDBFF]$/.test(kept)) kept = kept.slice(0, -1);
  return `${kept}… [cut]`;
}
