/** An identifier as the provider writes it: always in double quotes, case kept. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Joins the parts that are known; a missing name prints as an empty identifier and is never taken for a lawful one. */
export const qualified = (...parts: (string | undefined)[]): string =>
  parts
    .filter((part) => part !== undefined)
    .map(quote)
    .join(".");
