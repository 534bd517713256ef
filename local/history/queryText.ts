import { BREAK, SECRET_PROPERTIES, type Statement, visit } from "../../dialect/index";

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
const HOLDERS = /^((MANAGED |ORGANIZATION )?ACCOUNT|(ORGANIZATION )?USER|SECRET|STAGE|(.* )?INTEGRATION)$/;
const HOLDING_KINDS: ReadonlySet<string> = new Set(["CopyIntoTable", "CopyIntoLocation", "ExecuteImmediate"]);

/** Also within blocks, tasks and procedures. */
function mayHoldSecrets(statement: Statement): boolean {
  if (statement.kind === "Query") return false;
  let holds = false;
  visit(statement, {
    enter(node) {
      const { kind, objectType } = node as { kind: string; objectType?: unknown };
      holds = HOLDING_KINDS.has(kind) || (typeof objectType === "string" && HOLDERS.test(objectType));
      return holds ? BREAK : undefined;
    },
  });
  return holds;
}

/** A property that is a secret with its text: in a text of EXECUTE IMMEDIATE, between doubled quotes, or in dollars. */
const SECRET = new RegExp(
  [
    String.raw`\b((?:${[...SECRET_PROPERTIES].join("|")})\s*=\s*)`,
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
