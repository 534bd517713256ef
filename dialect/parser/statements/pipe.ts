import type { CreatePipe } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseProperties } from "../properties";
import { type CreateHead, parseCreateStart } from "./createHead";

/** https://docs.snowflake.com/en/sql-reference/sql/create-pipe */
export function parseCreatePipe(cursor: Cursor, head: CreateHead): CreatePipe {
  const start = parseCreateStart(cursor, head);
  const properties = parseProperties(cursor);
  cursor.expect("AS");
  const parenthesized = cursor.accept("(");
  if (!cursor.is("COPY")) throw cursor.unexpected();
  const copy = cursor.statement();
  if (parenthesized) cursor.expect(")");
  return { kind: "CreatePipe", ...start, properties, copy, span: cursor.span(head.start) };
}
