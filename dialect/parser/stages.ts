import type { Identifier, LocationReference, StageReference } from "../ast/index";
import type { Token } from "../lexer/token";
import type { Cursor } from "./cursor";

/** `@stage/path`, or the same as a string: `'@stage/a b.csv'`. A string that is no stage (`'s3://…'`) and `snow://…` are strings. */
export function parseLocation(cursor: Cursor): LocationReference {
  if (cursor.is("?")) {
    const { start } = cursor;
    cursor.next();
    return { kind: "BindPlaceholder", index: cursor.nextPlaceholder(), span: cursor.span(start) };
  }
  if (cursor.is(":")) {
    const { start } = cursor;
    cursor.next();
    return { kind: "BindVariable", name: cursor.identifier(), span: cursor.span(start) };
  }
  if (cursor.token.kind === "String") {
    const token = cursor.next();
    return token.value.startsWith("@") ? stageReference(cursor, token, token.value, true) : cursor.stringOf(token);
  }
  if (isSnowUri(cursor.token)) return cursor.stringOf(cursor.next());
  return parseStage(cursor);
}

/** `snow://workspace/w/versions/live/` needs no quotes. https://docs.snowflake.com/en/user-guide/ui-snowsight/workspaces-sql */
const isSnowUri = ({ kind, value }: Token): boolean => kind === "Uri" && /^snow:/i.test(value);

export function parseStage(cursor: Cursor): StageReference {
  if (cursor.token.kind !== "Stage") throw cursor.unexpected(["a stage"]);
  const token = cursor.next();
  return stageReference(cursor, token, token.value, false);
}

function stageReference(cursor: Cursor, token: Token, text: string, quoted: boolean): StageReference {
  const span = cursor.spanOf(token);
  const reference: StageReference = { kind: "StageReference", text, quoted, path: "", span };
  if (text.startsWith("@~")) {
    reference.path = text.slice(2);
    return reference;
  }
  const from = text.startsWith("@%") ? 2 : 1;
  const { parts, end } = nameParts(cursor, text, from, token);
  if (parts.length === 0) {
    if (!quoted) throw cursor.unexpected(["a stage"], token);
    return reference;
  }
  const last = parts[parts.length - 1] as Identifier;
  // `@db.schema.%t`: the table's stage in a named schema.
  if (from === 2 || last.text.startsWith("%")) {
    if (last.text.startsWith("%"))
      parts[parts.length - 1] = { ...last, text: last.text.slice(1), value: last.value.slice(1) };
    reference.table = { kind: "ObjectName", parts, span };
  } else reference.stage = { kind: "ObjectName", parts, span };
  reference.path = text.slice(end);
  return reference;
}

/** The identifiers at the head of a stage's text, and where they end. */
function nameParts(cursor: Cursor, text: string, from: number, token: Token): { parts: Identifier[]; end: number } {
  const parts: Identifier[] = [];
  let i = from;
  for (;;) {
    const match = /^(?:"((?:[^"]|"")*)"|(%?[\p{L}_][\p{L}\p{N}_$]*))/u.exec(text.slice(i, i + 600));
    if (match === null) break;
    const quoted = match[1] !== undefined;
    const name = quoted ? (match[1] as string).replaceAll('""', '"') : (match[2] as string);
    const value = quoted ? name : name.toUpperCase();
    parts.push({ kind: "Identifier", text: name, value, quoted, span: cursor.spanOf(token) });
    i += match[0].length;
    if (text[i] !== "." || parts.length === 3) break;
    i++;
  }
  return { parts, end: i };
}
