import type { Statement } from "../../dialect/index";

const TRIVIA = /[\s;]+|--[^\n]*|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//y;

/**
 * The text of a statement as the history keeps it: without the comments before it, with the semicolon and the comments
 * that end the request, by which clients mark their statements.
 */
export function queryText(text: string, statement: Statement): string {
  const said = saidBy(text, statement.span);
  return mayHoldSecrets(statement)
    ? said.replace(SECRET, (_, property, doubled) => `${property}${doubled ? "''****''" : "'****'"}`)
    : said;
}

/** Passwords and keys of these never reach the history, whoever may read it. */
const HOLDERS = /^(USER|SECRET|STAGE|.* INTEGRATION)$/;

const mayHoldSecrets = (statement: Statement): boolean =>
  statement.kind === "ExecuteImmediate" ||
  statement.kind === "Block" ||
  ("objectType" in statement && typeof statement.objectType === "string" && HOLDERS.test(statement.objectType));

/** A property that is a secret with its text: in a text of EXECUTE IMMEDIATE, between doubled quotes, or in dollars. */
const SECRET = new RegExp(
  [
    String.raw`\b((?:PASSWORD|SECRET_STRING|CLIENT_SECRET|OAUTH_CLIENT_SECRET|OAUTH_REFRESH_TOKEN|AWS_SECRET_KEY|AWS_TOKEN`,
    String.raw`|AZURE_SAS_TOKEN|MASTER_KEY|BEARER_TOKEN|PRIVATE_KEY|API_KEY)\s*=\s*)`,
    String.raw`(?:(''(?!')(?:[^'\\]|\\.)*'')|'(?:[^'\\]|''|\\.)*'|\$\$[\s\S]*?\$\$)`,
  ].join(""),
  "gi",
);

function saidBy(text: string, { start, end }: { start: number; end: number }): string {
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
