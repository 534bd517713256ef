import type { CreateSequence, Property } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptComment, acceptFlag, isProperty, parseProperty, parsePropertyValue } from "../properties";
import { acceptClone, type CreateHead, parseCreateStart } from "./createHead";

/** https://docs.snowflake.com/en/sql-reference/sql/create-sequence, …/sql/create-clone */
export function parseCreateSequence(cursor: Cursor, head: CreateHead): CreateSequence {
  const start = parseCreateStart(cursor, head);
  const clone = acceptClone(cursor);
  if (clone === undefined) cursor.accept("WITH");
  const properties = clone === undefined ? parseSequenceProperties(cursor) : [];
  return {
    kind: "CreateSequence",
    ...start,
    ...(clone === undefined ? {} : { clone }),
    properties,
    span: cursor.span(head.start),
  };
}

/** `START [WITH] [=] n`, `INCREMENT [BY] [=] n`, ORDER, NOORDER, COMMENT. */
export function parseSequenceProperties(cursor: Cursor): Property[] {
  const properties: Property[] = [];
  for (;;) {
    const property =
      acceptNumber(cursor, "START", "WITH") ??
      acceptNumber(cursor, "INCREMENT", "BY") ??
      acceptFlag(cursor, "ORDER", "NOORDER") ??
      acceptComment(cursor) ??
      (isProperty(cursor) ? parseProperty(cursor) : undefined);
    if (property === undefined) return properties;
    properties.push(property);
    if (cursor.is(",")) cursor.next();
  }
}

function acceptNumber(cursor: Cursor, name: string, preposition: string): Property | undefined {
  const { start } = cursor;
  if (!cursor.accept(name)) return undefined;
  cursor.accept(preposition);
  cursor.accept("=");
  const value = parsePropertyValue(cursor, name);
  return { kind: "Property", name, value, span: cursor.span(start) };
}
