/** A tree without its places, for comparing what two texts say. */
export function withoutSpans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, part]) => key !== "span" && key !== "operatorSpan" && part !== undefined,
  );
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutSpans(part)]));
}
