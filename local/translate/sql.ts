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

const SHORT = 60;
export const SUBQUERY = /\(\s*(?:SELECT|WITH)\b/i;
/** Gives another value each time. */
const VOLATILE = /\b(?:nextval|random|uuid|sf_seeded_random)\(/i;

/** Uses the value of `sql` several times while evaluating it once; without it nested templates would double in length at every level. */
export function once(sql: string, build: (value: string) => string): string {
  if (sql.length <= SHORT && !SUBQUERY.test(sql) && !VOLATILE.test(sql)) return build(sql);
  const name = lambdaName(sql);
  const body = build(name);
  // The engine takes no subquery inside a lambda.
  if (SUBQUERY.test(body) && !VOLATILE.test(sql)) return build(`(${sql})`);
  return `list_transform([${sql}], lambda ${name}: ${body})[1]`;
}

/** Named by what it stands for: nested lambdas of different values differ, and equal expressions give equal SQL (GROUP BY needs that). */
function lambdaName(sql: string): string {
  let low = 5381;
  let high = 52711;
  for (let i = 0; i < sql.length; i++) {
    const c = sql.charCodeAt(i);
    low = (Math.imul(low, 33) ^ c) >>> 0;
    high = (Math.imul(high, 65599) + c) >>> 0;
  }
  return `v${low.toString(36)}_${high.toString(36)}`;
}

/** Like `once` for two values. */
export const onceBoth = (a: string, b: string, build: (a: string, b: string) => string): string =>
  once(a, (x) => once(b, (y) => build(x, y)));

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
