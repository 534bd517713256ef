const PART = /(?:"((?:[^"]|"")+)"|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*))?/y;

/**
 * Splits the text of `IDENTIFIER('…')` into the parts Snowflake would read: `a."b c"` → `A`, `b c`. Undefined when it
 * is no name. An empty middle part (`db..t`) is kept as an empty string.
 */
export function parseObjectName(text: string): string[] | undefined {
  const parts: string[] = [];
  const trimmed = text.trim();
  let at = 0;
  for (;;) {
    PART.lastIndex = at;
    const match = PART.exec(trimmed);
    if (!match) return undefined;
    const [whole, quoted, plain] = match;
    parts.push(quoted !== undefined ? quoted.replaceAll('""', '"') : (plain ?? "").toUpperCase());
    at += whole.length;
    if (at === trimmed.length) break;
    if (trimmed[at] !== ".") return undefined;
    at += 1;
  }
  return parts.at(-1) === "" || parts.length > 3 ? undefined : parts;
}
