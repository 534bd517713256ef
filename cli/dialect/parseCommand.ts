import pc from "picocolors";
import { parseStatements, type Statement } from "../../dialect/index";
import { answerLines, judgeTexts } from "./lines";
import { report } from "./report";

/** `dialect parse`: sets exit code 1 when a text is not Snowflake SQL. */
export async function parseCommand(files: string[], flags: { jsonl?: string }): Promise<void> {
  if (flags.jsonl !== undefined) {
    await answerLines(flags.jsonl, "sql", answer);
    return;
  }
  if (files.length === 0) throw new Error("Name at least one SQL file, or - for standard input.");
  judgeTexts(files, (file, text) => {
    const { statements, errors } = parseStatements(text);
    for (const error of errors) console.log(`${report(file, text, error)}\n`);
    const mistakes = errors.length === 0 ? pc.green("no mistake") : pc.red(`${errors.length} with a mistake`);
    console.log(`${file}: ${statements.length} statement${statements.length === 1 ? "" : "s"} read, ${mistakes}`);
    return errors.length > 0;
  });
}

function answer(sql: string): object {
  const { statements, errors } = parseStatements(sql);
  const [error] = errors;
  return {
    ok: error === undefined,
    statements: statements.map(describe),
    ...(error && {
      error: {
        code: error.code,
        message: error.message,
        line: error.line,
        column: error.column,
        expected: error.expected,
      },
    }),
  };
}

function describe(statement: Statement): object {
  return "objectType" in statement && statement.objectType !== undefined
    ? { kind: statement.kind, objectType: statement.objectType }
    : { kind: statement.kind };
}
