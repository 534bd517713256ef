import {
  type DynamicTableDoc,
  isView,
  kindText,
  type MaterializedViewDoc,
  type ObjectDoc,
  type RelationDoc,
  type TableDoc,
  type ViewDoc,
} from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import { objectParameter } from "../../../parameters/effective";
import { owns } from "../../../privileges/index";
import { lagText } from "../../ddl/tables/dynamicTableText";
import { type Stored, storedSizes } from "../rowCounts";
import { schemaObjects, sorted } from "../scope";
import { systemViewDocs } from "../systemViewDocs";
import { count, moment, type ShowColumn, type ShowTable, text } from "../table";
import { comment, createdOn, database, droppedOn, name, onOff, owner, ownerType, schema, TERSE, yesNo } from "./common";

interface Sized<D extends ObjectDoc> {
  doc: D;
  size: Stored;
}

const of = <D extends ObjectDoc>(column: ShowColumn<ObjectDoc>): ShowColumn<Sized<D>> => ({
  ...column,
  value: ({ doc }, context) => column.value(doc, context),
});

const ofRelation = (column: ShowColumn<ObjectDoc>): ShowColumn<SizedRelation> => ({
  ...column,
  value: ({ doc }, context) => column.value(doc, context),
});

const unmeasured = <D extends ObjectDoc>(doc: D): Sized<D> => ({ doc, size: { rows: 0, bytes: 0, changedOn: 0 } });

async function measure(context: ExecutionContext, items: readonly Sized<TableDoc | DynamicTableDoc>[]): Promise<void> {
  const sizes = await storedSizes(
    context,
    items.map(({ doc }) => doc),
  );
  for (const item of items) item.size = sizes.get(item.doc.id) ?? item.size;
}

const clusterText = (keys: string[] | undefined): string =>
  keys && keys.length > 0 ? `LINEAR(${keys.join(", ")})` : "";

const tableKind = (doc: TableDoc | DynamicTableDoc): string =>
  doc.kind === "TABLE" && doc.temporary ? "TEMPORARY" : doc.transient ? "TRANSIENT" : "TABLE";

const retentionOf = (context: ExecutionContext, doc: ObjectDoc): string =>
  String(objectParameter(context.catalogue, doc, "DATA_RETENTION_TIME_IN_DAYS").value);

/** Dynamic tables are among them, marked by `is_dynamic`. */
export const TABLES: ShowTable<Sized<TableDoc | DynamicTableDoc>> = {
  columns: [
    of(createdOn),
    of(name),
    of(database),
    of(schema),
    text("kind", ({ doc }) => tableKind(doc)),
    of(comment),
    text("cluster_by", ({ doc }) => clusterText(doc.clusterBy)),
    count("rows", ({ size }) => size.rows),
    count("bytes", ({ size }) => size.bytes),
    of(owner),
    text("retention_time", ({ doc }, context) => retentionOf(context, doc)),
    text("automatic_clustering", ({ doc }) => onOff(doc.clusterBy)),
    text("change_tracking", ({ doc }) => onOff(doc.kind === "DYNAMIC_TABLE" || doc.changeTracking)),
    text("search_optimization", ({ doc }) => onOff(doc.searchOptimization)),
    count("search_optimization_progress", ({ doc }) => (doc.searchOptimization ? 100 : null)),
    count("search_optimization_bytes", ({ doc }) => (doc.searchOptimization ? 0 : null)),
    text("is_external", () => "N"),
    text("enable_schema_evolution", ({ doc }) => yesNo(doc.kind === "TABLE" && doc.enableSchemaEvolution)),
    of(ownerType),
    text("is_event", () => "N"),
    text("is_hybrid", () => "N"),
    text("is_iceberg", () => "N"),
    text("is_dynamic", ({ doc }) => yesNo(doc.kind === "DYNAMIC_TABLE")),
    text("is_immutable", () => "N"),
    text("is_interactive", () => "N"),
    text("row_timestamp", () => "N"),
    text("error_logging", () => "N"),
  ],
  history: [of(droppedOn)],
  terse: TERSE,
  items(context, statement) {
    const tables = schemaObjects(context, statement, "TABLE");
    const dynamic = schemaObjects(context, statement, "DYNAMIC_TABLE");
    return sorted<TableDoc | DynamicTableDoc>(context, [...tables, ...dynamic]).map(unmeasured);
  },
  complete: measure,
  name: ({ doc }) => doc.name,
};

/** Milliseconds of the data that the last refresh saw; the refresh engine keeps it. */
const dataTimestamp = ({ refreshState }: DynamicTableDoc): number | null => {
  const value = refreshState?.dataTimestamp;
  return typeof value === "number" ? value : typeof value === "string" ? Number(value) : null;
};

