import { type DuckDBListValue, LIST, VARCHAR } from "@duckdb/node-api";
import type { EngineFunction } from "../udf/scalarFunction";
import { errorOf, handlerTimeout, type Thrown, unreadableHandler } from "./errors";
import { type CompiledHandler, compileHandler } from "./sandbox";

/** Milliseconds one call may take; an endless loop would stop the whole server. */
const TIMEOUT = 5_000;

/** Functions kept compiled. */
const REMEMBERED = 100;

const compiled = new Map<string, CompiledHandler>();

function compile(name: string, body: string, names: string, kinds: string): CompiledHandler {
  const key = JSON.stringify([name, body, names, kinds]);
  const known = compiled.get(key);
  if (known) return known;
  try {
    const parameters = JSON.parse(names) as string[];
    const run = compileHandler({ name, parameters, body, kinds: [...kinds.slice(1)], answer: kinds[0] ?? "" });
    if (compiled.size >= REMEMBERED) compiled.clear();
    compiled.set(key, run);
    return run;
  } catch (error) {
    throw unreadableHandler(name, String(error), String((error as Error).stack));
  }
}

/** Dates of JavaScript are those of the process: for the time of a call its zone is the session's. */
function inZone<T>(zone: string, work: () => T): T {
  const { TZ } = process.env;
  process.env["TZ"] = zone;
  try {
    return work();
  } finally {
    if (TZ === undefined) delete process.env["TZ"];
    else process.env["TZ"] = TZ;
  }
}

function call(name: string, body: string, run: CompiledHandler, texts: string): string | null {
  let outcome: { value?: string | null; thrown?: Thrown };
  try {
    outcome = JSON.parse(run(texts, TIMEOUT)) as typeof outcome;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw handlerTimeout(name, TIMEOUT);
    throw error;
  }
  if (outcome.thrown) throw errorOf(name, body, outcome.thrown);
  return outcome.value ?? null;
}

/** Calls of JavaScript functions. Source: https://docs.snowflake.com/en/developer-guide/udf/javascript/udf-javascript-introduction */
export const javascriptFunctions: EngineFunction[] = [
  {
    name: "sf_javascript",
    // Name, body, names of the arguments as JSON, kinds (the answer's first), the session's zone where it matters, the arguments as texts.
    parameters: [VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR, LIST(VARCHAR)],
    returns: VARCHAR,
    volatile: true,
    compute(name: string, body: string, names: string, kinds: string, zone: string, args: DuckDBListValue) {
      const run = compile(name, body, names, kinds);
      const texts = JSON.stringify(args.items);
      return zone === "" ? call(name, body, run, texts) : inZone(zone, () => call(name, body, run, texts));
    },
  },
];
