import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import type { ExecuteImmediateFrom } from "../../../dialect/index";
import { SnowflakeError, unsupportedFeature } from "../../errors";
import type { ExecutionContext, ScriptFile } from "../../execution/context";
import { emptyStatement, parseAll } from "../../execution/parse";
import type { StatementResult } from "../../execution/result";
import { sessionRights } from "../../execution/rights";
import { isFinal } from "../../scripting/exceptions";
import { listFiles, type StagedFile } from "../../stages/files";
import { resolveLocation } from "../../stages/location";
import { LineStarts } from "../../translate/lineStarts";
import { varchar } from "../../types/dataType";
import { Properties } from "../ddl/support/properties";
import type { StatementHandler } from "../handler";

const MOST_BYTES = 10_000_000;
const DEEPEST = 5;
/** What makes a template of a file, with at most ten blanks in front. */
const TEMPLATE = /^\uFEFF?\s{0,10}(--|#)!jinja/;

/** An error of a statement in a file. It names the innermost file, so it passes through those around it as it is. */
class FileError extends SnowflakeError {}

/**
 * Runs the statements of a file in a stage one after the other; the answer is that of the last. What ran before one that fails stays.
 * Errors: 001501 no such file, 001503 a relative path outside of a file, 002003 no such stage, 003001 READ missing, those of the statements;
 * 000002 for templates.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/execute-immediate-from
 */
export const executeImmediateFrom: StatementHandler<ExecuteImmediateFrom> = {
  async run(context, statement) {
    const properties = new Properties(context, statement.properties);
    const isDryRun = properties.boolean("DRY_RUN") ?? false;
    properties.finish();
    if (statement.using.length > 0) throw unsupportedFeature("Jinja2 template (not supported locally)");
    const file = locate(context, statement);
    if (file.depth > DEEPEST) throw unsupportedFeature(`EXECUTE IMMEDIATE FROM in more than ${DEEPEST} nested files`);
    const text = await readScript(file);
    if (isDryRun) return { columns: [RENDERED], rows: [[text]] };
    return runScript(context, file, text);
  },
};

const RENDERED = { name: "rendered file contents", type: varchar(), nullable: true };

function locate(context: ExecutionContext, { location }: ExecuteImmediateFrom): ScriptFile {
  const parent = context.file;
  const depth = (parent?.depth ?? 0) + 1;
  if (location.kind !== "StringLiteral") {
    const stage = resolveLocation(context, location, "READ");
    return { stage, name: stage.prefix, depth };
  }
  const path = location.value;
  if (!parent)
    throw new SnowflakeError(
      "001503",
      "42601",
      `Relative file references like '${path}' cannot be used in top-level EXECUTE IMMEDIATE calls.`,
    );
  const name = path.startsWith("/") ? path.slice(1) : posix.join(posix.dirname(parent.name), path);
  return { stage: parent.stage, name: posix.normalize(name), depth };
}

async function readScript({ stage, name }: ScriptFile): Promise<string> {
  const found = (await listFiles({ ...stage, prefix: name })).find((file) => file.name === name);
  if (!found)
    throw new SnowflakeError(
      "001501",
      "02000",
      `File '${name}' not found in stage '${stage.title.replace(/^@/, "")}'.`,
    );
  if (found.size > MOST_BYTES)
    throw unsupportedFeature(`EXECUTE IMMEDIATE FROM a file of ${found.size} bytes; the limit is 10 MB`);
  const text = await decoded(found);
  if (TEMPLATE.test(text)) throw unsupportedFeature("Jinja2 template (not supported locally)");
  return text;
}

async function decoded({ path, name }: StagedFile): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw unsupportedFeature(`EXECUTE IMMEDIATE FROM '${name}', which is not UTF-8 text (files must be uncompressed)`);
  }
}

async function runScript(context: ExecutionContext, file: ScriptFile, text: string): Promise<StatementResult> {
  const statements = parseAll(text);
  const lines = new LineStarts(text);
  let result: StatementResult | undefined;
  for (const statement of statements) {
    context.signal.throwIfAborted();
    // USE ROLE in the file holds for what follows.
    const rights = context.rights.frame === "session" ? sessionRights(context.session) : context.rights;
    try {
      result = await context.execute(statement, text, { file, rights });
    } catch (error) {
      if (error instanceof FileError || isFinal(error)) throw error;
      const { code, sqlState, message } = error as SnowflakeError;
      const { line, column } = lines.position(statement.span.start);
      const place = `in file ${file.stage.title}/${file.name} on line ${line} at position ${column}`;
      throw new FileError(code, sqlState, `Uncaught exception of type 'STATEMENT_ERROR' ${place}: ${message}`, {
        cause: error,
      });
    }
  }
  if (!result) throw emptyStatement();
  return result;
}
