import type { Star } from "../../ast/index";
import { type Lineage, type LineageColumn, type Scope, union } from "./column";
import { noteUnknown, relationsOfStar, sourcesOf } from "./expressionSources";

/** The columns a star stands for, after ILIKE, EXCLUDE, REPLACE and RENAME. */
export function expandStar(star: Star, scope: Scope, lineage: Lineage): LineageColumn[] {
  const relations = relationsOfStar(star, scope);
  const qualifier = star.qualifier?.map(({ value }) => value).join(".");
  if (relations.length === 0)
    lineage.problem(qualifier === undefined ? "SELECT * without FROM" : `invalid identifier '${qualifier}'`, star);
  noteUnknown(relations, star, lineage);
  const excluded = new Set(star.exclude?.map(({ value }) => value));
  const pattern = star.ilike && likePattern(star.ilike.value);
  const columns: LineageColumn[] = [];
  const merged = new Set<string>();
  for (const column of relations.flatMap((relation) => relation.columns)) {
    const { name = "" } = column;
    const both = star.qualifier === undefined ? scope.merged.get(name) : undefined;
    // A column that USING has merged stands where it came first.
    if (both !== undefined && merged.has(name)) continue;
    merged.add(name);
    if (excluded.has(name) || pattern?.test(name) === false) continue;
    columns.push(changed(both ?? column, star, scope, lineage));
  }
  return columns;
}

function changed(column: LineageColumn, star: Star, scope: Scope, lineage: Lineage): LineageColumn {
  const replacement = star.replace?.find(({ name }) => name.value === column.name);
  const to = star.rename?.find(({ from }) => from.value === column.name)?.to.value;
  return {
    ...column,
    ...(replacement && { sources: union(sourcesOf(replacement.expression, scope, lineage)), direct: false }),
    ...(to !== undefined && { name: to }),
  };
}

/** `%` and `_` of ILIKE; everything else stands for itself. */
function likePattern(text: string): RegExp {
  const escaped = text
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return new RegExp(`^${escaped}$`, "is");
}
