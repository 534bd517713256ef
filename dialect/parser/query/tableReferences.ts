import type { Identifier, Join, JoinType, TableReference } from "../../ast/index";
import type { Cursor } from "../cursor";
import { isClauseWord } from "./queryStart";
import { parseTableFactor } from "./tableFactors";
import { parseTableSuffixes } from "./tableSuffixes";

const CLAUSES_AFTER_FROM = [
  ")",
  "WHERE",
  "GROUP",
  "HAVING",
  "QUALIFY",
  "ORDER",
  "START",
  "CONNECT",
  "UNION",
  "INTERSECT",
  "MINUS",
];

/** The comma-separated list behind FROM, each item with its joins. https://docs.snowflake.com/en/sql-reference/constructs/from */
export function parseFrom(cursor: Cursor): TableReference[] {
  const tables = [parseTableReference(cursor)];
  while (cursor.accept(",")) {
    // As in the list of columns, a comma may stand behind the last one.
    if (cursor.atStatementEnd || cursor.isAnyOf(CLAUSES_AFTER_FROM) || isClauseWord(cursor)) break;
    tables.push(parseTableReference(cursor));
  }
  return tables;
}

/** One table with everything that is joined to it. https://docs.snowflake.com/en/sql-reference/constructs/join */
export function parseTableReference(cursor: Cursor): TableReference {
  const { start } = cursor;
  cursor.enter();
  let left = parseTable(cursor);
  for (;;) {
    const join = parseJoinStart(cursor, left);
    if (join === undefined) break;
    join.right = parseTable(cursor);
    parseJoinCondition(cursor, join);
    join.span = cursor.span(start);
    left = join;
    // `a JOIN b JOIN c ON … ON …`: the second ON belongs to the join that had none yet.
    while (
      (cursor.is("ON") || cursor.is("USING")) &&
      hasCondition(left) &&
      left.left.kind === "Join" &&
      awaitsCondition(left.left)
    )
      left = reassociate(cursor, left);
  }
  cursor.leave();
  return left;
}

function parseTable(cursor: Cursor): TableReference {
  const { start } = cursor;
  return parseTableSuffixes(cursor, parseTableFactor(cursor, parseTableReference), start);
}

function parseJoinStart(cursor: Cursor, left: TableReference): Join | undefined {
  const join = (type: JoinType, natural = false, directed = false): Join => ({
    kind: "Join",
    type,
    natural,
    directed,
    left,
    right: left,
    span: left.span,
  });
  if (cursor.acceptSequence("ASOF", "JOIN")) return join("ASOF");
  if (cursor.acceptSequence("DIRECTED", "JOIN")) return join("INNER", false, true);
  const natural = cursor.accept("NATURAL");
  const word = cursor.acceptAnyOf("INNER", "LEFT", "RIGHT", "FULL", ...(natural ? [] : (["CROSS"] as const)));
  if (word === undefined) {
    if (natural) cursor.expect("JOIN");
    else if (!cursor.accept("JOIN")) return undefined;
    return join("INNER", natural);
  }
  if (word !== "INNER" && word !== "CROSS") cursor.accept("OUTER");
  const directed = cursor.accept("DIRECTED");
  cursor.expect("JOIN");
  return join(word, natural, directed);
}

function parseJoinCondition(cursor: Cursor, join: Join): void {
  if (join.type === "ASOF") {
    cursor.expect("MATCH_CONDITION");
    join.matchCondition = cursor.parenthesized(() => cursor.expression());
  }
  if (join.natural || join.type === "CROSS") return;
  if (cursor.accept("ON")) join.on = cursor.expression();
  else if (cursor.accept("USING")) join.using = cursor.parenthesizedList(() => parseUsingColumn(cursor));
  if (join.directed && hasCondition(join) && (cursor.isSequence("FIRST", "(") || cursor.isSequence("LAST", "("))) {
    const position = cursor.next().keyword as "FIRST" | "LAST";
    join.readOrder = { position, alias: cursor.parenthesized(() => cursor.identifier()) };
  }
}

/** A column of both tables; a table before it changes nothing. */
function parseUsingColumn(cursor: Cursor): Identifier {
  return cursor.objectName(undefined, 4).parts.at(-1) as Identifier;
}

function hasCondition(table: TableReference): table is Join {
  return table.kind === "Join" && (table.on !== undefined || table.using !== undefined);
}

function awaitsCondition(join: Join): boolean {
  return !join.natural && join.type !== "CROSS" && join.type !== "ASOF" && !hasCondition(join);
}

/** From `(a JOIN b) JOIN c ON x` to `a JOIN (b JOIN c ON x) ON y`, where the cursor stands at `ON y`. */
function reassociate(cursor: Cursor, outer: Join): Join {
  const waiting = outer.left as Join;
  const inner: Join = { ...outer, left: waiting.right, span: { start: waiting.right.span.start, end: outer.span.end } };
  const join: Join = { ...waiting, right: inner };
  parseJoinCondition(cursor, join);
  join.span = cursor.span(waiting.span.start);
  return join;
}
