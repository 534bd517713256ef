import type { Expression, Keyword, Name, Property, PropertyList, PropertyMap, PropertyValue } from "../ast/index";
import type { Cursor } from "./cursor";
import { isPropertyName, NAME_PROPERTIES } from "./propertyNames";
import { parseStage } from "./stages";

/** True at `NAME =`, also at `'name' =` inside a map of headers or secrets. */
export function isProperty(cursor: Cursor): boolean {
  const { kind, keyword } = cursor.token;
  if ((kind === "Word" || kind === "String") && cursor.peek().keyword === "=") return true;
  // Where a name is clearly one of a property, the mistake is what stands in place of the `=`.
  if (kind === "Word" && isPropertyName(keyword)) cursor.isSequence(keyword, "=");
  return false;
}

/** `NAME = value` */
export function parseProperty(cursor: Cursor): Property {
  const { start, token } = cursor;
  if (!isProperty(cursor)) {
    if (token.kind === "Word") cursor.next();
    throw cursor.unexpected(token.kind === "Word" ? ["="] : ["a property"]);
  }
  cursor.next();
  cursor.next();
  const name = token.kind === "String" ? cursor.textOf(cursor.spanOf(token)) : token.keyword;
  const value = BARE_LISTS.has(name) ? parseBareList(cursor, name) : parsePropertyValue(cursor, name);
  return { kind: "Property", name, value, span: cursor.span(start) };
}

/** Properties that list their items without parentheses. */
const BARE_LISTS: ReadonlySet<string> = new Set([
  "ACCOUNTS",
  "ALLOWED_ACCOUNTS",
  "ALLOWED_DATABASES",
  "ALLOWED_EXTERNAL_VOLUMES",
  "ALLOWED_INTEGRATION_TYPES",
  "ALLOWED_SHARES",
  "OBJECT_TYPES",
]);

function parseBareList(cursor: Cursor, name: string): PropertyList | PropertyValue {
  if (cursor.is("(") || cursor.is("NULL") || cursor.isString()) return parsePropertyValue(cursor, name);
  const { start } = cursor;
  const items = [parseBareItem(cursor)];
  while (cursor.is(",") && cursor.peek(2).keyword !== "=") {
    cursor.next();
    items.push(parseBareItem(cursor));
  }
  return { kind: "PropertyList", items, bare: true, span: cursor.span(start) };
}

/** A name, or words such as `ACCOUNT PARAMETERS`. */
function parseBareItem(cursor: Cursor): Keyword | Name {
  const { start } = cursor;
  const second = cursor.peek();
  if (second.kind !== "Word" || cursor.peek(2).keyword === "=") return cursor.name();
  if (cursor.token.kind !== "Word") throw cursor.unexpected(["a name"]);
  const words: string[] = [];
  while (cursor.token.kind === "Word" && cursor.peek().keyword !== "=") words.push(cursor.next().keyword);
  return { kind: "Keyword", value: words.join(" "), span: cursor.span(start) };
}

/** Properties parted by blanks or commas, as many as follow. */
export function parseProperties(cursor: Cursor): Property[] {
  const properties: Property[] = [];
  while (isProperty(cursor)) {
    properties.push(parseProperty(cursor));
    if (cursor.is(",") && isPropertyBehindComma(cursor)) cursor.next();
  }
  return properties;
}

function isPropertyBehindComma(cursor: Cursor): boolean {
  return cursor.peek().kind === "Word" && cursor.peek(2).keyword === "=";
}

/** What stands behind the `=` of the property called `name`. */
export function parsePropertyValue(cursor: Cursor, name: string): PropertyValue {
  const { start, token } = cursor;
  switch (token.kind) {
    case "String":
      return cursor.string();
    case "Stage":
      return parseStage(cursor);
    case "QuotedIdentifier":
      return cursor.name();
    case "Number":
      if (NAME_PROPERTIES.has(name)) break;
      cursor.next();
      return { kind: "NumberLiteral", text: token.value, span: cursor.span(start) };
    case "Variable":
    case "Positional":
      return cursor.expression();
    case "Symbol":
      if (token.keyword === "(") return parseParenthesizedValue(cursor, name);
      if (token.keyword === "-" || token.keyword === "+") return parseSignedNumber(cursor);
      if (token.keyword === ":" || token.keyword === "?") return cursor.expression();
      break;
    case "Word":
      return parseWordValue(cursor, name);
  }
  throw cursor.unexpected([`the value of ${name}`]);
}

function parseSignedNumber(cursor: Cursor): Expression {
  const { start } = cursor;
  const operator = cursor.next().keyword as "-" | "+";
  const { token, start: operandStart } = cursor;
  if (token.kind !== "Number") throw cursor.unexpected(["a number"]);
  cursor.next();
  const operand = { kind: "NumberLiteral", text: token.value, span: cursor.span(operandStart) } as const;
  return { kind: "Unary", operator, operand, span: cursor.span(start) };
}

