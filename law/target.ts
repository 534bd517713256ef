import type { Name } from "../dialect/index";
import type { Act } from "./acts/act";
import {
  cased,
  DYNAMIC,
  nameParts,
  printResolved,
  type ResolvedName,
  resolveObject,
  resolveSchema,
} from "./acts/names";
import type { LawSettings } from "./settings";

/** What a statement aims at, as far as the text tells. */
export type Target = ResolvedName | typeof DYNAMIC;

export function objectTarget(name: Name, act: Act): Target {
  const parts = nameParts(name, act.constantOf);
  return parts === DYNAMIC ? DYNAMIC : resolveObject(parts, act.namespace);
}

export function schemaTarget(name: Name, act: Act): Target {
  const parts = nameParts(name, act.constantOf);
  return parts === DYNAMIC ? DYNAMIC : resolveSchema(parts, act.namespace);
}

export function accountObjectTarget(name: Name, act: Act): Target {
  const parts = nameParts(name, act.constantOf);
  return parts === DYNAMIC ? DYNAMIC : { name: cased(parts, act.namespace).at(-1) ?? "" };
}

/** A name without a database is taken to lie in the governed one: what cannot be told apart fails closed. */
export const isGoverned = (target: Target, settings: LawSettings): boolean =>
  target !== DYNAMIC && (target.database === undefined || target.database === settings.database);

/** As `isGoverned`, and also where only run time knows the name. */
export const mayBeGoverned = (target: Target, settings: LawSettings): boolean =>
  target === DYNAMIC || isGoverned(target, settings);

export const isLanding = (target: Target, settings: LawSettings): boolean =>
  isTable(target, settings, settings.landing);

export const isEvents = (target: Target, settings: LawSettings): boolean => isTable(target, settings, settings.events);

function isTable(target: Target, settings: LawSettings, table: { schema: string; name: string }): boolean {
  return (
    target !== DYNAMIC &&
    isGoverned(target, settings) &&
    target.name === table.name &&
    (target.schema === undefined || target.schema === table.schema)
  );
}

/** In full where it is known, with the governed database where it was left out. */
export const printTarget = (target: Target, settings: LawSettings): string =>
  target === DYNAMIC
    ? "of a name that is only known at run time"
    : printResolved({ ...target, database: target.database ?? settings.database });
