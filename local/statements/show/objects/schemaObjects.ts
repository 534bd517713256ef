import type {
  AlertDoc,
  FileFormatDoc,
  RelationDoc,
  SequenceDoc,
  StageDoc,
  StreamDoc,
  TagDoc,
  TaskDoc,
} from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import { fullName } from "../../../names/resolve";
import { nextValues } from "../../../store/sequences";
import { taskUuid } from "../../../tasks/runtime";
import { cloudOf } from "../../ddl/schemaObjects/externalStage";
import { formatOptions } from "../../describe/formatOptions";
import { schemaObjects } from "../scope";
import { count, moment, type ShowColumn, type ShowTable, text } from "../table";
import { comment, createdOn, database, name, owner, ownerType, schema, yesNo } from "./common";

const warehouseName = (context: ExecutionContext, id: number | undefined): string | null =>
  id === undefined ? null : (context.catalogue.get("WAREHOUSE", id)?.name ?? null);

const named = (doc: { name: string }): string => doc.name;

export const ALERTS: ShowTable<AlertDoc> = {
  columns: [
    createdOn,
    name,
    database,
    schema,
    owner,
    comment,
    text("warehouse", (doc, context) => warehouseName(context, doc.warehouseId) ?? ""),
    text("schedule", (doc) => doc.schedule ?? ""),
    text("state", (doc) => doc.state),
    text("condition", (doc) => doc.condition),
    text("action", (doc) => doc.action),
    ownerType,
    moment("last_suspended_on", (doc) => doc.lastSuspendedOn),
  ],
  terse: ["created_on", "name", "database_name", "schema_name", "schedule", "state"],
  items: (context, statement) => schemaObjects(context, statement, "ALERT"),
  name: named,
};

const taskNames = (context: ExecutionContext, ids: readonly number[]): string[] =>
  ids.flatMap((id) => {
    const task = context.catalogue.get("TASK", id);
    return task ? [fullName(context.catalogue, task)] : [];
  });

/** `{"Predecessors":[…]}` with the finalizer and its root where there are any. */
function taskRelations(doc: TaskDoc, context: ExecutionContext): string {
  const finalizer = context.catalogue.all("TASK").find((t) => t.finalizes === doc.id);
  return JSON.stringify({
    ...(doc.finalizes === undefined ? {} : { FinalizedRootTask: taskNames(context, [doc.finalizes])[0] }),
    Predecessors: taskNames(context, doc.predecessors),
    ...(finalizer ? { FinalizerTask: fullName(context.catalogue, finalizer) } : {}),
  });
}

const time = (millis: number | undefined): string | null =>
  millis === undefined ? null : new Date(millis).toISOString().replace("T", " ").replace("Z", " +0000");

const isRoot = (doc: TaskDoc): boolean => doc.predecessors.length === 0 && doc.finalizes === undefined;

export const TASKS: ShowTable<TaskDoc> = {
  columns: [
    createdOn,
    name,
    text("id", (doc) => taskUuid(doc.id)),
    database,
    schema,
    owner,
    comment,
    text("warehouse", (doc, context) => warehouseName(context, doc.warehouseId)),
    text("schedule", (doc) => doc.schedule),
    text("predecessors", (doc, context) => JSON.stringify(taskNames(context, doc.predecessors))),
    text("state", (doc) => doc.state),
    text("definition", (doc) => doc.definition),
    text("condition", (doc) => doc.condition),
    text("allow_overlapping_execution", (doc) => (isRoot(doc) ? Boolean(doc.allowOverlappingExecution) : "null")),
    text("error_integration", () => "null"),
    text("last_committed_on", (doc) => time(doc.resumedOn)),
    text("last_suspended_on", (doc) => time(doc.lastSuspendedOn)),
    ownerType,
    text("config", (doc) => doc.config),
    text("task_relations", taskRelations),
    text("last_suspended_reason", (doc) => doc.lastSuspendedReason),
    text("success_integration", () => "null"),
    text("scheduling_mode", () => null),
    text("target_completion_interval", (doc) => doc.parameters?.["TARGET_COMPLETION_INTERVAL"]?.toString()),
    text("execute_as_user", () => null),
    text("overlap_policy", (doc) =>
      isRoot(doc) ? (doc.allowOverlappingExecution ? "ALLOW_CHILD_OVERLAP" : "NO_OVERLAP") : null,
    ),
    text("created_by_user", () => null),
  ],
  terse: ["created_on", "name", "kind", "database_name", "schema_name", "schedule"],
  items(context, statement) {
    const tasks = schemaObjects(context, statement, "TASK");
    return statement.options.includes("ROOT ONLY") ? tasks.filter(isRoot) : tasks;
  },
  name: named,
};

