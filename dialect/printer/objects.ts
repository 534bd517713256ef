import type {
  Comment,
  CreateAlert,
  CreateCortexSearchService,
  CreateDatabase,
  CreateObject,
  CreatePipe,
  CreatePolicy,
  CreateResourceMonitor,
  CreateSchema,
  CreateSequence,
  CreateStream,
  CreateTag,
  CreateTask,
  CreateType,
  DataType,
  Drop,
  ResourceMonitorTrigger,
  Undrop,
} from "../ast/index";
import { createHead, governance } from "./create";
import { commas, type Document, parenthesizedList, sql, when, words } from "./document";

export const objectPrinters = {
  CreateDatabase: (node: CreateDatabase): Document =>
    words(
      createHead(node, when(node.transient, "TRANSIENT"), "DATABASE"),
      node.clone,
      origin(node.origin),
      words(...node.properties),
      governance(node),
    ),
  CreateSchema: (node: CreateSchema): Document =>
    words(
      createHead(node, when(node.transient, "TRANSIENT"), when(node.versioned, "VERSIONED"), "SCHEMA"),
      node.clone,
      origin(node.origin),
      when(node.managedAccess, "WITH MANAGED ACCESS"),
      words(...node.properties),
      governance(node),
    ),
  CreateTask: (node: CreateTask): Document =>
    words(
      createHead(node, "TASK"),
      node.clone,
      governance(node),
      words(...node.properties),
      when(node.finalize, sql`FINALIZE = ${node.finalize}`),
      when(node.after.length, sql`AFTER ${commas(node.after)}`),
      when(node.when, sql`WHEN ${node.when}`),
      when(node.body, sql`AS ${node.body}`),
    ),
  CreateAlert: (node: CreateAlert): Document =>
    words(
      createHead(node, "ALERT"),
      node.clone,
      governance(node),
      words(...node.properties),
      when(node.condition, sql`IF (EXISTS (${node.condition}))`),
      when(node.action, sql`THEN ${node.action}`),
    ),
  CreateStream: (node: CreateStream): Document =>
    words(
      createHead(node, "STREAM"),
      node.clone,
      governance(node),
      when(node.on, sql`ON ${node.onType} ${node.on}`),
      node.timeTravel,
      words(...node.properties),
    ),
  CreateSequence: (node: CreateSequence): Document =>
    words(createHead(node, "SEQUENCE"), node.clone, words(...node.properties)),
  CreatePolicy: (node: CreatePolicy): Document =>
    words(
      createHead(node, node.policyType, "POLICY"),
      "AS",
      parenthesizedList(node.parameters),
      when(node.returns, sql`RETURNS ${node.returns}`),
      sql`-> ${node.body}`,
      words(...node.properties),
      governance(node),
    ),
  CreateResourceMonitor: (node: CreateResourceMonitor): Document =>
    words(
      createHead(node, "RESOURCE MONITOR"),
      when(node.properties.length || node.triggers.length, "WITH"),
      words(...node.properties),
      triggers(node.triggers),
    ),
  ResourceMonitorTrigger: (node: ResourceMonitorTrigger): Document => `ON ${node.percent} PERCENT DO ${node.action}`,
  CreateTag: (node: CreateTag): Document =>
    words(
      createHead(node, "TAG"),
      when(node.allowedValues, sql`ALLOWED_VALUES ${commas(node.allowedValues ?? [])}`),
      words(...node.properties),
    ),
  CreatePipe: (node: CreatePipe): Document =>
    words(createHead(node, "PIPE"), words(...node.properties), sql`AS ${node.copy}`),
  CreateObject: (node: CreateObject): Document =>
    words(
      createHead(node, when(node.temporary, "TEMPORARY"), when(node.secure, "SECURE"), node.objectType),
      node.clone,
      words(...node.properties),
      governance(node),
    ),
  CreateCortexSearchService: (node: CreateCortexSearchService): Document =>
    words(
      createHead(node, "CORTEX SEARCH SERVICE"),
      when(node.on, sql`ON ${node.on}`),
      when(node.textIndexes.length, sql`TEXT INDEXES ${commas(node.textIndexes)}`),
      when(node.vectorIndexes.length, sql`VECTOR INDEXES ${commas(node.vectorIndexes.map(vectorIndex))}`),
      when(node.primaryKey.length, sql`PRIMARY KEY ${parenthesizedList(node.primaryKey)}`),
      when(node.attributes.length, sql`ATTRIBUTES ${commas(node.attributes)}`),
      words(...node.properties),
      governance(node),
      sql`AS ${node.query}`,
    ),
  CreateType: (node: CreateType): Document =>
    words(createHead(node, "TYPE"), sql`AS ${node.type}`, words(...node.properties)),
  Drop: (node: Drop): Document =>
    words(
      "DROP",
      node.objectType,
      when(node.ifExists, "IF EXISTS"),
      signature(node.name, node.argumentTypes),
      node.behaviour,
      when(node.gracePeriodInDays, `GRACE_PERIOD_IN_DAYS = ${node.gracePeriodInDays}`),
    ),
  Undrop: (node: Undrop): Document =>
    words(
      "UNDROP",
      node.objectType,
      signature(node.name, node.argumentTypes),
      when(node.renameTo, sql`RENAME TO ${node.renameTo}`),
    ),
  Comment: (node: Comment): Document =>
    words(
      "COMMENT",
      when(node.ifExists, "IF EXISTS"),
      "ON",
      node.objectType,
      signature(node.name, node.argumentTypes),
      "IS",
      node.comment,
    ),
};

const vectorIndex = ({ column, properties }: CreateCortexSearchService["vectorIndexes"][number]): Document =>
  words(column, when(properties.length, sql`(${words(...properties)})`));

/** `name(INT, VARCHAR)` */
export function signature(name: Document, argumentTypes: DataType[] | undefined): Document {
  return argumentTypes === undefined ? name : [name, parenthesizedList(argumentTypes)];
}

export function triggers(list: ResourceMonitorTrigger[]): Document {
  return when(list.length, words("TRIGGERS", ...list));
}

function origin(from: CreateDatabase["origin"]): Document {
  // A linked catalogue is a property, which prints itself.
  return from && when(from.type !== "LINKED_CATALOG", words(from.type, from.source));
}