export const DYNAMIC_TABLES: ShowTable<Sized<DynamicTableDoc>> = {
  columns: [
    of(createdOn),
    of(name),
    text("reserved", () => ""),
    of(database),
    of(schema),
    text("cluster_by", ({ doc }) => clusterText(doc.clusterBy)),
    count("rows", ({ size }) => size.rows),
    count("bytes", ({ size }) => size.bytes),
    of(owner),
    text("target_lag", ({ doc }) => lagText(doc)),
    text("scheduler", ({ doc }) => doc.scheduler),
    text("refresh_mode", ({ doc }) => doc.effectiveRefreshMode),
    text("refresh_mode_reason", ({ doc }) => doc.refreshModeReason),
    text("warehouse", ({ doc }, context) => context.catalogue.get("WAREHOUSE", doc.warehouseId)?.name ?? ""),
    text("initialization_warehouse", ({ doc: { initializationWarehouseId: id } }, context) =>
      id === undefined ? null : context.catalogue.get("WAREHOUSE", id)?.name,
    ),
    of(comment),
    text("text", ({ doc }) => doc.text),
    text("automatic_clustering", ({ doc }) => onOff(doc.clusterBy)),
    text("scheduling_state", ({ doc }) => doc.schedulingState),
    moment("last_suspended_on", ({ doc }) => doc.lastSuspendedOn),
    text("is_clone", () => false),
    text("is_replica", () => false),
    text("is_iceberg", () => false),
    moment("data_timestamp", ({ doc }) => dataTimestamp(doc)),
    of(ownerType),
    text("immutable_where", () => null),
    text("execute_as_user", () => null),
  ],
  items: (context, statement) => schemaObjects(context, statement, "DYNAMIC_TABLE").map(unmeasured),
  complete: measure,
  name: ({ doc }) => doc.name,
};

/** The definition of a secure view is its owner's alone. */
const viewText = (doc: ViewDoc | MaterializedViewDoc, context: ExecutionContext): string =>
  doc.secure && !owns(context, doc) ? "" : doc.text;

export const VIEWS: ShowTable<ViewDoc | MaterializedViewDoc> = {
  columns: [
    createdOn,
    name,
    text("reserved", () => ""),
    database,
    schema,
    owner,
    comment,
    text("text", viewText),
    text("is_secure", (doc) => Boolean(doc.secure)),
    text("is_materialized", (doc) => doc.kind === "MATERIALIZED_VIEW"),
    ownerType,
    text("change_tracking", (doc) => onOff(doc.kind === "VIEW" && doc.changeTracking)),
  ],
  terse: TERSE,
  terseKind: "VIEW",
  items: (context, statement) => [
    ...systemViewDocs(context, statement),
    ...sorted<ViewDoc | MaterializedViewDoc>(context, [
      ...schemaObjects(context, statement, "VIEW"),
      ...schemaObjects(context, statement, "MATERIALIZED_VIEW"),
    ]),
  ],
  name: (doc) => doc.name,
};

const isDynamic = ({ doc }: { doc: RelationDoc }): string => yesNo(doc.kind === "DYNAMIC_TABLE");

interface SizedRelation {
  doc: RelationDoc;
  /** Views have none. */
  size: Stored | undefined;
}

const isMeasured = (item: SizedRelation): item is Sized<TableDoc | DynamicTableDoc> => !isView(item.doc);

/** Tables, views and dynamic tables in one list; a dynamic table is a TABLE marked by `is_dynamic`, a transient one is not told apart. */
export const OBJECTS: ShowTable<SizedRelation> = {
  columns: [
    ofRelation(createdOn),
    ofRelation(name),
    ofRelation(database),
    ofRelation(schema),
    text("kind", ({ doc }) => (isView(doc) ? kindText(doc.kind) : "TABLE")),
    ofRelation(comment),
    text("cluster_by", ({ doc }) => (doc.kind === "VIEW" ? "" : clusterText(doc.clusterBy))),
    count("rows", ({ size }) => size?.rows ?? 0),
    count("bytes", ({ size }) => size?.bytes ?? 0),
    ofRelation(owner),
    text("retention_time", ({ doc }, context) => (isView(doc) ? "" : retentionOf(context, doc))),
    ofRelation(ownerType),
    text("is_hybrid", () => "N"),
    text("is_dynamic", isDynamic),
    text("is_iceberg", () => "N"),
    text("is_interactive", () => "N"),
  ],
  terse: TERSE,
  items(context, statement) {
    const tables = schemaObjects(context, statement, "TABLE");
    const dynamic = schemaObjects(context, statement, "DYNAMIC_TABLE");
    const views = [...systemViewDocs(context, statement), ...schemaObjects(context, statement, "VIEW")];
    const materialized = schemaObjects(context, statement, "MATERIALIZED_VIEW");
    const all = sorted<RelationDoc>(context, [...tables, ...dynamic, ...views, ...materialized]);
    return all.map((doc) => (isView(doc) ? { doc, size: undefined } : unmeasured(doc)));
  },
  complete: (context, items) => measure(context, items.filter(isMeasured)),
  name: ({ doc }) => doc.name,
};
