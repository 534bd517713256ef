import type { ObjectType, SearchOptimization } from "../../ast/index";
import type { Cursor } from "../cursor";
import { TABLE_TYPES } from "./objectTypes";

const VERBS = ["ADD", "DROP", "SUSPEND", "RESUME"] as const;

/**
 * `ADD SEARCH OPTIMIZATION [ON EQUALITY(a, b), SUBSTRING(c)]`.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-table#search-optimization-actions-searchoptimizationaction
 */
export function acceptSearchOptimization(cursor: Cursor, objectType: ObjectType): SearchOptimization | undefined {
  if (!TABLE_TYPES.has(objectType)) return undefined;
  const { start } = cursor;
  const verb = VERBS.find((word) => cursor.acceptSequence(word, "SEARCH", "OPTIMIZATION"));
  if (verb === undefined) return undefined;
  const targets = cursor.accept("ON") ? parseTargets(cursor) : [];
  return { kind: "SearchOptimization", verb, targets, span: cursor.span(start) };
}

function parseTargets(cursor: Cursor): SearchOptimization["targets"] {
  const targets = [parseTarget(cursor)];
  while (cursor.accept(",")) targets.push(parseTarget(cursor));
  return targets;
}

/** A method with its columns; DROP also takes a bare column or the number of an expression, whose method is empty. */
function parseTarget(cursor: Cursor): SearchOptimization["targets"][number] {
  if (cursor.token.kind !== "Word" || cursor.peek().keyword !== "(")
    return { method: "", columns: [cursor.expression()] };
  const method = cursor.next().keyword;
  return cursor.parenthesized(() => {
    if (cursor.accept("*")) return { method, columns: [], all: true, ...parseAnalyzer(cursor) };
    const columns = [];
    do {
      if (cursor.isSequence("ANALYZER", "=>")) break;
      columns.push(cursor.expression());
    } while (cursor.accept(","));
    return { method, columns, ...parseAnalyzer(cursor) };
  });
}

/** `ANALYZER => 'UNICODE_ANALYZER'` of FULL_TEXT. */
function parseAnalyzer(cursor: Cursor): { analyzer?: string } {
  cursor.accept(",");
  if (!cursor.accept("ANALYZER")) return {};
  cursor.expect("=>");
  return { analyzer: cursor.string().value };
}
