import type { Argument, FunctionCall, Lambda, MethodCall, ObjectName, TableArgument } from "../../ast/index";
import type { DialectError } from "../../errors";
import type { Cursor } from "../cursor";
import { isDataType, parseDataType } from "../dataTypes";
import { isQueryStart } from "../query/queryStart";
import { parseStage } from "../stages";
import { isStar, parseExpressionOrSpread, parseStarArgument } from "./collections";
import { acceptRestOfQuery } from "./restOfQuery";
import { parseOrderItem, parseWindow } from "./windows";

/** `name(args) …`, `name!method(args)`; the cursor stands behind the name. */
export function parseCall(cursor: Cursor, name: ObjectName, start: number): FunctionCall | MethodCall {
  if (cursor.accept("!")) {
    const method = cursor.anyIdentifier();
    const node: MethodCall = {
      kind: "MethodCall",
      object: name,
      method,
      args: parseArguments(cursor),
      span: cursor.span(start),
    };
    if (cursor.is("OVER") && cursor.peek().keyword === "(") {
      cursor.next();
      node.over = parseWindow(cursor);
      node.span = cursor.span(start);
    }
    return node;
  }
  const call: FunctionCall = {
    kind: "FunctionCall",
    name,
    parenthesized: true,
    distinct: false,
    args: [],
    span: { start, end: start },
  };
  cursor.expect("(");
  cursor.enter();
  const quantifier = cursor.acceptAnyOf("DISTINCT", "ALL");
  call.distinct = quantifier === "DISTINCT";
  if (quantifier !== undefined && cursor.is(")")) {
    const message = `invalid function '${name.parts.at(-1)?.value}'`;
    throw cursor.brokenRule({ message }, name.span);
  }
  if (!cursor.is(")")) {
    call.args = parseList(cursor);
    const nulls = parseNullTreatment(cursor);
    if (nulls !== undefined) {
      call.nullTreatment = nulls;
      call.nullTreatmentInside = true;
    }
  }
  cursor.leave();
  cursor.expect(")");
  parseSuffixes(cursor, call);
  call.span = cursor.span(start);
  return call;
}

export function parseArguments(cursor: Cursor): Argument[] {
  return cursor.parenthesized(() => (cursor.is(")") ? [] : parseList(cursor)));
}

/** A query without parentheses of its own is the only argument. */
function parseList(cursor: Cursor): Argument[] {
  const args = [parseArgument(cursor)];
  while (cursor.accept(",")) {
    if (cursor.is("SELECT") || cursor.is("WITH")) throw cursor.unexpected(["an argument"]);
    args.push(parseArgument(cursor));
  }
  return args;
}

export function parseArgument(cursor: Cursor): Argument {
  const { token, start } = cursor;
  const next = cursor.peek().keyword;
  if (next === "=>" && (token.kind === "Word" || token.kind === "QuotedIdentifier")) {
    const name = cursor.anyIdentifier();
    cursor.next();
    return { kind: "NamedArgument", name, value: parseArgument(cursor), span: cursor.span(start) };
  }
  if (isLambda(cursor)) return parseLambda(cursor);
  if (isUnknownLiteral(cursor)) throw unsupportedLiteral(cursor);
  if (token.kind === "Stage") return parseStage(cursor);
  if (token.keyword === "TABLE" && next === "(") return parseTableArgument(cursor);
  if (isStar(cursor)) return parseStarArgument(cursor);
  if (token.keyword === "(" && isStar(cursor, 1)) {
    const columns = cursor.parenthesizedList(() => (isStar(cursor) ? parseStarArgument(cursor) : cursor.expression()));
    return { kind: "ColumnSelection", columns, span: cursor.span(start) };
  }
  if (isQueryStart(cursor)) return { kind: "SubqueryExpression", query: cursor.query(), span: cursor.span(start) };
  const value = parseExpressionOrSpread(cursor);
  const query = acceptRestOfQuery(cursor, value);
  return query === undefined ? value : { kind: "SubqueryExpression", query, span: cursor.span(start) };
}

/** `TRIM(BOTH ' ' FROM a)`: a word before a string is taken for the type of a literal, whatever it is. */
const isUnknownLiteral = (cursor: Cursor): boolean =>
  cursor.isIdentifier() && cursor.peek().kind === "String" && !isDataType(cursor) && !cursor.is("INTERVAL");

function unsupportedLiteral(cursor: Cursor): DialectError {
  const { start } = cursor;
  cursor.next();
  cursor.next();
  const span = cursor.span(start);
  if (!cursor.is(")") && !cursor.is(",")) return cursor.unexpected();
  return cursor.brokenRule({ message: `Unsupported data type literal '${cursor.textOf(span)}'.` }, span);
}

