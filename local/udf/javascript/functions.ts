import { createContext, Script } from "node:vm";
import { type DuckDBListValue, LIST, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import type { EngineFunction } from "../scalarFunction";

/** Milliseconds one call may take; an endless loop would stop the whole server. */
const TIMEOUT = 5_000;

/** Functions kept compiled. */
const REMEMBERED = 100;

/**
 * Runs inside the sandbox, which shares no object with the server: texts go in, a text comes out. Kinds of arguments:
 * n number, s text, b boolean, j JSON, d milliseconds of a Date; of the answer: the same without d.
 */
const DRIVER = `(() => {
  const read = (kind, text) => text === null ? undefined
    : kind === "n" ? Number(text) : kind === "s" ? text : kind === "b" ? text === "true" : kind === "j" ? JSON.parse(text) : new Date(Number(text));
  const write = (kind, value) => value === undefined || value === null ? null
    : kind === "j" ? JSON.stringify(value) : kind === "n" ? String(Number(value)) : kind === "b" ? String(Boolean(value)) : String(value);
  return (body, kinds, answer, texts) => write(answer, body(...JSON.parse(texts).map((text, i) => read(kinds[i], text))));
})()`;

const compiled = new Map<string, (texts: string) => string | null>();

function compile(name: string, body: string, names: string, kinds: string): (texts: string) => string | null {
  const key = JSON.stringify([name, body, names, kinds]);
  const known = compiled.get(key);
  if (known) return known;
  const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
  const fail = (error: unknown): never => {
    throw executionError(name, error);
  };
  try {
    new Script(
      `var main = (${DRIVER}).bind(null, function (${names}) {${body}\n}, ${JSON.stringify(kinds.slice(1))}, "${kinds[0]}")`,
      {
        filename: name,
      },
    ).runInContext(context, { timeout: TIMEOUT });
  } catch (error) {
    fail(error);
  }
  const run = (texts: string): string | null => {
    try {
      return new Script(`main(${JSON.stringify(texts)})`).runInContext(context, { timeout: TIMEOUT }) as string | null;
    } catch (error) {
      return fail(error);
    }
  };
  if (compiled.size >= REMEMBERED) compiled.clear();
  compiled.set(key, run);
  return run;
}

function executionError(name: string, error: unknown): SnowflakeError {
  const { name: kind, message, code } = error as { name?: unknown; message?: unknown; code?: unknown };
  const said =
    code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
      ? `the function ran longer than ${TIMEOUT / 1000} seconds`
      : typeof message === "string"
        ? `Uncaught ${String(kind)}: ${message}`
        : `Uncaught ${String(error)}`;
  return new SnowflakeError("100132", "P0000", `JavaScript execution error: ${said} in ${name}`);
}

/** Calls of JavaScript functions. Source: https://docs.snowflake.com/en/developer-guide/udf/javascript/udf-javascript-introduction */
export const javascriptFunctions: EngineFunction[] = [
  {
    name: "sf_javascript",
    // Name, body, names of the arguments, kinds (the answer's first), the arguments as texts.
    parameters: [VARCHAR, VARCHAR, VARCHAR, VARCHAR, LIST(VARCHAR)],
    returns: VARCHAR,
    compute: (name: string, body: string, names: string, kinds: string, args: DuckDBListValue) =>
      compile(name, body, names, kinds)(JSON.stringify(args.items)),
  },
];
