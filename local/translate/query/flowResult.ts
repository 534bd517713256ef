import type { FlowResult } from "../../../dialect/index";
import { compilationError } from "../../errors";
import { rowsAsRelation } from "../../results/relation";
import type { Binder } from "../binder";
import { relationOf } from "./tables";

/**
 * `FROM $1` in a chain `a ->> b`: the rows of the statement before, `$2` those of the one before that.
 * Source: https://docs.snowflake.com/en/sql-reference/operators-flow
 */
export function flowResult(binder: Binder, { index, alias, span }: FlowResult): string {
  const { context, shared } = binder;
  const result = context.flow.at(-index);
  if (!result || index < 1) {
    const before = context.flow.length;
    throw compilationError(
      "001003",
      "42000",
      `$${index} names no statement of the chain; ${before === 0 ? "none stands" : `${before} stand`} before this one`,
      binder.position(span),
    );
  }
  const columns = result.columns.map(({ source: _, ...column }) => column);
  const relation = rowsAsRelation(columns, () => result.rows);
  shared.prerequisites.push(relation.prerequisite);
  shared.deterministic = false;
  return relationOf(binder, relation.sql, columns, alias, alias?.name.value);
}
