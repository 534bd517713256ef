import type { Sample, TableReference } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseMatchRecognize } from "./matchRecognize";
import { parsePivot, parseUnpivot } from "./pivot";
import { isClauseWord } from "./queryStart";
import { parseTableAlias } from "./tableAlias";

/** Alias, SAMPLE, PIVOT, UNPIVOT and MATCH_RECOGNIZE behind a table; what stands behind a pivot belongs to the pivot. */
export function parseTableSuffixes(cursor: Cursor, factor: TableReference, start: number): TableReference {
  let table = factor;
  for (;;) {
    switch (cursor.token.keyword) {
      case "SAMPLE":
      case "TABLESAMPLE":
        if (table.kind === "Join" || table.sample !== undefined) return table;
        table.sample = parseSample(cursor);
        table.span = cursor.span(start);
        continue;
      case "PIVOT":
        if (!isClauseWord(cursor)) break;
        table = parsePivot(cursor, table, start);
        continue;
      case "UNPIVOT":
        if (!isClauseWord(cursor)) break;
        table = parseUnpivot(cursor, table, start);
        continue;
      case "MATCH_RECOGNIZE":
        if (!isClauseWord(cursor)) break;
        table = parseMatchRecognize(cursor, table, start);
        continue;
      default:
    }
    if (table.kind === "Join" || table.alias !== undefined) return table;
    const alias = parseTableAlias(cursor);
    if (alias === undefined) return table;
    table.alias = alias;
    table.span = cursor.span(start);
  }
}

function isNumberOrVariable(cursor: Cursor): boolean {
  const { kind, keyword } = cursor.token;
  return kind === "Number" || kind === "Variable" || keyword === ":" || keyword === "?";
}

/** https://docs.snowflake.com/en/sql-reference/constructs/sample */
function parseSample(cursor: Cursor): Sample {
  const { start } = cursor;
  cursor.next();
  const method = cursor.acceptAnyOf("BERNOULLI", "ROW", "SYSTEM", "BLOCK");
  cursor.expect("(");
  if (!isNumberOrVariable(cursor)) throw cursor.unexpected(["a number"]);
  const size = cursor.operand();
  const rows = cursor.accept("ROWS");
  cursor.expect(")");
  const seed = cursor.acceptAnyOf("REPEATABLE", "SEED") ? cursor.parenthesized(() => cursor.operand()) : undefined;
  return { kind: "Sample", size, rows, ...(method && { method }), ...(seed && { seed }), span: cursor.span(start) };
}
