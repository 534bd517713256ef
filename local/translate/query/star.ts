import type { ColumnReference, Identifier, Star } from "../../../dialect/index";
import { compilationError, invalidIdentifier, unsupportedFeature } from "../../errors";
import { printName } from "../../names/resolve";
import type { Binder } from "../binder";
import type { Bound } from "../bound";
import { useColumn } from "../expressions/columns";
import type { Scope, ScopeColumn, ScopeRelation } from "../scope";

/** Where Snowflake sees a column that nobody wrote. */
const NOWHERE = { line: 0, column: -1 };

export interface StarColumn {
  name: string;
  value: Bound;
  source?: ScopeColumn["source"];
  isPlain?: boolean;
}

/** The columns of a star that is an argument, as if they were written. Source: …/sql-reference/sql/select */
export function starReferences(binder: Binder, star: Star): ColumnReference[] {
  const { scope, columns } = starColumns(binder, star);
  const kept = keptColumns(star, columns);
  return kept.map((column) => {
    const relation = scope.relations.find((r) => r.columns.includes(column));
    const parts = [...(relation?.name === undefined ? [] : [relation.name]), column.name];
    return { kind: "ColumnReference", parts: parts.map((value) => identifier(value, star)), span: star.span };
  });
}

const identifier = (value: string, { span }: Star): Identifier => ({
  kind: "Identifier",
  text: printName(value),
  value,
  quoted: printName(value) !== value,
  span,
});

/** `*` and `t.*` with ILIKE, EXCLUDE, REPLACE and RENAME, in this order. */
export function expandStar(binder: Binder, star: Star): StarColumn[] {
  const { scope, columns } = starColumns(binder, star);
  const renamed = new Map((star.rename ?? []).map((r) => [r.from.value, r.to.value]));
  const replaced = new Map((star.replace ?? []).map((r) => [r.name.value, r.expression]));
  const kept = keptColumns(star, columns);
  if (kept.length === 0) throw compilationError("002080", "42601", "SELECT with no columns");
  return kept.map((column) => {
    const replacement = replaced.get(column.name);
    return {
      name: renamed.get(column.name) ?? column.name,
      value: replacement ? binder.expression(replacement) : useColumn(scope, column, NOWHERE),
      source: replacement ? undefined : column.source,
      ...(column.isPlain && !replacement ? { isPlain: true } : {}),
    };
  });
}

/** The columns that EXCLUDE and ILIKE leave; what a modifier names has to be one of them all. */
function keptColumns(star: Star, columns: ScopeColumn[]): ScopeColumn[] {
  const excluded = new Set((star.exclude ?? []).map((c) => c.value));
  const named = [...(star.rename ?? []).map((r) => r.from), ...(star.replace ?? []).map((r) => r.name)];
  for (const name of [...excluded, ...named.map(({ value }) => value)]) {
    if (!columns.some((c) => c.name === name))
      throw compilationError("000904", "42000", `column '${printName(name)}' does not exist`);
  }
  const pattern = star.ilike ? likePattern(star.ilike.value) : undefined;
  return columns.filter((c) => !excluded.has(c.name) && (!pattern || pattern.test(c.name)));
}

/** The columns a star stands for, and the scope they belong to. */
export function starColumns(binder: Binder, star: Star): { scope: Scope; columns: ScopeColumn[] } {
  const { scope } = binder;
  const qualifier = (star.qualifier ?? []).map((p) => p.value);
  if (qualifier.length === 0) {
    if (scope.relations.length === 0) throw compilationError("001003", "42000", "SELECT * needs a FROM clause");
    refuseStarless(scope.relations);
    return { scope, columns: scope.relations.flatMap((r) => r.columns.filter((c) => !c.hidden && !c.outsideStar)) };
  }
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.relations.filter((r) => r.name === qualifier.at(-1));
    refuseStarless(found);
    if (found.length > 0) return { scope: at, columns: found.flatMap((r) => r.columns.filter((c) => !c.outsideStar)) };
  }
  throw invalidIdentifier(printName(...qualifier), binder.position(star.span));
}

function refuseStarless(relations: readonly ScopeRelation[]): void {
  if (relations.some(({ starless }) => starless)) throw unsupportedFeature("* over DUAL");
}

export const likePattern = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll("%", ".*")
      .replaceAll("_", ".")}$`,
    "is",
  );
