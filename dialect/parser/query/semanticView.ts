import type { SemanticViewTable } from "../../ast/index";
import type { Cursor } from "../cursor";

/** `SEMANTIC_VIEW(name METRICS … DIMENSIONS … WHERE …)`. https://docs.snowflake.com/en/sql-reference/constructs/semantic_view */
export function parseSemanticView(cursor: Cursor): SemanticViewTable {
  const { start } = cursor;
  cursor.next();
  cursor.expect("(");
  const name = cursor.name();
  const from = cursor.start;
  let depth = 0;
  while (!cursor.atEnd && !(depth === 0 && cursor.is(")"))) {
    const { keyword } = cursor.next();
    if (keyword === "(") depth++;
    else if (keyword === ")") depth--;
  }
  const clauses = cursor.textOf(cursor.span(from));
  cursor.expect(")");
  return { kind: "SemanticViewTable", name, clauses, span: cursor.span(start) };
}
