import type { CreateType, Property } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseDataType } from "../dataTypes";
import { acceptComment, parseProperties } from "../properties";
import { type CreateHead, parseCreateStart } from "./createHead";

/** https://docs.snowflake.com/en/sql-reference/sql/create-type */
export function parseCreateType(cursor: Cursor, head: CreateHead): CreateType {
  const start = parseCreateStart(cursor, head);
  cursor.expect("AS");
  const type = parseDataType(cursor);
  const comment = acceptComment(cursor);
  const properties: Property[] = comment === undefined ? parseProperties(cursor) : [comment];
  return { kind: "CreateType", ...start, type, properties, span: cursor.span(head.start) };
}
