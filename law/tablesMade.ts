import type { Alter, CreateTable, Property, Statement } from "../dialect/index";
import type { Act } from "./acts/act";
import { DYNAMIC } from "./acts/names";
import { broughtIn, byProcedure } from "./builtIns";
import { isFalse, property } from "./properties";
import type { LawSettings } from "./settings";
import {
  accountObjectTarget,
  isEvents,
  isGoverned,
  isLanding,
  objectTarget,
  schemaTarget,
  type Target,
} from "./target";

/** A table-like object that a statement would bring about. `what` begins the sentence that names it. */
export interface TableMade {
  what: string;
  target: Target;
  span?: { start: number; end: number };
}

/**
 * Every table-like object that an act makes, other than the lawful two. Targets outside the governed database are listed
 * too: the caller decides.
 */
export function tablesMade(act: Act, settings: LawSettings): TableMade[] {
  const maker = MAKERS[act.statement.kind] as Maker | undefined;
  return maker ? maker(act.statement, act, settings) : [];
}

// biome-ignore lint/suspicious/noExplicitAny: each entry is called with the kind it stands under
type Maker = (statement: any, act: Act, settings: LawSettings) => TableMade[];

type MakerOf<K extends Statement["kind"]> = (
  statement: Extract<Statement, { kind: K }>,
  act: Act,
  settings: LawSettings,
) => TableMade[];

const MAKERS: { [K in Statement["kind"]]?: MakerOf<K> } = {
  CreateTable(statement, act, settings) {
    const target = objectTarget(statement.name, act);
    if (isLanding(target, settings) && isPlainTable(statement)) return errorTable(statement.properties, target);
    return [{ what: `Creates the ${describeTable(statement)}`, target, span: statement.name.span }];
  },

  CreateDynamicTable(statement, act, settings) {
    const target = objectTarget(statement.name, act);
    if (isEvents(target, settings) && !statement.iceberg && !statement.clone) return [];
    return [
      { what: `Creates the dynamic ${statement.iceberg ? "Iceberg " : ""}table`, target, span: statement.name.span },
    ];
  },

  CreateView(statement, act) {
    if (!statement.materialized) return [];
    return [
      { what: "Creates the materialized view", target: objectTarget(statement.name, act), span: statement.name.span },
    ];
  },

  CreateSchema(statement, act, settings) {
    if (!statement.clone && !statement.origin) return [];
    const target = schemaTarget(statement.name, act);
    return governed(target, settings, `Brings in the tables of another schema as`, statement.name.span);
  },

  CreateDatabase(statement, act, settings) {
    if (!statement.clone && !statement.origin) return [];
    return governedDatabase(statement.name, act, settings, "Brings in the tables of another database as");
  },

  Undrop(statement, act, settings) {
    const restored = statement.renameTo ?? statement.name;
    if (statement.objectType === "DATABASE") return governedDatabase(restored, act, settings, "Restores the database");
    if (statement.objectType === "SCHEMA")
      return governed(schemaTarget(restored, act), settings, "Restores the tables of the schema", restored.span);
    if (!isTableKind(statement.objectType)) return [];
    const target = objectTarget(restored, act);
    if (isLanding(target, settings) || isEvents(target, settings)) return [];
    return [{ what: `Restores the ${statement.objectType.toLowerCase()}`, target, span: statement.name.span }];
  },

  Alter: altered,

  CreateObject({ objectType, name, properties }, act, settings) {
    if (isApplication(objectType))
      return governedDatabase(name, act, settings, "Installs an application with tables of its own as");
    if (objectType === "DATASET")
      return [{ what: "Creates the dataset", target: objectTarget(name, act), span: name.span }];
    if (isReplicatedGroup(objectType) && property(properties, "AS REPLICA OF"))
      return [{ what: broughtIn(objectType), target: { name: "" }, span: name.span }];
    return [];
  },

  CreateSemanticView({ name, materializations }, act) {
    return materializations === undefined
      ? []
      : [{ what: "Materialises the semantic view", target: objectTarget(name, act), span: name.span }];
  },

  Call: byProcedure,
};

/**
 * What lets a linked catalogue bring in the tables of further namespaces.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-database-catalog-linked
 */
const FINDS_MORE =
  /LINKED_CATALOG\s+(ADD\b[^;]*\bALLOWED_NAMESPACES|REMOVE\b[^;]*\bBLOCKED_NAMESPACES|UNSET\s+(ALLOWED|BLOCKED)_NAMESPACES)/i;

/** An application is a database with tables of its own, and a package one from which others are installed. */
const isApplication = (objectType: string): boolean => /^APPLICATION( PACKAGE)?$/.test(objectType);

const isReplicatedGroup = (objectType: string): boolean => /^(REPLICATION|FAILOVER) GROUP$/.test(objectType);

