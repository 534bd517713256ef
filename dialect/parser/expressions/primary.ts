import type { Expression, Identifier, OdbcEscape } from "../../ast/index";
import type { Cursor } from "../cursor";
import { NOT_A_COLUMN, RESERVED } from "../keywords";
import { isQueryStart } from "../query/queryStart";
import { parseArguments, parseCall } from "./calls";
import { parseArrayLiteral, parseObjectLiteral } from "./collections";
import { acceptRestOfQuery } from "./restOfQuery";
import { CALLABLE_RESERVED, SPECIAL_FORMS, WITHOUT_PARENTHESES } from "./specialForms";

const TYPED_LITERALS: ReadonlySet<string> = new Set([
  "DATE",
  "TIME",
  "TIMESTAMP",
  "DATETIME",
  "TIMESTAMP_NTZ",
  "TIMESTAMP_LTZ",
  "TIMESTAMP_TZ",
  "DECFLOAT",
  "FLOAT",
]);

/** What an operator can work on: literals, names, calls, binds and everything in parentheses. */
export function parsePrimary(cursor: Cursor): Expression {
  const { token, start } = cursor;
  switch (token.kind) {
    case "Number":
      cursor.next();
      return { kind: "NumberLiteral", text: token.value, span: cursor.spanOf(token) };
    case "String":
      cursor.next();
      return cursor.stringOf(token);
    case "Binary":
      cursor.next();
      return { kind: "BinaryLiteral", hex: token.value, span: cursor.spanOf(token) };
    case "Variable": {
      cursor.next();
      const span = cursor.spanOf(token);
      const name: Identifier = {
        kind: "Identifier",
        text: token.value,
        value: token.value.toUpperCase(),
        quoted: false,
        span: { start: span.start + 1, end: span.end },
      };
      return { kind: "SessionVariable", name, span };
    }
    case "Positional":
      cursor.next();
      return { kind: "PositionalColumn", index: Number(token.value), span: cursor.spanOf(token) };
    case "QuotedIdentifier":
      return parseNamed(cursor);
    case "Word":
      return parseWord(cursor);
    default:
  }
  switch (token.keyword) {
    case "(":
      return parseParenthesis(cursor);
    case "[":
      return parseArrayLiteral(cursor);
    case "{":
      return isOdbcEscape(cursor) ? parseOdbcEscape(cursor) : parseObjectLiteral(cursor);
    case "?":
      cursor.next();
      return { kind: "BindPlaceholder", index: cursor.nextPlaceholder(), span: cursor.spanOf(token) };
    case ":":
      return parseBind(cursor);
    default:
      throw cursor.unexpected(["an expression"]);
  }

  function parseBind(c: Cursor): Expression {
    c.next();
    if (c.token.kind === "Number" && /^[0-9]+$/.test(c.token.value)) {
      const number = c.next();
      const name: Identifier = {
        kind: "Identifier",
        text: number.value,
        value: number.value,
        quoted: false,
        span: c.spanOf(number),
      };
      return { kind: "BindVariable", name, span: c.span(start) };
    }
    // Variables are written bare behind a colon.
    if (c.token.kind === "QuotedIdentifier") throw c.unexpected();
    return { kind: "BindVariable", name: c.identifier(), span: c.span(start) };
  }
}

function parseWord(cursor: Cursor): Expression {
  const { token, start } = cursor;
  const { keyword } = token;
  const next = cursor.peek();
  switch (keyword) {
    case "NULL":
      cursor.next();
      return { kind: "NullLiteral", span: cursor.spanOf(token) };
    case "TRUE":
    case "FALSE":
      cursor.next();
      return { kind: "BooleanLiteral", value: keyword === "TRUE", span: cursor.spanOf(token) };
    case "DEFAULT":
      // A value of INSERT and UPDATE; as a column the word is not reserved.
      if (
        next.keyword !== "," &&
        next.keyword !== ")" &&
        next.keyword !== ";" &&
        next.kind !== "End" &&
        next.keyword !== "WHERE" &&
        next.keyword !== "FROM"
      )
        break;
      cursor.next();
      return { kind: "DefaultValue", span: cursor.spanOf(token) };
    default:
  }
  if (next.kind === "String" && TYPED_LITERALS.has(keyword)) {
    cursor.next();
    const value = cursor.next().value;
    return { kind: "TypedLiteral", type: keyword, value, span: cursor.span(start) };
  }
  const special = SPECIAL_FORMS.get(keyword);
  if (special !== undefined) {
    const expression = special(cursor);
    if (expression?.kind === "DynamicColumn" && cursor.is("(") && !isOuterJoinMarker(cursor)) {
      return { kind: "DynamicCall", function: expression, args: parseArguments(cursor), span: cursor.span(start) };
    }
    if (expression !== undefined) return expression;
  }
  if (next.keyword !== "(") {
    if (WITHOUT_PARENTHESES.has(keyword) && next.keyword !== ".") {
      const identifier = cursor.identifierOf(cursor.next());
      const span = cursor.span(start);
      return {
        kind: "FunctionCall",
        name: { kind: "ObjectName", parts: [identifier], span },
        parenthesized: false,
        distinct: false,
        args: [],
        span,
      };
    }
    if (NOT_A_COLUMN.has(keyword)) throw cursor.unexpected(["an expression"]);
  } else if (CALLABLE_RESERVED.has(keyword)) {
    const name = cursor.identifierOf(cursor.next());
    return parseCall(cursor, { kind: "ObjectName", parts: [name], span: cursor.span(start) }, start);
  }
  if (RESERVED.has(keyword)) throw cursor.unexpected(["an expression"]);
  return parseNamed(cursor);
}

