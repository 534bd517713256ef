import type {
  NamedTable,
  StagedFiles,
  SubqueryTable,
  TableAlias,
  TableReference,
  ValuesTable,
} from "../../../dialect/index";
import { parseQuery } from "../../../dialect/index";
import {
  type DynamicTableDoc,
  isView,
  type MaterializedViewDoc,
  type RelationDoc,
  type StreamDoc,
  type ViewDoc,
} from "../../catalogue/model";
import { isInitialized } from "../../dynamicTables/state";
import {
  compilationError,
  doesNotExistOrNotAuthorized,
  notInitialized,
  SnowflakeError,
  unsupportedFeature,
} from "../../errors";
import type { ResultColumn } from "../../execution/result";
import { nameParts } from "../../names/parts";
import { fullName, resolvePlace, resolveRelation } from "../../names/resolve";
import { isVisible, ownerRights, requirePrivilege } from "../../privileges/index";
import { directoryRelation, stagedRelation } from "../../stages/index";
import { columnName, tableName } from "../../store/physical";
import { streamRelation } from "../../streams/index";
import type { Binder, BoundQuery } from "../binder";
import { passedOn } from "../bound";
import { canBeJoined } from "../expressions/correlation";
import type { ScopeColumn, ScopeRelation } from "../scope";
import { dualTable } from "./dual";
import { flowResult } from "./flowResult";
import type { FromContext } from "./from";
import { bindMatchRecognize } from "./matchRecognize/index";
import { invalidityOf } from "./materialized";
import { openRelation } from "./pathColumns";
import { bindPivot, bindUnpivot } from "./pivot";
import { policed } from "./policed";
import { sampled } from "./sample";
import { systemRelation } from "./systemRelations";
import { bindTableFunction } from "./tableFunctions";
import { changedRows, rowsAt } from "./timeTravel";
import { bindValues } from "./values";
import { viewQuery } from "./viewQuery";

/** One table of FROM (no join) as SQL; its relation is added to the scope. */
export function bindTable(context: FromContext, reference: TableReference): string {
  const { binder } = context;
  switch (reference.kind) {
    case "NamedTable": {
      const sql = namedTable(binder, reference);
      return sampled(binder, sql, reference.sample, !sql.startsWith("("));
    }
    case "SubqueryTable":
      return sampled(binder, subqueryTable(binder, reference), reference.sample);
    case "ValuesTable":
      return sampled(binder, valuesTable(binder, reference), reference.sample);
    case "TableFunction":
      return sampled(binder, bindTableFunction(binder, reference), reference.sample);
    case "TableLiteral":
      return sampled(
        binder,
        namedTable(binder, {
          ...reference,
          kind: "NamedTable",
          name: { kind: "IdentifierFunction", argument: reference.value, rest: [], span: reference.span },
        }),
        reference.sample,
      );
    case "Pivot":
      return bindPivot(context, reference);
    case "Unpivot":
      return bindUnpivot(context, reference);
    case "StagedFiles":
      return sampled(binder, stagedFiles(binder, reference), reference.sample);
    case "DirectoryTable": {
      const { sql, columns } = directoryRelation(binder, reference);
      return sampled(
        binder,
        relationOf(binder, sql, columns, reference.alias, reference.alias?.name.value),
        reference.sample,
      );
    }
    case "FlowResult":
      return flowResult(binder, reference);
    case "MatchRecognize":
      return bindMatchRecognize(context, reference);
    default:
      throw unsupportedFeature(`FROM ${binder.source(reference.span)}`);
  }
}

/** Puts a finished query into FROM under the alias of the reference. */
export function derivedTable(binder: Binder, query: BoundQuery, alias: TableAlias | undefined): string {
  return relationOf(binder, `(${query.sql})`, query.columns, alias, alias?.name.value);
}

/** Adds a relation whose SQL has the columns `o1 … on`. */
export function relationOf(
  binder: Binder,
  sql: string,
  columns: readonly ResultColumn[],
  alias: TableAlias | undefined,
  name: string | undefined,
  path?: ScopeRelation["path"],
): string {
  const own = binder.shared.fresh("r");
  const scopeColumns = columns.map((c, i): ScopeColumn => ({ ...c, type: passedOn(c.type), sql: `${own}.o${i + 1}` }));
  addRelation(binder, { name, path: alias ? undefined : path, columns: scopeColumns }, alias);
  return openRelation(binder, sql, own);
}