function altered(statement: Alter, act: Act, settings: LawSettings): TableMade[] {
  if (!statement.name) return [];
  const made: TableMade[] = [];
  for (const action of statement.actions) {
    if (action.kind === "Action" && /^(REFRESH|RESUME)\b/.test(action.action))
      made.push(...refreshed(statement, action, act, settings));
    else if (action.kind === "UnmodelledAction" && statement.objectType === "DATABASE") {
      if (FINDS_MORE.test(action.text))
        made.push(...governedDatabase(statement.name, act, settings, "Finds tables of a linked catalogue for"));
    } else if (action.kind === "RenameTo" || action.kind === "SwapWith")
      made.push(...moved(statement, action, act, settings));
    else if (action.kind === "SetProperties" && isTableKind(statement.objectType)) {
      made.push(...errorTable(action.properties, objectTarget(statement.name, act)));
    } else if (action.kind === "UnmodelledAction" && statement.objectType === "DATASET") {
      if (/^ADD VERSION/.test(action.words))
        made.push({
          what: "Writes rows into the dataset",
          target: objectTarget(statement.name, act),
          span: action.span,
        });
    } else if (action.kind === "UnmodelledAction" && /^(ADD|REFRESH|RESUME) MATERIALIZATION/.test(action.words)) {
      made.push({
        what: "Materialises the semantic view",
        target: objectTarget(statement.name, act),
        span: action.span,
      });
    }
  }
  return made;
}

/** REFRESH of a replica takes over whatever the primary holds; RESUME of a secondary group does so again and again. */
function refreshed(
  { objectType, name }: Alter,
  { action, span }: { action: string; span: { start: number; end: number } },
  act: Act,
  settings: LawSettings,
): TableMade[] {
  if (isReplicatedGroup(objectType)) return [{ what: broughtIn(objectType), target: { name: "" }, span }];
  if (objectType !== "DATABASE" || !name) return [];
  if (action === "RESUME DISCOVERY")
    return governedDatabase(name, act, settings, "Finds tables of a linked catalogue for");
  return action === "REFRESH"
    ? governedDatabase(name, act, settings, "Takes over the tables of another account into")
    : [];
}

function moved(
  statement: Alter,
  action: { kind: string; name: import("../dialect/index").Name; span: { start: number; end: number } },
  act: Act,
  settings: LawSettings,
): TableMade[] {
  const verb = action.kind === "SwapWith" ? "Swaps in" : "Renames in";
  if (statement.objectType === "DATABASE" || isApplication(statement.objectType)) {
    const sides = action.kind === "SwapWith" ? [action.name, statement.name!] : [action.name];
    return sides
      .flatMap((side) => governedDatabase(side, act, settings, `${verb} the ${statement.objectType.toLowerCase()}`))
      .slice(0, 1);
  }
  if (statement.objectType === "SCHEMA") {
    const to = schemaTarget(action.name, act);
    const from = schemaTarget(statement.name!, act);
    const sides = action.kind === "SwapWith" ? [to, from] : [to];
    return sides
      .flatMap((side) => governed(side, settings, `${verb} the tables of the schema`, action.span))
      .slice(0, 1);
  }
  if (!isTableKind(statement.objectType)) return [];
  const to = objectTarget(action.name, act);
  const from = objectTarget(statement.name!, act);
  const sides = action.kind === "SwapWith" ? [to, from] : [to];
  const inside = sides.find((side) => side === DYNAMIC || isGoverned(side, settings));
  return inside
    ? [{ what: `${verb} the ${statement.objectType.toLowerCase()}`, target: inside, span: action.span }]
    : [];
}

/** DML error logging keeps refused rows in a table of its own beside the table. */
function errorTable(properties: readonly Property[], target: Target): TableMade[] {
  return properties
    .filter((property) => property.name === "ERROR_LOGGING" && !isFalse(property.value))
    .map((property) => ({ what: "Keeps an error table beside", target, span: property.span }));
}

const isPlainTable = (statement: CreateTable): boolean =>
  statement.tableType === "TABLE" && statement.persistence === undefined;

const isTableKind = (objectType: string): boolean =>
  /\bTABLE$/.test(objectType) || objectType === "MATERIALIZED VIEW" || objectType === "DATASET";

/** `temporary table`, `iceberg table`: which kind of table a statement makes. */
export function describeTable(statement: CreateTable): string {
  return [statement.persistence, statement.tableType]
    .filter((word) => word !== undefined)
    .join(" ")
    .toLowerCase();
}

function governed(
  target: Target,
  settings: LawSettings,
  what: string,
  span: { start: number; end: number },
): TableMade[] {
  if (target === DYNAMIC) return [{ what, target, span }];
  return isGoverned(target, settings) ? [{ what, target: { ...target, name: "" }, span }] : [];
}

function governedDatabase(
  name: import("../dialect/index").Name,
  act: Act,
  settings: LawSettings,
  what: string,
): TableMade[] {
  const target = accountObjectTarget(name, act);
  const hits = target === DYNAMIC || target.name === settings.database;
  return hits
    ? [{ what, target: target === DYNAMIC ? DYNAMIC : { database: target.name, name: "" }, span: name.span }]
    : [];
}
