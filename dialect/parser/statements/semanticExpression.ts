import type { Expression, SemanticExpression, TagAssignment } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseOrderItem } from "../expressions/windows";
import { acceptGovernance } from "../governance";
import { acceptComment } from "../properties";

/** One fact, dimension or metric. https://docs.snowflake.com/en/sql-reference/sql/create-semantic-view */
export function parseSemanticExpression(cursor: Cursor, of: "FACTS" | "DIMENSIONS" | "METRICS"): SemanticExpression {
  const { start } = cursor;
  const visibility = acceptVisibility(cursor, of);
  const name = cursor.objectName(undefined, 2);
  // Only a metric is derived from others of any table.
  if (of !== "METRICS" && name.parts.length === 1) throw cursor.unexpected(["."]);
  const head: Partial<SemanticExpression> = {};
  if (of === "METRICS") {
    if (cursor.accept("USING")) head.using = cursor.parenthesizedList(() => cursor.identifier());
    if (cursor.acceptSequence("NON", "ADDITIVE", "BY"))
      head.nonAdditiveBy = cursor.parenthesizedList(() => parseOrderItem(cursor));
  } else if (cursor.accept("LABELS")) {
    cursor.expect("=");
    cursor.parenthesized(() => cursor.expect("FILTER"));
    head.filter = true;
  }
  cursor.expect("AS");
  const node: SemanticExpression = {
    kind: "SemanticExpression",
    ...(visibility && { visibility }),
    name,
    ...head,
    expression: parseFormula(cursor, of === "METRICS"),
    tags: [],
    span: { start, end: start },
  };
  while (
    acceptDescription(cursor, node) ||
    acceptSamples(cursor, node, of) ||
    (of === "DIMENSIONS" && acceptSearchService(cursor, node))
  );
  node.span = cursor.span(start);
  return node;
}

/** A dimension is never private. */
function acceptVisibility(cursor: Cursor, of: string): SemanticExpression["visibility"] {
  if (cursor.peek().kind !== "Word" && cursor.peek().kind !== "QuotedIdentifier") return undefined;
  return of === "DIMENSIONS" ? cursor.acceptAnyOf("PUBLIC") : cursor.acceptAnyOf("PRIVATE", "PUBLIC");
}

/** The window of a metric may leave dimensions out: PARTITION BY EXCLUDING. */
function parseFormula(cursor: Cursor, isMetric: boolean): Expression {
  const outer = cursor.inMetric;
  cursor.inMetric = isMetric;
  const expression = cursor.expression();
  cursor.inMetric = outer;
  return expression;
}

function acceptSearchService(cursor: Cursor, node: SemanticExpression): boolean {
  if (!cursor.acceptSequence("WITH", "CORTEX", "SEARCH", "SERVICE")) return false;
  const name = cursor.name();
  node.searchService = cursor.accept("USING") ? { name, column: cursor.identifier() } : { name };
  return true;
}

/** `SAMPLE_VALUES ('…')`; only a dimension says that they are all: `IS_ENUM`. */
function acceptSamples(cursor: Cursor, node: SemanticExpression, of: string): boolean {
  if (of === "METRICS") return false;
  if (node.samples === undefined && !node.isEnum && cursor.accept("SAMPLE_VALUES")) {
    node.samples = cursor.parenthesizedList(() => cursor.string());
    return true;
  }
  if (of !== "DIMENSIONS" || node.isEnum || !cursor.accept("IS_ENUM")) return false;
  node.isEnum = true;
  return true;
}

interface Described {
  synonyms?: Expression[];
  comment?: Expression;
  tags: TagAssignment[];
}

/** `WITH SYNONYMS [=] ('…')`, `COMMENT = '…'`, `TAG (…)` */
export function acceptDescription(cursor: Cursor, into: Described): boolean {
  if (cursor.acceptSequence("WITH", "SYNONYMS")) {
    cursor.accept("=");
    into.synonyms = cursor.parenthesizedList(() => cursor.string());
    return true;
  }
  const comment = acceptComment(cursor);
  if (comment !== undefined) into.comment = comment.value as Expression;
  else if (cursor.acceptSequence("COMMENT", "=")) into.comment = cursor.string();
  else return acceptGovernance(cursor, { tags: into.tags });
  return true;
}