function parseWordValue(cursor: Cursor, name: string): Expression | Keyword | Name {
  const { start, token } = cursor;
  const next = cursor.peek();
  if (token.keyword === "TRUE" || token.keyword === "FALSE") {
    cursor.next();
    return { kind: "BooleanLiteral", value: token.keyword === "TRUE", span: cursor.span(start) };
  }
  if (token.keyword === "NULL") {
    cursor.next();
    return { kind: "NullLiteral", span: cursor.span(start) };
  }
  if (NAME_PROPERTIES.has(name) || next.keyword === "." || token.keyword === "IDENTIFIER") {
    if (token.keyword !== "NONE" && token.keyword !== "ALL") return cursor.name();
  }
  return parseKeyword(cursor);
}

/** A word, or one with a percent sign such as `SKIP_FILE_10%`. */
function parseKeyword(cursor: Cursor): Keyword {
  const { start, token } = cursor;
  if (token.kind !== "Word") throw cursor.unexpected(["a word"]);
  cursor.next();
  let value = token.keyword;
  if (cursor.token.keyword === "%" && cursor.token.start === token.end) value += cursor.next().keyword;
  return { kind: "Keyword", value, span: cursor.span(start) };
}

function parseParenthesizedValue(cursor: Cursor, name: string): PropertyList | PropertyMap {
  const { start } = cursor;
  return cursor.nested(() => {
    cursor.expect("(");
    if (isEntry(cursor)) {
      const properties: Property[] = [];
      do properties.push(parseEntry(cursor));
      while (cursor.accept(",") || isEntry(cursor));
      cursor.expect(")");
      return { kind: "PropertyMap", properties, span: cursor.span(start) };
    }
    const items = cursor.is(")") ? [] : cursor.list(() => parsePropertyValue(cursor, name));
    cursor.expect(")");
    return { kind: "PropertyList", items, span: cursor.span(start) };
  });
}

/** Inside parentheses the name may also be a column in quotes: `INCLUDE_METADATA = ("a b" = METADATA$FILENAME)`. */
function isEntry(cursor: Cursor): boolean {
  return isProperty(cursor) || (cursor.token.kind === "QuotedIdentifier" && cursor.peek().keyword === "=");
}

function parseEntry(cursor: Cursor): Property {
  if (cursor.token.kind !== "QuotedIdentifier") return parseProperty(cursor);
  const { start, token } = cursor;
  cursor.next();
  cursor.next();
  const name = cursor.textOf(cursor.spanOf(token));
  return { kind: "Property", name, value: parsePropertyValue(cursor, name), span: cursor.span(start) };
}

/** A clause that is there or not: `COPY GRANTS`. */
export function acceptFlag(cursor: Cursor, ...flags: string[]): Property | undefined {
  const { start } = cursor;
  const found = flags.find((flag) => cursor.acceptSequence(...flag.split(" ")));
  return found === undefined ? undefined : { kind: "Property", name: found, span: cursor.span(start) };
}

/** `WITH FEATURE POLICY = p`: a property whose name is more than one word. */
export function acceptLongName(cursor: Cursor, names: readonly string[]): Property | undefined {
  const { start } = cursor;
  const name = names.find((words) => cursor.acceptSequence(...words.split(" "), "="));
  if (name === undefined) return undefined;
  return { kind: "Property", name, value: parsePropertyValue(cursor, name), span: cursor.span(start) };
}

/** `COMMENT = 'text'` and the older `COMMENT 'text'`. */
export function acceptComment(cursor: Cursor): Property | undefined {
  if (!cursor.is("COMMENT") || cursor.peek().kind !== "String") return undefined;
  const { start } = cursor;
  cursor.next();
  const value = cursor.string();
  return { kind: "Property", name: "COMMENT", value, span: cursor.span(start) };
}

/** A clause whose value follows without `=`: `IN COMPUTE POOL p`, `FROM @stage`. The first of `clauses` that stands here. */
export function acceptClause(
  cursor: Cursor,
  clauses: readonly string[],
  parseValue: () => PropertyValue = () => parseClauseValue(cursor),
): Property | undefined {
  const { start } = cursor;
  const words = clauses.find((clause) => cursor.acceptSequence(...clause.split(" ")));
  if (words === undefined) return undefined;
  const value = parseValue();
  return { kind: "Property", name: words, value, bare: true, span: cursor.span(start) };
}

function parseClauseValue(cursor: Cursor): PropertyValue {
  return cursor.token.kind === "Word" ? cursor.name() : parsePropertyValue(cursor, "");
}
