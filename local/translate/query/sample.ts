import type { Sample } from "../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../errors";
import type { Binder } from "../binder";
import { constantNumber } from "../bound";
import { keepAsIs } from "./pathColumns";

/** The most rows that a sample of fixed size may have. Source: https://docs.snowflake.com/en/sql-reference/constructs/sample */
const MAX_ROWS = 1_000_000;

/** SAMPLE behind one table of FROM; `isTable`: it is a stored one. */
export function sampled(binder: Binder, sql: string, sample: Sample | undefined, isTable = false): string {
  if (!sample) return sql;
  const ofBlocks = sample.method === "SYSTEM" || sample.method === "BLOCK";
  if (sample.rows && ofBlocks) throw unsupportedFeature(`SAMPLE ${sample.method} with a number of rows`);
  if (sample.rows && sample.seed) throw unsupportedFeature("SAMPLE with a number of rows and a seed");
  if (sample.seed && !isTable) throw unsupportedFeature("SAMPLE with a seed on a view or subquery");
  const size = constantNumber(binder.expression(sample.size));
  const seed = sample.seed ? constantNumber(binder.expression(sample.seed)) : undefined;
  if (size === undefined || size < 0 || size > (sample.rows ? MAX_ROWS : 100)) {
    throw compilationError("001003", "42000", `invalid sample size '${binder.source(sample.size.span)}'`);
  }
  if (seed === undefined) binder.shared.deterministic = false;
  const method = sample.rows ? "reservoir" : ofBlocks ? "system" : "bernoulli";
  const amount = sample.rows ? `${size} ROWS` : `${size} PERCENT`;
  keepAsIs(binder, sql);
  return `${sql} TABLESAMPLE ${method}(${amount})${seed === undefined ? "" : ` REPEATABLE (${seed})`}`;
}
