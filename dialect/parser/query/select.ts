import type { BindVariable, Expression, Select, SelectItem } from "../../ast/index";
import type { Cursor } from "../cursor";
import { isStar, parseStar } from "../expressions/collections";
import { parseConnectBy } from "./connectBy";
import { parseGroupBy } from "./groupBy";
import { isClauseWord } from "./queryStart";
import { parseFrom } from "./tableReferences";

/** From SELECT to QUALIFY. https://docs.snowflake.com/en/sql-reference/constructs */
export function parseSelect(cursor: Cursor): Select {
  const { start } = cursor;
  const select: Select = { kind: "Select", items: [], from: [], span: { start, end: start } };
  cursor.expect("SELECT");
  const quantifier = cursor.acceptAnyOf("ALL", "DISTINCT");
  if (quantifier !== undefined) select.quantifier = quantifier;
  if (cursor.is("TOP") && isTopCount(cursor)) {
    cursor.next();
    select.top = parseTopCount(cursor);
  }
  select.items = parseItems(cursor);
  if (cursor.accept("INTO")) {
    select.into = cursor.list(() => parseIntoTarget(cursor));
    cursor.intos.push(select);
  }
  if (cursor.accept("FROM")) select.from = parseFrom(cursor);
  if (cursor.accept("WHERE")) select.where = cursor.expression();
  const connectBy = parseConnectBy(cursor);
  if (connectBy !== undefined) select.connectBy = connectBy;
  if (cursor.is("GROUP")) select.groupBy = parseGroupBy(cursor);
  if (cursor.accept("HAVING")) select.having = cursor.expression();
  if (cursor.accept("QUALIFY")) select.qualify = cursor.expression();
  select.span = cursor.span(start);
  return select;
}

function isTopCount(cursor: Cursor): boolean {
  const { kind, keyword } = cursor.peek();
  return (
    kind === "Number" || kind === "Variable" || keyword === "?" || (keyword === ":" && cursor.peek(2).kind === "Word")
  );
}

// No operators: `TOP 5 * FROM t` is a count and a star.
function parseTopCount(cursor: Cursor): Expression {
  const { token, start } = cursor;
  if (token.kind === "Number") {
    if (!/^[0-9]+$/.test(token.value)) throw cursor.unexpected(["an integer"]);
    cursor.next();
    return { kind: "NumberLiteral", text: token.value, span: cursor.spanOf(token) };
  }
  if (token.kind === "Variable") {
    cursor.next();
    const span = cursor.spanOf(token);
    return {
      kind: "SessionVariable",
      name: { kind: "Identifier", text: token.value, value: token.value.toUpperCase(), quoted: false, span },
      span,
    };
  }
  if (cursor.accept("?")) return { kind: "BindPlaceholder", index: cursor.nextPlaceholder(), span: cursor.span(start) };
  cursor.expect(":");
  return { kind: "BindVariable", name: cursor.anyIdentifier(), span: cursor.span(start) };
}

/** A comma may stand behind the last item. */
function parseItems(cursor: Cursor): SelectItem[] {
  const items = [parseItem(cursor)];
  while (cursor.accept(",")) {
    if (cursor.atEnd || cursor.isAnyOf(BEHIND_ITEMS)) break;
    items.push(parseItem(cursor));
  }
  return items;
}

const BEHIND_ITEMS = ["FROM", "INTO", ")", ";"];

function parseItem(cursor: Cursor): SelectItem {
  const { start } = cursor;
  const { token } = cursor;
  const expression = isStar(cursor) ? parseStar(cursor) : cursor.expression();
  // DEFAULT is a value of INSERT and UPDATE, and no column.
  if (expression.kind === "DefaultValue") throw cursor.unexpected(["an expression"], token);
  const item: SelectItem = { kind: "SelectItem", expression, span: { start, end: start } };
  if (expression.kind !== "Star") {
    if (cursor.accept("AS")) item.alias = cursor.identifier();
    else if (cursor.isIdentifier() && !isClauseWord(cursor)) item.alias = cursor.identifier();
  }
  item.span = cursor.span(start);
  return item;
}

/**
 * The colon may be left out.
 * Source: https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-snowflake-scripting, total sales of an employee
 */
function parseIntoTarget(cursor: Cursor): BindVariable {
  const { start } = cursor;
  if (cursor.accept(":") && cursor.token.kind === "QuotedIdentifier") throw cursor.unexpected(["a variable"]);
  return { kind: "BindVariable", name: cursor.identifier(), span: cursor.span(start) };
}
