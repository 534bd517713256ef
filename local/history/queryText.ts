const TRIVIA = /[\s;]+|--[^\n]*|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//y;

/**
 * The text of a statement as the history keeps it: without the comments before it, with the semicolon and the comments
 * that end the request, by which clients mark their statements.
 */
export function queryText(text: string, { start, end }: { start: number; end: number }): string {
  if (end <= start) return text;
  let at = end;
  for (;;) {
    TRIVIA.lastIndex = at;
    const found = TRIVIA.exec(text);
    if (!found) break;
    at += found[0].length;
  }
  return (at === text.length ? text.slice(start) : text.slice(start, end)).trimEnd();
}
