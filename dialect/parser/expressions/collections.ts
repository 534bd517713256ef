import type { ArrayLiteral, Expression, Identifier, ObjectLiteral, SpreadElement, Star } from "../../ast/index";
import type { Cursor } from "../cursor";

/** `[1, 2, ** more]`; the cursor stands at `[`. */
export function parseArrayLiteral(cursor: Cursor): ArrayLiteral {
  const { start } = cursor;
  cursor.expect("[");
  const elements = cursor.is("]") ? [] : cursor.list(() => parseExpressionOrSpread(cursor));
  cursor.expect("]");
  return { kind: "ArrayLiteral", elements, span: cursor.span(start) };
}

/** `{'a': 1, ** more}`, `{*}`; the cursor stands at `{`. */
export function parseObjectLiteral(cursor: Cursor): ObjectLiteral {
  const { start } = cursor;
  cursor.expect("{");
  const entries = cursor.is("}") ? [] : cursor.list(() => parseEntry(cursor));
  cursor.expect("}");
  return { kind: "ObjectLiteral", entries, span: cursor.span(start) };
}

function parseEntry(cursor: Cursor): ObjectLiteral["entries"][number] {
  if (cursor.is("**")) return parseSpread(cursor);
  if (isStar(cursor)) return parseStarArgument(cursor);
  const { start } = cursor;
  const key = parseKey(cursor);
  cursor.expect(":");
  const value = cursor.expression();
  return { kind: "ObjectEntry", key, value, span: cursor.span(start) };
}

// No operators in a key: the colon behind it would be read as a path.
function parseKey(cursor: Cursor): Expression {
  const { token, start } = cursor;
  if (token.kind === "String") return cursor.string();
  if (token.kind === "Variable") {
    cursor.next();
    const span = cursor.span(start);
    return {
      kind: "SessionVariable",
      name: { kind: "Identifier", text: token.value, value: token.value.toUpperCase(), quoted: false, span },
      span,
    };
  }
  if (token.keyword === ":") {
    cursor.next();
    return { kind: "BindVariable", name: cursor.anyIdentifier(), span: cursor.span(start) };
  }
  if (!cursor.isIdentifier()) throw cursor.unexpected(["a key"]);
  const parts = [cursor.identifier()];
  return { kind: "ColumnReference", parts, span: cursor.span(start) };
}

export function parseExpressionOrSpread(cursor: Cursor): Expression | SpreadElement {
  return cursor.token.keyword === "**" ? parseSpread(cursor) : cursor.expression();
}

function parseSpread(cursor: Cursor): SpreadElement {
  const { start } = cursor;
  cursor.expect("**");
  const expression = cursor.expression();
  return { kind: "SpreadElement", expression, span: cursor.span(start) };
}

/** True at `*` and at `a.b.*`; `from` so many tokens ahead. */
export function isStar(cursor: Cursor, from = 0): boolean {
  const first = cursor.peek(from);
  if (first.keyword === "*") return true;
  if (isNamedByText(cursor, from)) return true;
  if (from === 0 ? !cursor.isIdentifier() : first.kind !== "Word" && first.kind !== "QuotedIdentifier") return false;
  let ahead = from + 1;
  while (cursor.peek(ahead).keyword === ".") {
    const { kind, keyword } = cursor.peek(ahead + 1);
    if (keyword === "*") return true;
    if (kind !== "Word" && kind !== "QuotedIdentifier" && keyword !== ".") return false;
    ahead += keyword === "." ? 1 : 2;
    if (ahead > from + 8) return false;
  }
  return false;
}

/** `[t.]* [ILIKE 'x'] [EXCLUDE …] [REPLACE …] [RENAME …]`. https://docs.snowflake.com/en/sql-reference/sql/select */
export function parseStar(cursor: Cursor): Star {
  const star = parseStarArgument(cursor);
  if (cursor.is("REPLACE")) {
    cursor.next();
    star.replace = cursor.parenthesizedList(() => {
      const expression = cursor.expression();
      cursor.expect("AS");
      return { expression, name: cursor.identifier() };
    });
  }
  if (cursor.is("RENAME")) {
    cursor.next();
    star.rename = listOrOne(cursor, () => parseRename(cursor));
  }
  star.span = cursor.span(star.span.start);
  return star;
}

/** `[t.]* [ILIKE 'x' | EXCLUDE …]`: the star as an argument of a function and in an object, where nothing gets another name. */
export function parseStarArgument(cursor: Cursor): Star {
  const { start } = cursor;
  const star: Star = { kind: "Star", span: { start, end: start } };
  if (isNamedByText(cursor)) star.qualifier = parseNamedByText(cursor);
  else if (!cursor.is("*")) {
    star.qualifier = [];
    while (!cursor.is("*")) {
      if (cursor.is(".")) {
        const at = cursor.span(cursor.start);
        star.qualifier.push({
          kind: "Identifier",
          text: "",
          value: "",
          quoted: false,
          span: { start: at.end, end: at.end },
        });
      } else star.qualifier.push(cursor.anyIdentifier());
      cursor.expect(".");
    }
  }
  cursor.expect("*");
  if (cursor.is("ILIKE")) {
    cursor.next();
    star.ilike = cursor.string();
  } else if (cursor.is("EXCLUDE")) {
    cursor.next();
    star.exclude = listOrOne(cursor, () => cursor.identifier());
  }
  star.span = cursor.span(start);
  return star;
}

/** True at `IDENTIFIER('t').*`. */
function isNamedByText(cursor: Cursor, from = 0): boolean {
  return (
    cursor.peek(from).keyword === "IDENTIFIER" &&
    cursor.peek(from + 1).keyword === "(" &&
    cursor.peek(from + 2).kind === "String" &&
    cursor.peek(from + 3).keyword === ")" &&
    cursor.peek(from + 4).keyword === "." &&
    cursor.peek(from + 5).keyword === "*"
  );
}

/** The name that the text says: `IDENTIFIER('t').*` is `t.*`. */
function parseNamedByText(cursor: Cursor): Identifier[] {
  cursor.next();
  cursor.next();
  const { parts } = cursor.inside(cursor.next()).objectName();
  cursor.expect(")");
  cursor.expect(".");
  return parts;
}

function parseRename(cursor: Cursor): { from: Identifier; to: Identifier } {
  const from = cursor.identifier();
  cursor.expect("AS");
  return { from, to: cursor.identifier() };
}

function listOrOne<T>(cursor: Cursor, parse: () => T): T[] {
  return cursor.is("(") ? cursor.parenthesizedList(parse) : [parse()];
}
