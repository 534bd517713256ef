import { lex } from "../../../../dialect/index";

/** Do two texts say the same, blanks, comments, and the case of unquoted words apart? */
export function sameText(a: string, b: string): boolean {
  return a === b || tokensOf(a) === tokensOf(b);
}

function tokensOf(text: string): string {
  const { tokens } = lex(text);
  return tokens
    .filter((token) => token.kind !== "End")
    .map((token) => (token.keyword ? token.keyword : `${token.kind}\u0000${token.value}`))
    .join("\u0001");
}
