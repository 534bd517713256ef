import type { CommonTableExpression } from "../ast/index";
import { visit } from "../visitor";

/**
 * The word RECURSIVE may be left out: what makes a recursion is that the second half of a UNION ALL reads the table it
 * defines. https://docs.snowflake.com/en/sql-reference/constructs/with
 */
export function isRecursive({ name, query: { body } }: CommonTableExpression): boolean {
  if (body.kind !== "SetOperation" || !body.all) return false;
  let found = false;
  visit(body.right, {
    NamedTable({ name: read }) {
      if (read.kind === "ObjectName" && read.parts.length === 1 && read.parts[0]?.value === name.value) found = true;
    },
  });
  return found;
}
