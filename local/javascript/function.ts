import { BIGINT, type DuckDBListValue, LIST, VARCHAR } from "@duckdb/node-api";
import { type EngineFunction, JSON_TYPE } from "../udf/scalarFunction";
import { errorOf, handlerTimeout, type Thrown, unreadableHandler } from "./errors";
import { type CompiledHandler, compileHandler, type HandlerSource } from "./sandbox.cjs";

/** Milliseconds that calls may take together, and more for each: an endless loop would stop the whole server. */
const TIMEOUT = 5_000;
const TIMEOUT_MORE = 5;

/** Functions kept compiled. */
const REMEMBERED = 100;

const compiled = new Map<string, CompiledHandler>();

type Signature = Omit<HandlerSource, "name" | "body">;

function compile(name: string, body: string, signature: string): CompiledHandler {
  const key = JSON.stringify([name, body, signature]);
  const known = compiled.get(key);
  if (known) return known;
  try {
    const run = compileHandler({ name, body, ...(JSON.parse(signature) as Signature) });
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
  if (TZ === zone) return work();
  process.env["TZ"] = zone;
  try {
    return work();
  } finally {
    if (TZ === undefined) delete process.env["TZ"];
    else process.env["TZ"] = TZ;
  }
}

function call(name: string, body: string, signature: string, zone: string, rows: readonly unknown[]): unknown[] {
  const run = compile(name, body, signature);
  const limit = TIMEOUT + TIMEOUT_MORE * rows.length;
  const answer = () => run(JSON.stringify(rows), limit);
  let outcome: { value?: unknown[]; thrown?: Thrown };
  try {
    outcome = JSON.parse(zone === "" ? answer() : inZone(zone, answer)) as typeof outcome;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw handlerTimeout(name, limit);
    throw error;
  }
  if (outcome.thrown) throw errorOf(name, body, outcome.thrown);
  return outcome.value ?? [];
}

/** Name, body, signature (`HandlerSource` without these two, as JSON), the session's zone where it matters. */
const HANDLER = [VARCHAR, VARCHAR, VARCHAR, VARCHAR] as const;

/** Calls of JavaScript functions. Source: https://docs.snowflake.com/en/developer-guide/udf/javascript/udf-javascript-introduction */
export const javascriptFunctions: EngineFunction[] = [
  {
    name: "sf_javascript",
    parameters: [...HANDLER, LIST(VARCHAR)],
    returns: VARCHAR,
    volatile: true,
    // Name, body and signature are constants of the statement.
    computeRows(rows) {
      const [name, body, signature, zone] = rows[0] as [string, string, string, string];
      const given = rows.map((row) => (row[HANDLER.length] as DuckDBListValue).items);
      return call(name, body, signature, zone, given) as (string | null)[];
    },
  },
  {
    // The rows of a partition and their numbers → the rows that are written, as JSON; each begins with the number of its row or null.
    name: "sf_javascript_rows",
    parameters: [...HANDLER, LIST(LIST(VARCHAR)), LIST(BIGINT)],
    returns: JSON_TYPE,
    volatile: true,
    compute(
      name: string,
      body: string,
      signature: string,
      zone: string,
      rows: DuckDBListValue,
      places: DuckDBListValue,
    ) {
      const texts = rows.items.map((row) => (row as DuckDBListValue).items);
      const written = call(name, body, signature, zone, texts) as [number | null, ...unknown[]][];
      return JSON.stringify(
        written.map(([place, ...cells]) => [place === null ? null : String(places.items[place]), ...cells]),
      );
    },
  },
];
