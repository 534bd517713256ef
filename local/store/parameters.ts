import { BIGINT, DuckDBTimestampTZValue, type DuckDBType, type DuckDBValue } from "@duckdb/node-api";
import { quote } from "../translate/sql";

/** SQL for the engine and, for each of its parameters, the index of the value given. */
export interface Numbered {
  sql: string;
  indexes: readonly number[];
}

/** Longer texts stay parameters, so that the engine need not read them as SQL. */
const INLINE_LIMIT = 2000;

/** A text in quotes, or a parameter. */
const TOKENS = /'[^']*'|"[^"]*"|\$(\d+)/g;

const rewritten = (sql: string, replace: (index: number) => string): string =>
  sql.replace(TOKENS, (token, digits: string | undefined) =>
    digits === undefined ? token : replace(Number(digits) - 1),
  );

/**
 * Every mention of a parameter as one of its own. DuckDB plans a prepared statement anew at each run when one of its parameters
 * is mentioned twice.
 */
export function separated(sql: string): Numbered {
  const indexes: number[] = [];
  return { sql: rewritten(sql, (index) => `$${indexes.push(index)}`), indexes };
}

/** What matters to {@link behindSubqueries}: a parameter under the cast that gives it its type, and where lambdas begin and end. */
const PLACES = /'[^']*'|"[^"]*"|\$(\d+)(::\w+)?|\blambda\b|[()[\]{}]/g;

/**
 * Every mention of a parameter as a subquery of its own: DuckDB makes no filter of a scan of it, for which it would plan the statement
 * anew at each run. A lambda takes no subquery. Undefined when a parameter has no type of its own.
 */
export function behindSubqueries(sql: string): Numbered | undefined {
  const indexes: number[] = [];
  /** How deep in parentheses each of the lambdas around stands. */
  const lambdas: number[] = [];
  let depth = 0;
  let isTyped = true;
  const text = sql.replace(PLACES, (token, digits: string | undefined, cast: string | undefined) => {
    if (digits !== undefined) {
      if (cast === undefined) isTyped = false;
      const parameter = `$${indexes.push(Number(digits) - 1)}${cast}`;
      return lambdas.length > 0 ? parameter : `(SELECT ${parameter})`;
    }
    if (token === "lambda") lambdas.push(depth);
    else if ("([{".includes(token)) depth++;
    else if (")]}".includes(token) && --depth < (lambdas.at(-1) ?? 0)) lambdas.pop();
    return token;
  });
  return isTyped ? { sql: text, indexes } : undefined;
}

/** Only the parameters that are mentioned: DuckDB refuses others, and a translation may drop an operand whose value it knew. */
export function mentionedOnly(sql: string, constants: readonly (string | undefined)[] = []): Numbered {
  const indexes: number[] = [];
  const numberOf = (index: number) => {
    const known = indexes.indexOf(index);
    return known < 0 ? indexes.push(index) : known + 1;
  };
  return { sql: rewritten(sql, (index) => constants[index] ?? `$${numberOf(index)}`), indexes };
}

/** Short values as constants. DuckDB plans a statement with parameters twice, before and after it knows their values. */
export const inlined = (sql: string, values: readonly DuckDBValue[]): Numbered =>
  values.length === 0 ? { sql, indexes: [] } : mentionedOnly(sql, values.map(constant));

function constant(value: DuckDBValue): string | undefined {
  if (typeof value === "string") return value.length <= INLINE_LIMIT ? quote(value) : undefined;
  if (typeof value === "bigint") return value < 0n ? `(${value})` : String(value);
  if (value instanceof DuckDBTimestampTZValue) return `make_timestamptz(${value.micros})`;
  return undefined;
}

const isInt64 = (value: bigint) => BigInt.asIntN(64, value) === value;

/** DuckDB plans a statement anew when a value's type is not that of the parameter; all our numbers are BIGINT. */
export const typesOf = (values: readonly DuckDBValue[]): DuckDBType[] =>
  values.map((value) => (typeof value === "bigint" && isInt64(value) ? BIGINT : undefined)) as DuckDBType[];
