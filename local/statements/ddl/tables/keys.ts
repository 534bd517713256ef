import type { CatalogueSnapshot } from "../../../catalogue/catalogue";
import type { ColumnDoc, ConstraintDoc, ObjectDoc, TableDoc } from "../../../catalogue/model";
import type { WriteUnit } from "../../../store/writeUnit";

/** Columns with the marks of the keys that they are in. */
export function withKeyMarks(columns: readonly ColumnDoc[], constraints: readonly ConstraintDoc[]): ColumnDoc[] {
  const inKey = (type: ConstraintDoc["type"], id: number) =>
    constraints.some((c) => c.type === type && c.columns.includes(id));
  return columns.map((c) => ({
    ...c,
    primaryKey: inKey("PRIMARY KEY", c.id) ? "Y" : undefined,
    uniqueKey: inKey("UNIQUE", c.id) ? "Y" : undefined,
  }));
}

const setOf = (columns: readonly number[]): string => [...columns].sort((a, b) => a - b).join();

/** Whether a foreign key that points to these columns of a table points to one of the keys. */
export const pointsTo =
  (keys: readonly ConstraintDoc[]) =>
  (columns: readonly number[]): boolean =>
    keys.some((key) => key.type !== "FOREIGN KEY" && setOf(key.columns) === setOf(columns));

type IsGone = (columns: readonly number[]) => boolean;

const ALL: IsGone = () => true;

const idsOf = (tables: readonly TableDoc[]): ReadonlySet<number> => new Set(tables.map(({ id }) => id));

const isTo = ({ references }: ConstraintDoc, ids: ReadonlySet<number>, isGone: IsGone): boolean =>
  references !== undefined && ids.has(references.tableId) && isGone(references.columns);

/** Tables with a foreign key to columns of `ids` that `isGone` names; dropped tables, which may come back, with them. */
const referencing = (snapshot: CatalogueSnapshot, ids: ReadonlySet<number>, isGone: IsGone): TableDoc[] =>
  [...snapshot.all("TABLE"), ...snapshot.dropped("TABLE")].filter((other) =>
    other.constraints?.some((constraint) => isTo(constraint, ids, isGone)),
  );

/**
 * With a primary or unique key go the foreign keys that point to it.
 * Source: https://docs.snowflake.com/en/sql-reference/constraints-drop
 */
export function releaseReferences(unit: WriteUnit, tables: readonly TableDoc[], isGone: IsGone = ALL): void {
  const ids = idsOf(tables);
  if (ids.size === 0) return;
  for (const other of referencing(unit.catalogue.snapshot, ids, isGone)) {
    const constraints = other.constraints?.filter((constraint) => !isTo(constraint, ids, isGone));
    unit.catalogue.update<TableDoc>(other, { constraints });
  }
}

/** The keys that a table had before and has no longer; those that point to them go too. */
export function releaseOldKeys(unit: WriteUnit, before: TableDoc, after: TableDoc): void {
  const isStillThere = pointsTo(after.constraints ?? []);
  const isOld = pointsTo(before.constraints ?? []);
  const left = new Set(after.columns.map(({ id }) => id));
  releaseReferences(
    unit,
    [after],
    (columns) => columns.some((id) => !left.has(id)) || (isOld(columns) && !isStillThere(columns)),
  );
}

/** The tables that an object is or holds. */
export function tablesWithin(snapshot: CatalogueSnapshot, object: ObjectDoc): TableDoc[] {
  if (object.kind === "TABLE") return [object];
  if (object.kind !== "SCHEMA" && object.kind !== "DATABASE") return [];
  const schemas = new Set(
    object.kind === "SCHEMA"
      ? [object.id]
      : [...snapshot.all("SCHEMA")].flatMap(({ id, parentId }) => (parentId === object.id ? [id] : [])),
  );
  return [...snapshot.all("TABLE")].filter(({ parentId }) => schemas.has(parentId));
}

/** Whether a foreign key from outside points to a table that the object is or holds; RESTRICT keeps it then. */
export function isReferencedFromOutside(snapshot: CatalogueSnapshot, object: ObjectDoc, isGone: IsGone = ALL): boolean {
  const ids = idsOf(tablesWithin(snapshot, object));
  return referencing(snapshot, ids, isGone).some(({ id, droppedOn }) => !ids.has(id) && droppedOn === undefined);
}
