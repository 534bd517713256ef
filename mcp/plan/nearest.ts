/** The allowed word that was most probably meant; undefined when none is near, or several as near. */
export function nearest(found: string, allowed: readonly string[]): string | undefined {
  const word = plain(found);
  if (word === "" || word.length > 80) return undefined;
  let best: { name: string; distance: number } | undefined;
  let isClear = true;
  for (const name of allowed) {
    const distance = distanceOf(word, plain(name));
    if (distance === undefined || (best && distance > best.distance)) continue;
    isClear = !best || distance < best.distance;
    best = { name, distance };
  }
  return isClear ? best?.name : undefined;
}

function distanceOf(word: string, other: string): number | undefined {
  if (word === other) return 0;
  // A plural, and a part of a longer word; a word that has an allowed one in it (`weekday`) means something else.
  if (word === `${other}s`) return 0.25;
  if (word.length >= 3 && other.startsWith(word)) return 0.5;
  if (word.length >= 3 && other.includes(word)) return 0.75;
  // p95 is no p90.
  if (word.replace(/\D/g, "") !== other.replace(/\D/g, "")) return undefined;
  const distance = edits(word, other);
  return distance <= Math.max(1, other.length / 3) ? distance : undefined;
}

const plain = (word: string) => word.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Levenshtein distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
