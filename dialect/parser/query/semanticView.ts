import type { SemanticViewTable } from "../../ast/index";
import type { Cursor } from "../cursor";
import { isStar, parseStar } from "../expressions/collections";

const LISTS = ["METRICS", "FACTS", "DIMENSIONS"] as const;

/** Of each pair at most one may stand; a clause may not stand twice either. */
const EXCLUDED: Record<string, readonly string[]> = {
  METRICS: ["METRICS", "FACTS"],
  FACTS: ["FACTS", "METRICS"],
  DIMENSIONS: ["DIMENSIONS"],
};

const NOT_AN_ALIAS: ReadonlySet<string> = new Set(LISTS);

/**
 * `SEMANTIC_VIEW(name METRICS … DIMENSIONS … WHERE … VARIABLES …)`: the lists in either order, at least one of them.
 * https://docs.snowflake.com/en/sql-reference/constructs/semantic_view
 */
export function parseSemanticView(cursor: Cursor): SemanticViewTable {
  const { start } = cursor;
  cursor.next();
  cursor.expect("(");
  cursor.enter();
  const name = cursor.name();
  const from = cursor.start;
  const seen = new Set<string>();
  while (cursor.isAnyOf([...LISTS])) {
    if (EXCLUDED[cursor.token.keyword]?.some((clause) => seen.has(clause))) throw cursor.unexpected();
    seen.add(cursor.next().keyword);
    cursor.list(() => skipItem(cursor));
  }
  if (seen.size === 0) throw cursor.unexpected([...LISTS]);
  if (cursor.accept("WHERE")) cursor.expression();
  // https://docs.snowflake.com/en/user-guide/views-semantic/variables
  if (opensVariables(cursor)) {
    cursor.next();
    cursor.list(() => skipVariable(cursor));
  }
  const clauses = cursor.textOf(cursor.span(from));
  cursor.leave();
  cursor.expect(")");
  return { kind: "SemanticViewTable", name, clauses, span: cursor.span(start) };
}

/** No alias called so. */
const opensVariables = (cursor: Cursor): boolean =>
  cursor.is("VARIABLES") && ["=", "=>"].includes(cursor.peek(2).keyword);

/** `name = value`, `name => value` */
function skipVariable(cursor: Cursor): void {
  cursor.identifier();
  if (cursor.acceptAnyOf("=", "=>") === undefined) throw cursor.unexpected(["=", "=>"]);
  cursor.expression();
}

/** `table.*` or `expression [[AS] alias]`; a bare `*` is none. */
function skipItem(cursor: Cursor): void {
  if (!cursor.is("*") && isStar(cursor)) {
    parseStar(cursor);
    return;
  }
  cursor.expression();
  if (cursor.accept("AS")) cursor.identifier();
  else if (cursor.isIdentifier() && !NOT_AN_ALIAS.has(cursor.token.keyword) && !opensVariables(cursor))
    cursor.identifier();
}
