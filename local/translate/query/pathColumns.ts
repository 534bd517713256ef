import type { Binder, Shared } from "../binder";
import type { Scope } from "../scope";
import { quote } from "../sql";

/*
 * Paths into one VARIANT column of FROM are taken together, so that each value is read once however many paths lead into it and
 * however often their values are looked at. The relation leaves marks around itself while its SELECT is translated.
 */

/** By alias of the relation, by column: the paths taken so far. */
export type PathColumns = Map<string, Map<string, string[]>>;

const OPEN = "\uE012";
const CLOSE = "\uE013";
const END = "\uE014";

const nameOf = (column: string) => `p_${column}`;

/** `sql AS own`, to which path columns may be added while the SELECT of the binder is translated. */
export function openRelation(binder: Binder, sql: string, own: string): string {
  if (!binder.scope.takesPaths) return `${sql} AS ${own}`;
  binder.shared.pathColumns.set(own, new Map());
  return `${OPEN}${own}${END}${sql}${CLOSE}${own}${END} AS ${own}`;
}

/** No path columns for a relation whose SQL must stay as it is. */
export function keepAsIs({ shared }: Binder, relation: string): void {
  shared.pathColumns.delete(/\w+$/.exec(relation)?.[0] ?? "");
}

/** What stands for `path` into `root`; undefined when that is not a column of an open relation. */
export function pathColumn(binder: Binder, root: string, path: string): string | undefined {
  const [, own = "", column = ""] = /^(\w+)\.(\w+)$/.exec(root) ?? [];
  const paths = binder.shared.pathColumns.get(own);
  if (!paths) return undefined;
  // Behind GROUP BY the column is known, what is taken from it beforehand is not.
  for (let scope: Scope | undefined = binder.scope; scope; scope = scope.parent)
    if (scope.groupKeys?.has(root)) return undefined;
  const known = paths.get(column) ?? [];
  paths.set(column, known);
  const at = known.indexOf(path);
  return `${own}.${nameOf(column)}[${at < 0 ? known.push(path) : at + 1}]`;
}

/** FROM with the path columns that the SELECT asked for. */
export function closeRelations({ pathColumns }: Shared, from: string): string {
  return from.replace(/[\uE012\uE013](\w+)\uE014/g, (mark, own: string) => {
    const columns = pathColumns.get(own);
    if (!columns || columns.size === 0) return "";
    if (mark[0] === CLOSE) return ")";
    const taken = Array.from(
      columns,
      ([column, paths]) => `json_extract(${column}, [${paths.map(quote).join(", ")}]) AS ${nameOf(column)}`,
    );
    return `(SELECT *, ${taken.join(", ")} FROM `;
  });
}
