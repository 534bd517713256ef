/** The allowed word that was most probably meant; undefined when none is near. */
export function nearest(found: string, allowed: readonly string[]): string | undefined {
  const word = plain(found);
  if (word === "" || word.length > 80) return undefined;
  let best: { name: string; distance: number } | undefined;
  for (const name of allowed) {
    const other = plain(name);
    const distance = other.includes(word) || word.includes(other) ? 0.5 : edits(word, other);
    if (distance <= Math.max(1, other.length / 3) && (!best || distance < best.distance)) best = { name, distance };
  }
  return best?.name;
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
