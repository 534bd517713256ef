import type { SnowflakeError } from "../../errors";
import type { Shared } from "../binder";
import type { Scope } from "../scope";

/*
 * The engine nests no window functions. What looks at another row and is then counted along the rows is taken in two steps where
 * the query allows it: a subquery around FROM and WHERE takes the first, under which the relations keep their names as structs.
 */

/** A window function of a window function. */
export interface PreparedWindow {
  /** In one step; stands wherever the query cannot be taken apart. */
  whole: string;
  /** The first step by column name. */
  columns: Record<string, string>;
  /** The second step, which reads those columns. */
  rest: string;
  /** Why it does not work in one step, if so. */
  refusal: SnowflakeError | undefined;
}

/** Names of the engine's relations that the columns of a scope are read from, as far as they stand in `from`. */
function relationNames({ relations }: Scope, from: string): string[] {
  const read = relations.flatMap(({ columns, rowNumber }) => [...columns.map(({ sql }) => sql), rowNumber ?? ""]);
  const names = new Set(read.flatMap((sql) => Array.from(sql.matchAll(/\b([a-z]\w*)\.\w/g), ([, name]) => name ?? "")));
  return [...names].filter((name) => new RegExp(` AS ${name}\\b`).test(from));
}

/** FROM and WHERE with the first steps, and what replaces windows by their second; nothing changes where there are groups. */
export function prepareWindows(
  scope: Scope,
  shared: Shared,
  from: string,
  isPlain: boolean,
): { from: string; inTwoSteps(sql: string): string } {
  const { preparedWindows } = scope;
  const names = isPlain && preparedWindows.length > 0 ? relationNames(scope, from) : [];
  const refused = preparedWindows.find(({ refusal }) => refusal);
  if (names.length === 0 && refused?.refusal) throw refused.refusal;
  if (names.length === 0) return { from, inTwoSteps: (sql) => sql };
  const columns = preparedWindows.flatMap((window) => Object.entries(window.columns));
  const taken = columns.map(([name, sql]) => `${sql} AS ${name}`);
  return {
    from: ` FROM (SELECT ${[...names, ...taken].join(", ")}${from}) AS ${shared.fresh("w")}`,
    inTwoSteps: (sql) => preparedWindows.reduce((text, { whole, rest }) => text.replaceAll(whole, () => rest), sql),
  };
}
