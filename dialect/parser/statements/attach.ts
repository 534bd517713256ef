import type { Unmodelled } from "../../ast/index";
import type { Cursor } from "../cursor";
import { stepOverBinding } from "../dataMetrics";
import { parseTag } from "../governance";
import { SINGULAR_TYPES } from "./objectTypes";
import { acceptArgumentTypes } from "./routineSignature";
import { parseUnmodelled } from "./unmodelled";

/**
 * What the definitions of a DCM project have besides DEFINE and GRANT: a metric or a tag is attached to other objects.
 * https://docs.snowflake.com/en/user-guide/dcm-projects/dcm-projects-supported-entities
 */
export function parseAttach(cursor: Cursor): Unmodelled {
  const { start } = cursor;
  cursor.expect("ATTACH");
  const objectType = cursor.accept("TAG") ? "TAG" : "DATA METRIC FUNCTION";
  if (objectType === "TAG")
    return parseUnmodelled(cursor, { start, verb: "ATTACH", objectType, nameless: true, rest: stepOverTags });
  cursor.expectSequence("DATA", "METRIC", "FUNCTION");
  return parseUnmodelled(cursor, { start, verb: "ATTACH", objectType, rest: stepOverMetric });
}

/** `TO TABLE t ON (a) EXPECTATION e (VALUE = 0)`, behind the name of the metric. */
function stepOverMetric(cursor: Cursor): void {
  cursor.expect("TO");
  SINGULAR_TYPES.expect(cursor);
  stepOverBinding(cursor);
}

/** `t = 'v', … TO TABLE a COLUMN b, VIEW c` */
function stepOverTags(cursor: Cursor): void {
  cursor.list(() => parseTag(cursor));
  cursor.expect("TO");
  cursor.list(() => {
    SINGULAR_TYPES.expect(cursor);
    cursor.name();
    acceptArgumentTypes(cursor);
    if (cursor.accept("COLUMN")) cursor.identifier();
  });
}