/** `TABLE(t)`, `TABLE(SELECT …)`, `TABLE(f(…))`, the first two also with PARTITION BY and ORDER BY behind them. */
function parseTableArgument(cursor: Cursor): TableArgument {
  const { start } = cursor;
  cursor.next();
  const table = cursor.parenthesized(() => {
    if (isQueryStart(cursor)) return cursor.query();
    const value = cursor.expression();
    return acceptRestOfQuery(cursor, value) ?? value;
  });
  const node: TableArgument = {
    kind: "TableArgument",
    table,
    partitionBy: [],
    orderBy: [],
    span: { start, end: start },
  };
  if (cursor.acceptSequence("PARTITION", "BY")) node.partitionBy = cursor.list(() => cursor.expression());
  if (cursor.acceptSequence("ORDER", "BY")) node.orderBy = cursor.list(() => parseOrderItem(cursor));
  node.span = cursor.span(start);
  return node;
}

function parseSuffixes(cursor: Cursor, call: FunctionCall): void {
  if (
    cursor.is("FROM") &&
    call.name.parts.at(-1)?.value === "NTH_VALUE" &&
    (cursor.peek().keyword === "FIRST" || cursor.peek().keyword === "LAST")
  ) {
    cursor.next();
    call.fromFirstLast = cursor.next().keyword as "FIRST" | "LAST";
  }
  if (cursor.acceptSequence("WITHIN", "GROUP")) {
    call.withinGroup = cursor.parenthesized(() => {
      cursor.expectSequence("ORDER", "BY");
      return cursor.list(() => parseOrderItem(cursor));
    });
  }
  const before = cursor.token;
  const nulls = parseNullTreatment(cursor);
  if (nulls !== undefined) {
    if (!TREATS_NULLS.has(call.name.parts.at(-1)?.value ?? "")) throw cursor.unexpected(undefined, before);
    if (call.nullTreatment !== undefined) throw cursor.unexpected();
    call.nullTreatment = nulls;
  }
  if (cursor.is("OVER") && cursor.peek().keyword === "(") {
    cursor.next();
    call.over = parseWindow(cursor);
  }
}

/** The functions that IGNORE NULLS and RESPECT NULLS may follow. Source: …/functions/first_value and its kin */
const TREATS_NULLS: ReadonlySet<string> = new Set(["FIRST_VALUE", "LAST_VALUE", "NTH_VALUE", "LAG", "LEAD"]);

function parseNullTreatment(cursor: Cursor): FunctionCall["nullTreatment"] {
  if (cursor.acceptSequence("IGNORE", "NULLS")) return "IGNORE NULLS";
  if (cursor.acceptSequence("RESPECT", "NULLS")) return "RESPECT NULLS";
  return undefined;
}

/** `x -> …`, `(x, y INT) -> …`: looks ahead over a list of parameters and no further, so it costs the same wherever it fails. */
function isLambda(cursor: Cursor): boolean {
  if (cursor.isIdentifier() && cursor.peek().keyword === "->") return true;
  if (cursor.isIdentifier() && cursor.token.kind === "Word" && cursor.peek().kind === "Word")
    return cursor.peek(2).keyword === "->";
  if (cursor.token.keyword !== "(" || (cursor.peek().kind !== "Word" && cursor.peek().kind !== "QuotedIdentifier"))
    return false;
  let depth = 0;
  for (let ahead = 0; ahead < 60; ahead++) {
    const { kind, keyword } = cursor.peek(ahead);
    if (keyword === "(") depth++;
    else if (keyword === ")") {
      if (--depth === 0) return cursor.peek(ahead + 1).keyword === "->";
    } else if (keyword !== "," && kind !== "Word" && kind !== "QuotedIdentifier" && kind !== "Number") return false;
  }
  return false;
}

function parseLambda(cursor: Cursor): Lambda {
  const { start } = cursor;
  const parameter = () => {
    const from = cursor.start;
    const name = cursor.identifier();
    const type = isDataType(cursor) ? parseDataType(cursor) : undefined;
    return { kind: "LambdaParameter" as const, name, ...(type && { type }), span: cursor.span(from) };
  };
  const parameters = cursor.is("(") ? cursor.parenthesizedList(parameter) : [parameter()];
  cursor.expect("->");
  const body = cursor.expression();
  return { kind: "Lambda", parameters, body, span: cursor.span(start) };
}
