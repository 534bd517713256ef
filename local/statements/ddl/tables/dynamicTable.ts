import type { CreateDynamicTable } from "../../../../dialect/index";
import { maskedColumns, rowAccessOfCreate } from "../../../bodyPolicies/attach";
import type { ColumnDoc, DynamicTableDoc, RelationDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { resolvePlace } from "../../../names/resolve";
import { denied } from "../../../privileges/check";
import { owns } from "../../../privileges/index";
import { createPhysicalTable, dropPhysicalTable, dropRefreshStates } from "../../../store/physical";
import type { WriteUnit } from "../../../store/writeUnit";
import { settled } from "../../../translate/bound";
import { translateQuery } from "../../../translate/index";
import { createInSchema } from "../schemaObjects/place";
import { computeOf } from "../support/compute";
import type { Draft } from "../support/create";
import { refuseOptions } from "../support/dynamicTableOptions";
import { dynamicTableEngine } from "../support/engines";
import { missingOption, schedulingOf } from "../support/lag";
import { mergeParameters, readParameters } from "../support/parameters";
import { Properties } from "../support/properties";
import { sameText } from "../support/sameText";
import { tagValues } from "../support/tags";
import { queryAsWritten, sourceText } from "../support/text";
import { refuseDuplicates } from "./columns";
import { dynamicTableText } from "./dynamicTableText";
import { invalidColumnList, namedColumns } from "./fromQuery";

/** CREATE [OR REPLACE | OR ALTER] DYNAMIC TABLE; with INITIALIZE = ON_CREATE its first refresh belongs to the statement. */
export function createDynamicTable(context: ExecutionContext, statement: CreateDynamicTable): Promise<StatementResult> {
  refuseUnsupported(statement);
  const writtenName = statement.name.kind === "ObjectName" ? sourceText(context, statement.name) : undefined;
  return createInSchema<"DYNAMIC_TABLE">(context, statement, "DYNAMIC_TABLE", (unit) => ({
    copyGrants: statement.properties.some((p) => p.name === "COPY GRANTS"),
    copyTags: statement.properties.some((p) => p.name === "COPY TAGS"),
    async draft() {
      const draft = await readDynamicTable(context, unit, statement);
      return { ...draft, tags: tagValues(context, statement.tags) };
    },
    async after(unit, doc) {
      const named = unit.catalogue.update<DynamicTableDoc>(doc, {
        ...(writtenName === undefined ? {} : { writtenName }),
        text: dynamicTableText(unit.catalogue.snapshot, { ...doc, writtenName }, statement.orReplace),
      });
      await createPhysicalTable(unit, named);
      if (named.initialize !== "ON_CREATE") return;
      await (await dynamicTableEngine()).initializeDynamicTable(context, unit, named);
    },
    alter: (unit, doc) => alterInPlace(context, unit, doc, statement),
  }));
}

function refuseUnsupported(statement: CreateDynamicTable): void {
  if (statement.iceberg) throw unsupportedFeature("CREATE DYNAMIC ICEBERG TABLE");
  if (statement.clone) throw unsupportedFeature("CREATE DYNAMIC TABLE … CLONE");
  refuseOptions([
    ...(statement.frozenWhere ? ["FROZEN WHERE"] : []),
    ...(statement.executeAsUser ? ["EXECUTE AS USER"] : []),
    ...statement.properties.map((property) => property.name),
  ]);
  if (statement.backfillFrom) throw unsupportedFeature("BACKFILL FROM of a dynamic table");
}

const REFRESH_MODES = ["AUTO", "FULL", "INCREMENTAL"] as const;
/** Known and refused by name. */
const OTHER_REFRESH_MODES = ["ADAPTIVE", "CUSTOM_INCREMENTAL"] as const;

const isRefreshMode = (word: string): word is (typeof REFRESH_MODES)[number] =>
  (REFRESH_MODES as readonly string[]).includes(word);

async function readDynamicTable(
  context: ExecutionContext,
  unit: WriteUnit,
  statement: CreateDynamicTable,
): Promise<Draft<"DYNAMIC_TABLE">> {
  const properties = new Properties(context, statement.properties);
  const { set } = readParameters("DYNAMIC_TABLE", properties);
  properties.take("COPY GRANTS");
  properties.take("COPY TAGS");
  const scheduling = schedulingOf(properties);
  const warehouse = computeOf(context, properties, "WAREHOUSE");
  const initializationWarehouse = computeOf(context, properties, "INITIALIZATION_WAREHOUSE");
  const refreshMode = properties.word("REFRESH_MODE", [...REFRESH_MODES, ...OTHER_REFRESH_MODES]) ?? "AUTO";
  const initialize = properties.word("INITIALIZE", ["ON_CREATE", "ON_SCHEDULE"]) ?? "ON_CREATE";
  const comment = properties.text("COMMENT");
  properties.finish("DYNAMIC_TABLE");
  if (warehouse === undefined) throw missingOption("WAREHOUSE");
  const { query } = statement;
  if (!query) throw unsupportedFeature("CREATE DYNAMIC TABLE without a query");
  if (!isRefreshMode(refreshMode)) throw unsupportedFeature(`REFRESH_MODE = ${refreshMode}`);
  const { name } = resolvePlace(context, statement.name, "CREATE DYNAMIC TABLE");
  const columns = maskedColumns(context, name, columnsOf(context, statement), statement.columns);
  const plan = (await dynamicTableEngine()).planDynamicTable(context, name, query, refreshMode);
  const { relations } = translateQuery(context, query);
  requireBaseTable(unit, relations);
  trackChanges(context, unit, relations);
  return {
    comment,
    parameters: mergeParameters(undefined, { set }),
    columns,
    ...rowAccessOfCreate(context, statement.policies, { name, columns }),
    nextColumnId: columns.length + 1,
    text: "",
    query: sourceText(context, query),
    writtenQuery: queryAsWritten(context, statement, query),
    ...(statement.columns.length > 0 ? { explicitColumns: true } : {}),
    ...(statement.transient ? { transient: true } : {}),
    ...(statement.clusterBy ? { clusterBy: statement.clusterBy.map((e) => sourceText(context, e)) } : {}),
    ...scheduling,
    warehouseId: warehouse,
    initializationWarehouseId: initializationWarehouse,
    initialize,
    refreshMode,
    effectiveRefreshMode: plan.effective,
    ...(plan.reason ? { refreshModeReason: plan.reason } : {}),
    schedulingState: "ACTIVE",
  };
}

function columnsOf(context: ExecutionContext, statement: CreateDynamicTable): ColumnDoc[] {
  const query = statement.query as NonNullable<typeof statement.query>;
  const { columns: given } = translateQuery(context, query);
  // Source: https://docs.snowflake.com/en/sql-reference/data-types-datetime#limitations-for-interval-data-types
  if (given.some(({ type }) => type.kind === "INTERVAL"))
    throw unsupportedFeature("INTERVAL column of a dynamic table");
  const { columns: definitions } = statement;
  const columns = definitions.length === 0 ? namedColumns(query, given) : given;
  if (definitions.length > 0 && definitions.length !== columns.length) throw invalidColumnList();
  const named = columns.map((column, i): ColumnDoc => {
    const definition = definitions[i];
    return {
      id: i + 1,
      name: definition?.name.value ?? column.name,
      type: settled(column.type),
      nullable: definition?.notNull !== true,
      ...(definition?.comment?.value ? { comment: definition.comment.value } : {}),
    };
  });
  refuseDuplicates(named.map((c) => c.name));
  return named;
}

/** Views alone, constants and generated rows never change. */
function requireBaseTable(unit: WriteUnit, relations: ReadonlySet<number>): void {
  const { snapshot } = unit.catalogue;
  if ([...relations].some((id) => snapshot.byId(id)?.kind !== "VIEW")) return;
  throw compilationError("002728", "23001", "Dynamic Tables must have at least one base table.");
}

/** Change tracking of the base tables is switched on, which takes their ownership. */
function trackChanges(context: ExecutionContext, unit: WriteUnit, relations: ReadonlySet<number>): void {
  for (const id of relations) {
    const base = unit.catalogue.snapshot.byId(id) as RelationDoc | undefined;
    if (base?.kind !== "TABLE" || base.changeTracking) continue;
    if (!owns(context, base)) throw denied(context, base);
    unit.catalogue.update(base, { changeTracking: true });
  }
}

/** CREATE OR ALTER of one that exists: rows stay unless the query, the columns or the refresh mode change. */
async function alterInPlace(
  context: ExecutionContext,
  unit: WriteUnit,
  existing: DynamicTableDoc,
  statement: CreateDynamicTable,
): Promise<void> {
  if (statement.tags.length > 0) {
    throw compilationError("001506", "22023", "Tags cannot be set through CREATE OR ALTER DYNAMIC TABLE.");
  }
  const wanted = await readDynamicTable(context, unit, statement);
  const sameColumns =
    wanted.columns.map((c) => c.name).join("\u0000") === existing.columns.map((c) => c.name).join("\u0000");
  const keepsRows =
    sameText(existing.query, wanted.query) &&
    sameColumns &&
    existing.refreshMode === wanted.refreshMode &&
    Boolean(existing.transient) === Boolean(wanted.transient);
  const settings = {
    comment: wanted.comment,
    parameters: wanted.parameters,
    clusterBy: wanted.clusterBy,
    targetLag: wanted.targetLag,
    scheduler: wanted.scheduler,
    warehouseId: wanted.warehouseId,
    initializationWarehouseId: wanted.initializationWarehouseId,
    initialize: wanted.initialize,
    writtenQuery: wanted.writtenQuery,
  };
  const withText = (doc: DynamicTableDoc): DynamicTableDoc =>
    unit.catalogue.update<DynamicTableDoc>(doc, { text: dynamicTableText(unit.catalogue.snapshot, doc, false) });
  if (keepsRows) {
    const columns = existing.columns.map((c, i) => ({ ...c, comment: wanted.columns[i]?.comment }));
    withText(unit.catalogue.update<DynamicTableDoc>(existing, { ...settings, columns }));
    return;
  }
  const replaced = withText(
    unit.catalogue.update<DynamicTableDoc>(existing, {
      ...settings,
      columns: wanted.columns,
      nextColumnId: wanted.nextColumnId,
      query: wanted.query,
      explicitColumns: wanted.explicitColumns,
      transient: wanted.transient,
      refreshMode: wanted.refreshMode,
      effectiveRefreshMode: wanted.effectiveRefreshMode,
      refreshModeReason: wanted.refreshModeReason,
      refreshState: undefined,
    }),
  );
  await dropPhysicalTable(unit, replaced.id);
  await dropRefreshStates(unit, replaced.id);
  await createPhysicalTable(unit, replaced);
  await (await dynamicTableEngine()).initializeDynamicTable(context, unit, replaced);
}
