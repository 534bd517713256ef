/** Pieces of DuckDB SQL. */

export const quote = (text: string): string => {
  // DuckDB's parser stops at a NUL byte.
  if (!text.includes("\u0000")) return `'${text.replaceAll("'", "''")}'`;
  return `(${text
    .split("\u0000")
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(" || chr(0) || ")})`;
};

/** SQL of an absent element of an ARRAY, as it is stored. */
export const UNDEFINED = `'"\uE000U"'::JSON`;

/** NULL for an absent element. The engine copies the first argument of nullif, so that a chain would double at every level. */
export const withoutUndefined = (sql: string): string =>
  sql.includes("nullif(") || sql.includes("list_transform(")
    ? once(sql, (x) => `CASE WHEN ${x}::VARCHAR <> '"\uE000U"' THEN ${x} END`)
    : `nullif(${sql}, ${UNDEFINED})`;

const SHORT = 60;
export const SUBQUERY = /\(\s*(?:SELECT|WITH)\b/i;
const VOLATILE = /\b(?:nextval|random|uuid|sf_seeded_random)\(/i;

/** Gives another value each time. */
export const isVolatile = (sql: string): boolean => VOLATILE.test(sql);

/** May be written several times. */
const isSimple = (sql: string): boolean => sql.length <= SHORT && !SUBQUERY.test(sql) && !isVolatile(sql);

/** Uses the value of `sql` several times while evaluating it once; without it nested templates would double in length at every level. */
export function once(sql: string, build: (value: string) => string): string {
  if (isSimple(sql)) return build(sql);
  const name = lambdaName(sql);
  const body = build(name);
  // The engine takes no subquery inside a lambda, and no lambda within a window of a lambda's list or body.
  const hasBoth = (text: string) => text.includes(" OVER (") && text.includes("lambda ");
  const isRefused = SUBQUERY.test(body) || hasBoth(sql) || hasBoth(body);
  if (isRefused && !isVolatile(sql)) return build(`(${sql})`);
  return `list_transform([${sql}], lambda ${name}: ${body})[1]`;
}

/** Named by what it stands for: nested lambdas of different values differ, and equal expressions give equal SQL (GROUP BY needs that). */
export function lambdaName(sql: string): string {
  let low = 5381;
  let high = 52711;
  for (let i = 0; i < sql.length; i++) {
    const c = sql.charCodeAt(i);
    low = (Math.imul(low, 33) ^ c) >>> 0;
    high = (Math.imul(high, 65599) + c) >>> 0;
  }
  return `v${low.toString(36)}_${high.toString(36)}`;
}

/** Like `once` for two values, side by side: the engine binds what stands inside a lambda several times. */
export function onceBoth(a: string, b: string, build: (a: string, b: string) => string): string {
  if (isSimple(a)) return once(b, (y) => build(a, y));
  if (isSimple(b)) return once(a, (x) => build(x, b));
  return once(`struct_pack(a := ${a}, b := ${b})`, (pair) => build(`(${pair}).a`, `(${pair}).b`));
}

/** Raises one of Snowflake's errors inside the engine; `detail` is SQL text that becomes part of the message. */
export function raise(
  code: string,
  sqlState: string,
  before: string,
  detail: string,
  after: string,
  as: string,
): string {
  return `error(chr(1) || ${quote(`${code}|${sqlState}|${before}`)} || ${detail} || ${quote(after)} || chr(2))::${as}`;
}
