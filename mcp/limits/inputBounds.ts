/** Bounds of a call's arguments: far above what a plan or an event needs, far below what hurts. */
export const INPUT_BOUNDS = { bytes: 1_200_000, depth: 40, elements: 50_000 } as const;

/**
 * Measures arguments without recursion, so that depth cannot hurt.
 * @returns why they are refused
 */
export function tooMuch(value: unknown): string | undefined {
  let bytes = 0;
  let elements = 0;
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > INPUT_BOUNDS.depth) return `the arguments are nested deeper than ${INPUT_BOUNDS.depth} levels`;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item === "string") bytes += item.length;
      else if (typeof item === "object" && item !== null) {
        const keys = Array.isArray(item) ? undefined : Object.keys(item);
        elements += keys?.length ?? (item as unknown[]).length;
        for (const key of keys ?? []) bytes += key.length;
        if (elements > INPUT_BOUNDS.elements) return `the arguments have more than ${INPUT_BOUNDS.elements} values`;
        for (const child of Object.values(item)) next.push(child);
      }
      if (bytes > INPUT_BOUNDS.bytes) return `the arguments are longer than ${INPUT_BOUNDS.bytes} bytes`;
    }
    level = next;
  }
  return undefined;
}
