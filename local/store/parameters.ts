import type { DuckDBValue } from "@duckdb/node-api";

/** SQL and parameters as DuckDB takes them. */
export interface Parameterized {
  sql: string;
  params: readonly DuckDBValue[];
}

/**
 * DuckDB refuses parameters that its SQL does not mention, and a translation may drop an operand whose value it knew. Those of a
 * translation are always written as `$n::TYPE`.
 */
export function mentionedOnly(sql: string, params: readonly DuckDBValue[]): Parameterized {
  if (params.length === 0) return { sql, params };
  const numbersIn = new Set(Array.from(sql.matchAll(/\$(\d+)/g), ([, n]) => Number(n)));
  const mentioned = params.map((_, i) => numbersIn.has(i + 1));
  if (mentioned.every(Boolean)) return { sql, params };
  const kept = params.filter((_, i) => mentioned[i]);
  let last = 0;
  const numbers = mentioned.map((is) => (is ? ++last : 0));
  return {
    sql: sql.replace(/\$(\d+)::/g, (whole, n: string) =>
      numbers[Number(n) - 1] ? `$${numbers[Number(n) - 1]}::` : whole,
    ),
    params: kept,
  };
}
