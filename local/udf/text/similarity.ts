/** Fewest insertions, deletions and replacements of single characters that turn one text into the other. */
export function editDistance(a: string, b: string): number {
  const x = [...a];
  const y = [...b];
  let row = Array.from({ length: y.length + 1 }, (_, j) => j);
  for (let i = 1; i <= x.length; i++) {
    const next = [i];
    for (let j = 1; j <= y.length; j++) {
      const replaced = (row[j - 1] as number) + (x[i - 1] === y[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[y.length] as number;
}

/** Characters that match within half the longer length, and how many of them are out of order. */
function matches(x: string[], y: string[]): { common: number; swaps: number } {
  const reach = Math.max(0, Math.floor(Math.max(x.length, y.length) / 2) - 1);
  const taken = new Array<boolean>(y.length).fill(false);
  const left: string[] = [];
  x.forEach((c, i) => {
    for (let j = Math.max(0, i - reach); j < Math.min(y.length, i + reach + 1); j++) {
      if (taken[j] || y[j] !== c) continue;
      taken[j] = true;
      left.push(c);
      return;
    }
  });
  const right = y.filter((_, j) => taken[j]);
  return { common: left.length, swaps: Math.floor(left.filter((c, i) => c !== right[i]).length / 2) };
}

/** Jaro similarity from which a common beginning counts. */
const BONUS_FROM = 0.7;

/** Similarity from 0 to 100, whatever the case. Source: …/functions/jarowinkler_similarity */
export function jaroWinkler(a: string, b: string): number {
  const x = [...a.toLowerCase()];
  const y = [...b.toLowerCase()];
  if (x.length === 0 || y.length === 0) return 0;
  const { common, swaps } = matches(x, y);
  if (common === 0) return 0;
  const jaro = (common / x.length + common / y.length + (common - swaps) / common) / 3;
  if (jaro < BONUS_FROM) return Math.floor(jaro * 100);
  let prefix = 0;
  while (prefix < Math.min(10, x.length) && x[prefix] === y[prefix]) prefix++;
  return Math.floor((jaro + prefix * 0.1 * (1 - jaro)) * 100);
}

const CODES: Record<string, string> = {};
["BFPV", "CGJKQSXZ", "DT", "L", "MN", "R"].forEach((letters, i) => {
  for (const letter of letters) CODES[letter] = String(i + 1);
});

/**
 * American Soundex behind the first character, which stays as it is whatever it is. `keepSecond` keeps the code of a second
 * letter that is the first letter's own. Characters that are no letters of ASCII are passed over.
 */
export function soundex(text: string, keepSecond: boolean): string {
  const [first = "", ...rest] = text;
  let out = first;
  let last = keepSecond ? undefined : CODES[first.toUpperCase()];
  for (const c of rest) {
    if (out.length >= first.length + 3) break;
    const code = CODES[c.toUpperCase()];
    if (code !== undefined) {
      if (code !== last) out += code;
      last = code;
    } else if (/[aeiouy]/i.test(c)) last = undefined;
  }
  return first === "" ? "0000" : out.padEnd(first.length + 3, "0");
}
