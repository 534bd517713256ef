import type { Star } from "../../ast/index";
import type { Lineage, LineageColumn, Scope } from "./column";
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
  const written = star.qualifier === undefined ? scope.row : relations.flatMap((relation) => relation.columns);
  for (const column of written) {
    const { name = "" } = column;
    if (excluded.has(name) || pattern?.test(name) === false) continue;
    columns.push(changed(column, star, scope, lineage));
  }
  return columns;
}

function changed(column: LineageColumn, star: Star, scope: Scope, lineage: Lineage): LineageColumn {
  const replacement = star.replace?.find(({ name }) => name.value === column.name);
  const to = star.rename?.find(({ from }) => from.value === column.name)?.to.value;
  return {
    ...column,
    ...(replacement && { sources: sourcesOf(replacement.expression, scope, lineage), direct: false }),
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
