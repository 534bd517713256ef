import pc from "picocolors";
import {
  codeFrame,
  DialectError,
  locate,
  parseStatement,
  type Query,
  type Refreshability,
  refreshability,
} from "../../dialect/index";
import { answerLines, judgeTexts } from "./lines";
import { report } from "./report";

/** `dialect refreshability`: sets exit code 1 when a query forces FULL. */
export async function refreshabilityCommand(files: string[], flags: { jsonl?: string }): Promise<void> {
  if (flags.jsonl !== undefined) {
    await answerLines(flags.jsonl, "query", answer);
    return;
  }
  if (files.length === 0) throw new Error("Name at least one file with a query, or - for standard input.");
  judgeTexts(files, (file, text) => {
    try {
      const result = judge(text);
      show(file, text, result);
      return result.mode === "FULL";
    } catch (error) {
      if (!(error instanceof DialectError)) throw error;
      console.log(report(file, text, error));
      return true;
    }
  });
}

function show(file: string, text: string, { mode, reasons, notes }: Refreshability): void {
  console.log(`${pc.bold(file)}: ${mode === "FULL" ? pc.red(mode) : pc.green(mode)}`);
  for (const { message, fix, span, page } of reasons) {
    const { line, column } = locate(text, span.start);
    console.log(`\n${file}:${line}:${column} ${message}\n${codeFrame(text, span)}\n  fix: ${fix}\n  rule: ${page}`);
  }
  for (const { message, span } of notes) {
    const { line, column } = locate(text, span.start);
    console.log(`\n${file}:${line}:${column} note: ${message}`);
  }
}

function answer(text: string): object {
  try {
    const { mode, reasons, notes } = judge(text);
    return {
      mode,
      reasons: reasons.map(({ span, ...reason }) => ({ ...reason, ...locate(text, span.start) })),
      notes: notes.map(({ message, span }) => ({ message, ...locate(text, span.start) })),
    };
  } catch (error) {
    if (!(error instanceof DialectError)) throw error;
    return { ok: false, error: { code: error.code, message: error.message, line: error.line, column: error.column } };
  }
}

function judge(text: string): Refreshability {
  return refreshability(queryOf(text));
}

/** A query alone, or the one of CREATE DYNAMIC TABLE; a wrong text and anything else throws a DialectError. */
function queryOf(text: string): Query {
  const statement = parseStatement(text);
  if (statement.kind === "Query") return statement;
  if (statement.kind === "CreateDynamicTable" && statement.query !== undefined) return statement.query;
  const { line, column } = locate(text, statement.span.start);
  throw new DialectError(`expected a query or CREATE DYNAMIC TABLE … AS query, found ${statement.kind}`, {
    line,
    column,
    span: statement.span,
    expected: ["a query"],
    found: statement.kind,
  });
}