/** Renames columns by the alias' list and adds the relation to the scope. */
function addRelation(binder: Binder, relation: ScopeRelation, alias: TableAlias | undefined): void {
  if (alias && alias.columns.length > relation.columns.length) {
    throw compilationError(
      "002057",
      "42601",
      `Alias ${alias.name.value} has ${alias.columns.length} column names for ${relation.columns.length} columns`,
    );
  }
  alias?.columns.forEach((c, i) => {
    (relation.columns[i] as ScopeColumn).name = c.value;
  });
  binder.scope.relations.push(relation);
}

function subqueryTable(binder: Binder, reference: SubqueryTable): string {
  const inner = binder.child({ correlated: reference.lateral });
  const first = binder.shared.columnReads.length;
  const query = inner.query(reference.query);
  if (reference.lateral && !canBeJoined(inner, reference.query, first))
    throw compilationError("002031", "42601", "Unsupported subquery type cannot be evaluated");
  return derivedTable(binder, query, reference.alias);
}

/** `$n` and METADATA$… can be named, `*` has no part of them. */
function stagedFiles(binder: Binder, reference: StagedFiles): string {
  const { sql, columns, prerequisite } = stagedRelation(binder, reference);
  binder.shared.prerequisites.push(prerequisite);
  const from = relationOf(binder, sql, columns, reference.alias, reference.alias?.name.value);
  for (const column of binder.scope.relations.at(-1)?.columns ?? []) column.outsideStar = true;
  return from;
}

function valuesTable(binder: Binder, reference: ValuesTable): string {
  return derivedTable(binder, bindValues(binder, reference.values), reference.alias);
}

function namedTable(binder: Binder, reference: NamedTable): string {
  const { context } = binder;
  const { alias } = reference;
  const parts = nameParts(context, reference.name);
  const name = parts.at(-1) as string;
  const common = parts.length === 1 ? binder.commonTables.get(name) : undefined;
  if (common?.expand) {
    const query = common.expand();
    return relationOf(binder, `(${query.sql})`, query.columns, alias, alias?.name.value ?? name);
  }
  if (common) return relationOf(binder, common.sqlName, common.columns, alias, alias?.name.value ?? name);
  const system = systemRelation(binder, parts);
  if (system) return relationOf(binder, system.sql, system.columns, alias, alias?.name.value ?? name);
  const stream = findStream(binder, reference);
  if (stream) {
    binder.shared.relations.add(stream.id);
    binder.shared.capture?.refuse("a stream");
    const { sql, columns, source } = streamRelation(context, stream);
    const seen = policed(binder, source, sql, (column) => `o${source.columns.indexOf(column) + 1}`);
    return relationOf(binder, seen, columns, alias, alias?.name.value ?? name);
  }
  const dual = dualTable(binder, reference, parts);
  if (dual) return dual;
  const doc = resolveRelation(context, reference.name);
  requirePrivilege(context, "SELECT", doc);
  binder.shared.relations.add(doc.id);
  const place = placeOf(binder, doc);
  if (isView(doc)) {
    if (reference.timeTravel || reference.changes) throw unsupportedFeature(`time travel on view ${doc.name}`);
    const query = expandView(binder, doc);
    return relationOf(binder, `(${query.sql})`, query.columns, alias, alias?.name.value ?? name, place);
  }
  if (doc.kind === "DYNAMIC_TABLE") refuseUninitialized(binder, doc);
  return storedTable(binder, reference, doc, place);
}

/**
 * A dynamic table has no rows to show before its first refresh; it can be named in other definitions all the same.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/create-dynamic-table
 */
function refuseUninitialized({ shared }: Binder, doc: DynamicTableDoc): void {
  if (shared.capture || isInitialized(doc)) return;
  shared.prerequisites.push(async () => {
    throw notInitialized();
  });
}

function requireValid({ shared, context }: Binder, doc: MaterializedViewDoc): void {
  if (shared.capture) throw unsupportedFeature("dynamic table on a materialized view");
  shared.deterministic = false;
  const invalid = invalidityOf(context, doc);
  if (!invalid) return;
  const what = `SQL compilation error: Materialized View ${doc.name} is invalid.\nInvalidation reason: ${invalid.reason}`;
  throw compilationError("002037", "42601", `Failure during expansion of view '${doc.name}': ${what}`);
}