/** A column, a call, a method, a sequence: all begin with a name. */
function parseNamed(cursor: Cursor): Expression {
  const { start } = cursor;
  const parts = [cursor.identifierOf(cursor.next())];
  while (cursor.token.keyword === ".") {
    const after = cursor.peek();
    if (after.kind === "Positional") {
      cursor.next();
      const index = Number(cursor.next().value);
      return { kind: "PositionalColumn", qualifier: parts, index, span: cursor.span(start) };
    }
    const dot = cursor.next();
    if (cursor.token.keyword === "." && parts.length === 1) {
      const at = cursor.spanOf(dot).end;
      parts.push({ kind: "Identifier", text: "", value: "", quoted: false, span: { start: at, end: at } });
    } else parts.push(cursor.namePart());
  }
  if (cursor.token.keyword === "(" && !isOuterJoinMarker(cursor))
    return parseCall(cursor, { kind: "ObjectName", parts, span: cursor.span(start) }, start);
  if (cursor.token.keyword === "!")
    return parseCall(cursor, { kind: "ObjectName", parts, span: cursor.span(start) }, start);
  const last = parts[parts.length - 1] as Identifier;
  if (parts.length > 1 && !last.quoted && last.value === "NEXTVAL") {
    const sequenceParts = parts.slice(0, -1);
    const end = (sequenceParts[sequenceParts.length - 1] as Identifier).span.end;
    return {
      kind: "SequenceNextValue",
      sequence: { kind: "ObjectName", parts: sequenceParts, span: { start, end } },
      span: cursor.span(start),
    };
  }
  return { kind: "ColumnReference", parts, span: cursor.span(start) };
}

/** `{fn`, `{d '…`: an object's key would be followed by a colon. */
function isOdbcEscape(cursor: Cursor): boolean {
  const { keyword } = cursor.peek();
  const { kind } = cursor.peek(2);
  return keyword === "FN"
    ? kind === "Word" || kind === "QuotedIdentifier"
    : (keyword === "D" || keyword === "T" || keyword === "TS") && kind === "String";
}

function parseOdbcEscape(cursor: Cursor): Expression {
  const { start } = cursor;
  cursor.next();
  const form = cursor.next().keyword.toLowerCase() as OdbcEscape["escape"];
  const expression = form === "fn" ? cursor.expression() : cursor.string();
  cursor.expect("}");
  return { kind: "OdbcEscape", escape: form, expression, span: cursor.span(start) };
}

function isOuterJoinMarker(cursor: Cursor): boolean {
  return cursor.peek(1).keyword === "+" && cursor.peek(2).keyword === ")";
}

function parseParenthesis(cursor: Cursor): Expression {
  const { start } = cursor;
  cursor.expect("(");
  if (isQueryStart(cursor)) {
    const query = cursor.query();
    cursor.expect(")");
    return { kind: "SubqueryExpression", query, span: cursor.span(start) };
  }
  const first = cursor.expression();
  const query = acceptRestOfQuery(cursor, first);
  if (query !== undefined) {
    cursor.expect(")");
    return { kind: "SubqueryExpression", query, span: cursor.span(start) };
  }
  if (cursor.is(",")) {
    const items = [first];
    while (cursor.accept(",")) items.push(cursor.expression());
    cursor.expect(")");
    return { kind: "RowExpression", items, span: cursor.span(start) };
  }
  cursor.expect(")");
  return { kind: "Parenthesized", expression: first, span: cursor.span(start) };
}
