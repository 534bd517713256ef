import type { Sample } from "../../../dialect/index";
import { compilationError } from "../../errors";
import type { Binder } from "../binder";
import { constantNumber } from "../bound";
import { keepAsIs } from "./pathColumns";

/** The most rows that a sample of fixed size may have. Source: https://docs.snowflake.com/en/sql-reference/constructs/sample */
const MAX_ROWS = 1_000_000;

/** SAMPLE behind one table of FROM. */
export function sampled(binder: Binder, sql: string, sample: Sample | undefined): string {
  if (!sample) return sql;
  const size = constantNumber(binder.expression(sample.size));
  const seed = sample.seed ? constantNumber(binder.expression(sample.seed)) : undefined;
  if (size === undefined || size < 0 || size > (sample.rows ? MAX_ROWS : 100)) {
    throw compilationError("001003", "42000", `invalid sample size '${binder.source(sample.size.span)}'`);
  }
  if (seed === undefined) binder.shared.deterministic = false;
  const method = sample.rows
    ? "reservoir"
    : sample.method === "SYSTEM" || sample.method === "BLOCK"
      ? "system"
      : "bernoulli";
  const amount = sample.rows ? `${size} ROWS` : `${size} PERCENT`;
  keepAsIs(binder, sql);
  return `${sql} TABLESAMPLE ${method}(${amount})${seed === undefined ? "" : ` REPEATABLE (${seed})`}`;
}
