import pc from "picocolors";
import { codeFrame, type DialectError, parseStatements, type Statement } from "../../dialect/index";
import { answerLines, readText } from "./lines";

/** `dialect parse`: sets exit code 1 when a text is not Snowflake SQL. */
export async function parseCommand(files: string[], flags: { jsonl?: string }): Promise<void> {
  if (flags.jsonl !== undefined) {
    await answerLines(flags.jsonl, "sql", answer);
    return;
  }
  if (files.length === 0) throw new Error("Name at least one SQL file, or - for standard input.");
  let failed = false;
  for (const file of files) {
    const text = readText(file);
    const { statements, errors } = parseStatements(text);
    for (const error of errors) console.log(`${report(file, text, error)}\n`);
    const mistakes = errors.length === 0 ? pc.green("no mistake") : pc.red(`${errors.length} with a mistake`);
    console.log(`${file}: ${statements.length} statement${statements.length === 1 ? "" : "s"} read, ${mistakes}`);
    failed ||= errors.length > 0;
  }
  process.exitCode = failed ? 1 : 0;
}

function report(file: string, text: string, error: DialectError): string {
  const expected = error.expected.length === 0 ? "" : `\nexpected ${error.expected.join(", ")}`;
  return `${pc.bold(`${file}:${error.line}:${error.column}`)} ${error.code} (${error.sqlState}): ${error.message}\n${codeFrame(text, error.span)}${expected}`;
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