const placeOf = (binder: Binder, doc: RelationDoc): [string, string] => {
  const schema = binder.context.catalogue.get("SCHEMA", doc.parentId);
  const database = schema && binder.context.catalogue.get("DATABASE", schema.parentId);
  return [database?.name ?? "", schema?.name ?? ""];
};

function storedTable(
  binder: Binder,
  reference: NamedTable,
  doc: Exclude<RelationDoc, ViewDoc | MaterializedViewDoc>,
  place: [database: string, schema: string],
): string {
  const own = binder.shared.fresh("r");
  const source = { database: place[0], schema: place[1], table: doc.name };
  const columns = doc.columns.map(
    (c): ScopeColumn => ({
      name: c.name,
      sql: `${own}.${columnName(c)}`,
      type: c.type,
      nullable: c.nullable || c.maskingPolicy !== undefined,
      isPlain: true,
      source,
    }),
  );
  let sql = binder.shared.capture?.leaf({ table: doc.id }) ?? tableName(doc.id);
  if (reference.changes) {
    const changes = changedRows(binder, doc, reference.changes);
    sql = changes.sql;
    columns.push(...changes.columns.map((c) => ({ ...c, sql: `${own}.${c.sql}` })));
  } else if (reference.timeTravel) sql = rowsAt(binder, doc, reference.timeTravel);
  sql = policed(binder, doc, sql, columnName);
  const { alias } = reference;
  addRelation(binder, { name: alias?.name.value ?? doc.name, path: alias ? undefined : place, columns }, alias);
  return openRelation(binder, sql, own);
}

function findStream(binder: Binder, reference: NamedTable): StreamDoc | undefined {
  try {
    const place = resolvePlace(binder.context, reference.name, "SELECT");
    if (binder.context.catalogue.relation(place.schema.id, place.name, binder.context.session.id)) return undefined;
    const doc = binder.context.catalogue.find("STREAM", place.schema.id, place.name);
    return doc && isVisible(binder.context, doc) ? doc : undefined;
  } catch (error) {
    if (error instanceof SnowflakeError) return undefined;
    throw error;
  }
}

/** A view's query, with the rights of its owner and in its own schema. */
export function expandView(binder: Binder, doc: ViewDoc | MaterializedViewDoc): BoundQuery {
  const { shared, context } = binder;
  if (doc.kind === "MATERIALIZED_VIEW") requireValid(binder, doc);
  if (shared.viewDepth > 50)
    throw compilationError(
      "002037",
      "42601",
      `Failure during expansion of view '${doc.name}': views are nested too deep`,
    );
  const schema = context.catalogue.get("SCHEMA", doc.parentId);
  if (!schema) throw doesNotExistOrNotAuthorized("View", doc.name);
  const nested = context.nested({
    rights: ownerRights(context, doc),
    isDefinition: true,
    namespace: { databaseId: schema.parentId, schemaId: schema.id },
    ownQueryId: false,
  });
  shared.viewDepth++;
  try {
    const text = viewQuery(doc);
    const query = binder.elsewhere(nested, text, `VIEW object: ${doc.name}`).query(parseQuery(text));
    if (query.columns.length !== doc.columns.length) {
      throw compilationError(
        "002057",
        "42601",
        `View definition for '${fullName(context.catalogue, doc)}' declared ${doc.columns.length} column(s), but view query produces ${query.columns.length} column(s).`,
      );
    }
    const columns = query.columns.map((c, i) => ({
      ...c,
      source: undefined,
      isPlain: doc.columns[i]?.nullable === false,
      name: doc.columns[i]?.name as string,
      nullable: c.nullable || doc.columns[i]?.maskingPolicy !== undefined,
    }));
    const sql = policed(binder, doc, `(${query.sql})`, (column) => `o${doc.columns.indexOf(column) + 1}`);
    return { ...query, sql: sql === `(${query.sql})` ? query.sql : `SELECT * FROM ${sql}`, columns };
  } catch (error) {
    if (!(error instanceof SnowflakeError) || error.code === "002037") throw error;
    throw compilationError("002037", "42601", `Failure during expansion of view '${doc.name}': ${error.message}`);
  } finally {
    shared.viewDepth--;
  }
}
