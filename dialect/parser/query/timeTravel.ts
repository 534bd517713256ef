import type { Changes, TimeTravel } from "../../ast/index";
import type { Cursor } from "../cursor";

/** `AT | BEFORE (…)` and `CHANGES (…)` behind the name of a table, if they are there. */
export function parseChangesAndTimeTravel(cursor: Cursor): { timeTravel?: TimeTravel; changes?: Changes } {
  if (cursor.isSequence("CHANGES", "(")) return { changes: parseChanges(cursor) };
  if (cursor.isSequence("AT", "(") || cursor.isSequence("BEFORE", "(")) {
    const timeTravel = parseTimeTravel(cursor);
    if (cursor.isSequence("CHANGES", "(")) return { timeTravel, changes: parseChanges(cursor) };
    return { timeTravel };
  }
  return {};
}

/** https://docs.snowflake.com/en/sql-reference/constructs/at-before */
export function parseTimeTravel(cursor: Cursor): TimeTravel {
  const { start } = cursor;
  const when = cursor.expectAnyOf("AT", "BEFORE", "END");
  const point = parseTimeTravelPoint(cursor, when);
  return { ...point, span: cursor.span(start) };
}

/** The parentheses alone; the cursor stands behind the word. */
export function parseTimeTravelPoint(cursor: Cursor, when: TimeTravel["when"]): TimeTravel {
  const { start } = cursor;
  cursor.expect("(");
  const point = cursor.expectAnyOf(
    "TIMESTAMP",
    "OFFSET",
    "STATEMENT",
    ...(when === "END" ? [] : (["STREAM"] as const)),
  );
  cursor.expect("=>");
  const value = cursor.expression();
  cursor.expect(")");
  return { kind: "TimeTravel", when, point, value, span: cursor.span(start) };
}

/**
 * https://docs.snowflake.com/en/sql-reference/constructs/changes; from one refresh to the next it has no bounds:
 * https://docs.snowflake.com/en/user-guide/dynamic-tables/custom-incrementalization#the-changes-clause
 */
function parseChanges(cursor: Cursor): Changes {
  const { start } = cursor;
  cursor.expect("CHANGES");
  cursor.expect("(");
  if (cursor.inRefresh && cursor.accept(")")) return { kind: "Changes", span: cursor.span(start) };
  cursor.expectSequence("INFORMATION", "=>");
  const information = cursor.expectAnyOf("DEFAULT", "APPEND_ONLY");
  cursor.expect(")");
  if (cursor.inRefresh) return { kind: "Changes", information, span: cursor.span(start) };
  if (!cursor.is("AT") && !cursor.is("BEFORE")) throw cursor.unexpected();
  const at = parseTimeTravel(cursor);
  const end = cursor.isSequence("END", "(") ? parseTimeTravel(cursor) : undefined;
  return { kind: "Changes", information, at, ...(end && { end }), span: cursor.span(start) };
}

/** `AT | BEFORE (…)` where it is optional, as behind CLONE. */
export function acceptTimeTravel(cursor: Cursor): TimeTravel | undefined {
  return cursor.isSequence("AT", "(") || cursor.isSequence("BEFORE", "(") ? parseTimeTravel(cursor) : undefined;
}
