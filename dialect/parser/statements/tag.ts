import type { CreateTag } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptComment, isProperty, parseProperty } from "../properties";
import { type CreateHead, parseCreateStart } from "./createHead";

/** https://docs.snowflake.com/en/sql-reference/sql/create-tag */
export function parseCreateTag(cursor: Cursor, head: CreateHead): CreateTag {
  const tag: CreateTag = {
    kind: "CreateTag",
    ...parseCreateStart(cursor, head),
    properties: [],
    span: { start: head.start, end: head.start },
  };
  for (;;) {
    if (cursor.accept("ALLOWED_VALUES"))
      tag.allowedValues = cursor.is("(")
        ? cursor.parenthesizedList(() => cursor.string())
        : cursor.list(() => cursor.string());
    else {
      const property = acceptComment(cursor) ?? (isProperty(cursor) ? parseProperty(cursor) : undefined);
      if (property === undefined) break;
      tag.properties.push(property);
    }
  }
  tag.span = cursor.span(head.start);
  return tag;
}
