import type { FileFormatDoc, PipeDoc, SequenceDoc, StageDoc } from "../../catalogue/model";
import { databaseName, ownerName, schemaName } from "../../statements/show/scope";
import { nextValues } from "../../store/sequences";
import { count, moment, none, systemViewOf, text } from "../define";
import { objectsOf } from "./scope";

const yesNo = (value: unknown): string => (value ? "YES" : "NO");

export const STAGES = systemViewOf<StageDoc>(
  "STAGES",
  [
    text("STAGE_CATALOG", (doc, context) => databaseName(context, doc)),
    text("STAGE_SCHEMA", (doc, context) => schemaName(context, doc)),
    text("STAGE_NAME", (doc) => doc.name),
    text("STAGE_URL", (doc) => doc.url ?? ""),
    none("STAGE_REGION"),
    text("STAGE_TYPE", (doc) => (doc.url === undefined ? "Internal Named" : "External Named")),
    text("STAGE_OWNER", (doc, context) => ownerName(context, doc)),
    text("COMMENT", (doc) => doc.comment),
    moment("CREATED", (doc) => doc.createdOn),
    moment("LAST_ALTERED", (doc) => doc.lastDdlOn ?? doc.createdOn),
    text("DIRECTORY_ENABLED", (doc) => yesNo(doc.directory?.enable)),
  ],
  (context, databaseId) => objectsOf(context, databaseId, "STAGE"),
);

export const PIPES = systemViewOf<PipeDoc>(
  "PIPES",
  [
    text("PIPE_CATALOG", (doc, context) => databaseName(context, doc)),
    text("PIPE_SCHEMA", (doc, context) => schemaName(context, doc)),
    text("PIPE_NAME", (doc) => doc.name),
    text("PIPE_OWNER", (doc, context) => ownerName(context, doc)),
    text("DEFINITION", (doc) => doc.definition),
    text("IS_AUTOINGEST_ENABLED", () => "NO"),
    none("NOTIFICATION_CHANNEL_NAME"),
    moment("CREATED", (doc) => doc.createdOn),
    moment("LAST_ALTERED", (doc) => doc.lastDdlOn ?? doc.createdOn),
    text("COMMENT", (doc) => doc.comment),
    text("PATTERN", (doc) => doc.pattern),
  ],
  (context, databaseId) => objectsOf(context, databaseId, "PIPE"),
);

export const FILE_FORMATS = systemViewOf<FileFormatDoc>(
  "FILE_FORMATS",
  [
    text("FILE_FORMAT_CATALOG", (doc, context) => databaseName(context, doc)),
    text("FILE_FORMAT_SCHEMA", (doc, context) => schemaName(context, doc)),
    text("FILE_FORMAT_NAME", (doc) => doc.name),
    text("FILE_FORMAT_OWNER", (doc, context) => ownerName(context, doc)),
    text("FILE_FORMAT_TYPE", (doc) => doc.type),
    text("RECORD_DELIMITER", (doc) => option(doc, "RECORD_DELIMITER")),
    text("FIELD_DELIMITER", (doc) => option(doc, "FIELD_DELIMITER")),
    count("SKIP_HEADER", (doc) => option(doc, "SKIP_HEADER")),
    text("DATE_FORMAT", (doc) => option(doc, "DATE_FORMAT")),
    text("TIME_FORMAT", (doc) => option(doc, "TIME_FORMAT")),
    text("TIMESTAMP_FORMAT", (doc) => option(doc, "TIMESTAMP_FORMAT")),
    text("COMPRESSION", (doc) => option(doc, "COMPRESSION")),
    text("COMMENT", (doc) => doc.comment),
    moment("CREATED", (doc) => doc.createdOn),
    moment("LAST_ALTERED", (doc) => doc.lastDdlOn ?? doc.createdOn),
  ],
  (context, databaseId) => objectsOf(context, databaseId, "FILE_FORMAT"),
);

const option = (doc: FileFormatDoc, name: string): string | null => {
  const value = doc.options[name];
  return value === undefined || value === null ? null : String(value);
};

export const SEQUENCES = systemViewOf<{ doc: SequenceDoc; next: bigint }>(
  "SEQUENCES",
  [
    text("SEQUENCE_CATALOG", ({ doc }, context) => databaseName(context, doc)),
    text("SEQUENCE_SCHEMA", ({ doc }, context) => schemaName(context, doc)),
    text("SEQUENCE_NAME", ({ doc }) => doc.name),
    text("SEQUENCE_OWNER", ({ doc }, context) => ownerName(context, doc)),
    text("DATA_TYPE", () => "NUMBER"),
    count("NUMERIC_PRECISION", () => 38),
    count("NUMERIC_PRECISION_RADIX", () => 10),
    count("NUMERIC_SCALE", () => 0),
    text("START_VALUE", ({ doc }) => doc.start),
    none("MINIMUM_VALUE"),
    none("MAXIMUM_VALUE"),
    count("NEXT_VALUE", ({ next }) => next),
    text("INCREMENT", ({ doc }) => doc.increment),
    text("CYCLE_OPTION", () => "NO"),
    moment("CREATED", ({ doc }) => doc.createdOn),
    moment("LAST_ALTERED", ({ doc }) => doc.lastDdlOn ?? doc.createdOn),
    text("ORDERED", ({ doc }) => yesNo(doc.ordered)),
    text("COMMENT", ({ doc }) => doc.comment),
  ],
  async (context, databaseId) => {
    const next = await nextValues(context);
    return objectsOf(context, databaseId, "SEQUENCE").map((doc) => ({
      doc,
      next: next.get(doc.id) ?? BigInt(doc.start),
    }));
  },
);
