import { compilationError, type SnowflakeError } from "../../errors";
import type { UsedColumn } from "../scope";

/** How many plain columns were seen when a clause of the SELECT had been read. */
export interface ReadSoFar {
  items: number;
  all: number;
}

/**
 * What is wrong with the first column that a SELECT with groups reads beside its keys: the list says where it stands when
 * GROUP BY is written; a window function, HAVING and an aggregate without GROUP BY name it alone, and so does ORDER BY.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/select, its error case
 */
export function ungroupedColumn(columns: readonly UsedColumn[], read: ReadSoFar, hasKeys: boolean): SnowflakeError {
  const [{ name, position, inWindow }] = columns as [UsedColumn];
  if (read.items > 0 && hasKeys && !inWindow)
    return compilationError(
      "001104",
      "42601",
      `'${name}' in select clause is neither an aggregate nor in the group by clause.`,
      position,
    );
  return notValid(name, read.all > 0 ? "group" : "order");
}

/** A place or an expression that GROUP BY or ORDER BY cannot have. */
export const notValid = (text: string, clause: "group" | "order"): SnowflakeError =>
  compilationError("000979", "42601", `[${text}] is not a valid ${clause} by expression`);