const sourceOf = (context: ExecutionContext, doc: StreamDoc): RelationDoc | undefined =>
  context.catalogue.byId(doc.sourceId) as RelationDoc | undefined;

const sourceName = (doc: StreamDoc, context: ExecutionContext): string => {
  const source = sourceOf(context, doc);
  return source && source.droppedOn === undefined
    ? fullName(context.catalogue, source)
    : "No privilege or table dropped";
};

const SOURCE_TYPE: Record<RelationDoc["kind"], string> = {
  TABLE: "Table",
  VIEW: "View",
  MATERIALIZED_VIEW: "Materialized View",
  DYNAMIC_TABLE: "Dynamic Table",
};

export const STREAMS: ShowTable<StreamDoc> = {
  columns: [
    createdOn,
    name,
    database,
    schema,
    owner,
    comment,
    text("table_name", sourceName),
    text("source_type", (doc, context) => SOURCE_TYPE[sourceOf(context, doc)?.kind ?? "TABLE"]),
    text("base_tables", sourceName),
    text("type", () => "DELTA"),
    text("stale", (doc, context) => Number(doc.staleAfter ?? Infinity) * 1000 < Number(context.now)),
    text("mode", (doc) => doc.mode),
    moment("stale_after", (doc) => doc.staleAfter),
    text("invalid_reason", () => "N/A"),
    ownerType,
  ],
  terse: [
    "created_on",
    "name",
    "kind",
    "database_name",
    "schema_name",
    text("tableOn", (doc, context) => sourceOf(context, doc)?.name),
  ],
  terseKind: "DELTA",
  items: (context, statement) => schemaObjects(context, statement, "STREAM"),
  name: named,
};

export const STAGES: ShowTable<StageDoc> = {
  columns: [
    createdOn,
    name,
    database,
    schema,
    text("url", (doc) => doc.url ?? ""),
    text("has_credentials", (doc) => yesNo(doc.hasCredentials)),
    text("has_encryption_key", (doc) => yesNo(doc.hasEncryptionKey)),
    owner,
    comment,
    text("region", () => null),
    text("type", (doc) => `${doc.url === undefined ? "INTERNAL" : "EXTERNAL"}${doc.temporary ? " TEMPORARY" : ""}`),
    text("cloud", (doc) => cloudOf(doc.url ?? "") ?? null),
    text("notification_channel", () => null),
    text("storage_integration", (doc) => doc.storageIntegration ?? null),
    text("endpoint", (doc) => doc.endpoint ?? null),
    ownerType,
    text("directory_enabled", (doc) => yesNo(doc.directory?.enable)),
  ],
  items: (context, statement) => schemaObjects(context, statement, "STAGE"),
  ignores: ["STARTS WITH", "LIMIT"],
  name: named,
};

export const FILE_FORMATS: ShowTable<FileFormatDoc> = {
  columns: [
    createdOn,
    name,
    database,
    schema,
    text("type", (doc) => doc.type),
    owner,
    comment,
    text("format_options", (doc) => JSON.stringify(formatOptions(doc.type, doc.options))),
    ownerType,
  ],
  items: (context, statement) => schemaObjects(context, statement, "FILE_FORMAT"),
  ignores: ["STARTS WITH", "LIMIT"],
  name: named,
};

export const TAGS: ShowTable<TagDoc> = {
  columns: [
    createdOn,
    name,
    database,
    schema,
    owner,
    comment,
    text("allowed_values", (doc) => (doc.allowedValues ? JSON.stringify(doc.allowedValues) : null)),
    ownerType,
    text("propagate", () => "NONE"),
    text("on_conflict", () => null),
    text("multi_value", () => false),
  ],
  items: (context, statement) => schemaObjects(context, statement, "TAG"),
  ignores: ["STARTS WITH"],
  name: named,
};

interface Counted {
  doc: SequenceDoc;
  next: bigint;
}

const ofSequence = (column: ShowColumn<SequenceDoc>): ShowColumn<Counted> => ({
  ...column,
  value: ({ doc }, context) => column.value(doc, context),
});

export const SEQUENCES: ShowTable<Counted> = {
  columns: [
    ofSequence(name),
    ofSequence(database),
    ofSequence(schema),
    count("next_value", ({ next }) => next),
    count("interval", ({ doc }) => doc.increment),
    ofSequence(createdOn),
    ofSequence(owner),
    ofSequence(comment),
    ofSequence(ownerType),
    text("ordered", ({ doc }) => yesNo(doc.ordered)),
  ],
  async items(context, statement) {
    const docs = schemaObjects(context, statement, "SEQUENCE");
    const next = await nextValues(context);
    return docs.map((doc) => ({ doc, next: next.get(doc.id) ?? BigInt(doc.start) }));
  },
  name: ({ doc }) => doc.name,
  ignores: ["STARTS WITH", "LIMIT"],
};
