import type { Query, Span } from "../../ast/index";
import { findFunction } from "../../functions/index";
import { visit } from "../../visitor";
import { type RefreshReason, type RefreshRule, type Report, SUPPORTED_QUERIES } from "./reason";
import { connectBy } from "./rules/connectBy";
import { dataTypes } from "./rules/dataTypes";
import { flattenSeq } from "./rules/flattenSeq";
import { functions } from "./rules/functions";
import { grouping } from "./rules/grouping";
import { lateral } from "./rules/lateral";
import { limit } from "./rules/limit";
import { outerJoins } from "./rules/outerJoins";
import { percentiles } from "./rules/percentiles";
import { selectOnlyAliases } from "./rules/selectOnlyAliases";
import { setOperators } from "./rules/setOperators";
import { subqueries } from "./rules/subqueries";
import { tables } from "./rules/tables";
import { values } from "./rules/values";
import { windows } from "./rules/windows";
import { withRecursive } from "./rules/withRecursive";

const RULES: readonly RefreshRule[] = [
  withRecursive,
  connectBy,
  setOperators,
  limit,
  grouping,
  subqueries,
  outerJoins,
  lateral,
  flattenSeq,
  tables,
  functions,
  selectOnlyAliases,
  percentiles,
  windows,
  values,
  dataTypes,
];

export interface RefreshNote {
  message: string;
  span: Span;
}

export interface Refreshability {
  mode: "INCREMENTAL" | "FULL";
  /** Everything that forces FULL, in the order of the text; empty for INCREMENTAL. */
  reasons: RefreshReason[];
  /** What the text alone cannot tell, or what refreshes incrementally but slowly. */
  notes: RefreshNote[];
}

/**
 * Whether a dynamic table with this query can refresh incrementally, as far as its text tells: the refresh mode of upstream
 * dynamic tables, change tracking and the bodies of user-defined functions are not seen.
 * https://docs.snowflake.com/en/user-guide/dynamic-tables/supported-queries
 */
export function refreshability(query: Query): Refreshability {
  const reasons: RefreshReason[] = [];
  const report: Report = (place, reason) => {
    const span = "span" in place ? place.span : place;
    reasons.push({ supportedInFull: true, page: SUPPORTED_QUERIES, ...reason, span });
  };
  for (const rule of RULES) visit(query, rule(report));
  reasons.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { mode: reasons.length === 0 ? "INCREMENTAL" : "FULL", reasons, notes: notesOn(query) };
}

function notesOn(query: Query): RefreshNote[] {
  const notes: RefreshNote[] = [];
  visit(query, {
    FunctionCall(call) {
      const { parts } = call.name;
      const cortex = parts.length === 3 && parts[0]?.value === "SNOWFLAKE";
      if (!cortex && (parts.length > 1 || findFunction(parts[0]?.value ?? "") === undefined)) {
        const name = parts.map((part) => part.value).join(".");
        notes.push({
          message: `${name} is not one of Snowflake's functions: whether it refreshes incrementally depends on its definition.`,
          span: call.span,
        });
      }
      if (call.over !== undefined && call.over.partitionBy.length === 0)
        notes.push({
          message: "A window without PARTITION BY is computed anew over all rows at every refresh.",
          span: call.over.span,
        });
    },
    DynamicCall(call) {
      notes.push({
        message:
          "The function is known at run time only: whether it refreshes incrementally depends on its definition.",
        span: call.span,
      });
    },
  });
  return notes;
}
