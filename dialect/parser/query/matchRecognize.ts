import type { MatchRecognize, TableReference } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseOrderItem } from "../expressions/windows";

/** https://docs.snowflake.com/en/sql-reference/constructs/match_recognize */
export function parseMatchRecognize(cursor: Cursor, source: TableReference, start: number): MatchRecognize {
  const node: MatchRecognize = {
    kind: "MatchRecognize",
    source,
    partitionBy: [],
    orderBy: [],
    measures: [],
    pattern: "",
    subsets: [],
    define: [],
    span: { start, end: start },
  };
  cursor.expect("MATCH_RECOGNIZE");
  cursor.expect("(");
  if (cursor.acceptSequence("PARTITION", "BY")) node.partitionBy = cursor.list(() => cursor.expression());
  if (cursor.acceptSequence("ORDER", "BY")) node.orderBy = cursor.list(() => parseOrderItem(cursor));
  if (cursor.accept("MEASURES")) node.measures = cursor.list(() => parseMeasure(cursor));
  parseRowsPerMatch(cursor, node);
  if (cursor.acceptSequence("AFTER", "MATCH")) parseAfterMatch(cursor, node);
  cursor.expect("PATTERN");
  node.pattern = parsePattern(cursor);
  if (cursor.accept("SUBSET")) {
    node.subsets = cursor.list(() => {
      const name = cursor.identifier();
      cursor.expect("=");
      return { name, symbols: cursor.parenthesizedList(() => cursor.identifier()) };
    });
  }
  cursor.expect("DEFINE");
  node.define = cursor.list(() => {
    const symbol = cursor.identifier();
    cursor.expect("AS");
    return { symbol, condition: cursor.expression() };
  });
  cursor.expect(")");
  node.span = cursor.span(start);
  return node;
}

function parseMeasure(cursor: Cursor): MatchRecognize["measures"][number] {
  const next = cursor.peek();
  const named = next.kind === "Word" || next.kind === "QuotedIdentifier";
  const semantics = named && next.keyword !== "AS" ? cursor.acceptAnyOf("FINAL", "RUNNING") : undefined;
  const expression = cursor.expression();
  cursor.accept("AS");
  return { ...(semantics && { semantics }), expression, alias: cursor.identifier() };
}

function parseRowsPerMatch(cursor: Cursor, node: MatchRecognize): void {
  if (cursor.acceptSequence("ONE", "ROW", "PER", "MATCH")) node.rowsPerMatch = "ONE ROW PER MATCH";
  else if (cursor.acceptSequence("ALL", "ROWS", "PER", "MATCH")) node.rowsPerMatch = "ALL ROWS PER MATCH";
  else return;
  if (cursor.acceptSequence("SHOW", "EMPTY", "MATCHES")) node.emptyMatches = "SHOW EMPTY MATCHES";
  else if (cursor.acceptSequence("OMIT", "EMPTY", "MATCHES")) node.emptyMatches = "OMIT EMPTY MATCHES";
  else if (cursor.acceptSequence("WITH", "UNMATCHED", "ROWS")) node.emptyMatches = "WITH UNMATCHED ROWS";
}

function parseAfterMatch(cursor: Cursor, node: MatchRecognize): void {
  cursor.expect("SKIP");
  if (cursor.acceptSequence("PAST", "LAST", "ROW")) node.afterMatch = "PAST LAST ROW";
  else {
    cursor.expect("TO");
    if (cursor.acceptSequence("NEXT", "ROW")) node.afterMatch = "TO NEXT ROW";
    else {
      const end = cursor.peek().kind === "Word" ? cursor.acceptAnyOf("FIRST", "LAST") : undefined;
      node.afterMatch = end === undefined ? "TO" : `TO ${end}`;
      node.afterMatchSymbol = cursor.identifier();
    }
  }
}

/** The row pattern is kept as text; only its brackets must match. */
function parsePattern(cursor: Cursor): string {
  cursor.expect("(");
  const { start } = cursor;
  if (cursor.is(")")) throw cursor.unexpected(["a row pattern"]);
  let depth = 0;
  while (!cursor.atStatementEnd && !(depth === 0 && cursor.is(")"))) {
    const { keyword } = cursor.next();
    if (keyword === "(") depth++;
    else if (keyword === ")") depth--;
  }
  const pattern = cursor.textOf(cursor.span(start));
  cursor.expect(")");
  return pattern;
}
