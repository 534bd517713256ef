import type { CreateObject } from "../../../../dialect/index";
import type { FileFormatDoc, StageDoc } from "../../../catalogue/model";
import { compilationError, invalidValue, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { type ExternalSettings, notOfInternalStages, readExternal } from "./externalStage";
import { createInSchema } from "./place";

type StageSettings = ExternalSettings & Pick<StageDoc, "directory" | "fileFormat" | "copyOptions" | "comment">;

export const FORMAT_TYPES = ["CSV", "JSON", "PARQUET", "AVRO", "ORC", "XML"] as const;

/** What the properties say, changes only. An external stage is kept; its files, which need a cloud, are out of reach. */
export function readStage(
  context: ExecutionContext,
  properties: Properties,
  name: string,
  current?: StageDoc,
): Partial<StageSettings> {
  const external = readExternal(context, properties, name, current);
  const changes: Partial<StageSettings> = { ...external };
  if (properties.has("FILE_FORMAT")) changes.fileFormat = formatSettings(properties, "FILE_FORMAT");
  const copy = properties.record("COPY_OPTIONS");
  if (copy) changes.copyOptions = copy;
  const directory = properties.record("DIRECTORY");
  if (directory)
    changes.directory = {
      enable: directory["ENABLE"] === true,
      autoRefresh: directory["AUTO_REFRESH"] === true,
      ...(directory["ENABLE"] === true && current?.directory?.files ? { files: current.directory.files } : {}),
    };
  const encryption = external ? undefined : properties.record("ENCRYPTION");
  if (encryption) changes.encryption = ownEncryption(String(encryption["TYPE"] ?? "SNOWFLAKE_FULL"));
  if (properties.has("COMMENT")) changes.comment = properties.text("COMMENT");
  return changes;
}

/** Keys of others are for stages outside. */
function ownEncryption(type: string): string {
  const word = type.toUpperCase();
  if (word === "SNOWFLAKE_FULL" || word === "SNOWFLAKE_SSE") return word;
  throw notOfInternalStages();
}

/** `FILE_FORMAT = (TYPE = …)`, `(FORMAT_NAME = f)`, `f` or `'f'`; a table calls it STAGE_FILE_FORMAT. */
export function formatSettings(properties: Properties, name: string): Record<string, unknown> {
  const value = properties.value(name);
  if (value?.kind === "PropertyMap" || value?.kind === "PropertyList") return properties.record(name) ?? {};
  return { FORMAT_NAME: properties.text(name) };
}

export const createStage = (context: ExecutionContext, statement: CreateObject): Promise<StatementResult> =>
  createInSchema(context, statement, "STAGE", () => ({
    title: "Stage area",
    temporary: statement.temporary,
    draft() {
      if (statement.clone) throw unsupportedFeature("CREATE STAGE … CLONE");
      const properties = new Properties(context, statement.properties);
      const settings = readStage(context, properties, nameParts(context, statement.name).at(-1) ?? "");
      properties.finish("STAGE");
      return { ...settings, temporary: statement.temporary || undefined, tags: tagValues(context, statement.tags) };
    },
  }));

export function readFileFormat(
  properties: Properties,
  current?: FileFormatDoc,
): Pick<FileFormatDoc, "type" | "options" | "comment"> {
  const type = properties.word("TYPE", FORMAT_TYPES) ?? current?.type ?? "CSV";
  if (current && type !== current.type)
    throw compilationError("001008", "22023", "File format type cannot be changed.");
  const comment = properties.has("COMMENT") ? properties.text("COMMENT") : current?.comment;
  const options: Record<string, unknown> = { ...current?.options };
  for (const name of properties.names()) {
    if (name === "TYPE" || name === "COMMENT") continue;
    if (!FORMAT_OPTIONS[type].has(name)) throw invalidValue(name, `FILE_FORMAT (TYPE = ${type})`);
    const value = properties.value(name);
    options[name] = value?.kind === "PropertyList" ? properties.list(name) : properties.scalar(name);
  }
  return { type, options, comment };
}

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-file-format */
export const FORMAT_OPTIONS: Record<FileFormatDoc["type"], ReadonlySet<string>> = {
  CSV: set(`COMPRESSION RECORD_DELIMITER FIELD_DELIMITER MULTI_LINE FILE_EXTENSION PARSE_HEADER SKIP_HEADER SKIP_BLANK_LINES
    DATE_FORMAT TIME_FORMAT TIMESTAMP_FORMAT BINARY_FORMAT ESCAPE ESCAPE_UNENCLOSED_FIELD TRIM_SPACE
    FIELD_OPTIONALLY_ENCLOSED_BY NULL_IF ERROR_ON_COLUMN_COUNT_MISMATCH REPLACE_INVALID_CHARACTERS EMPTY_FIELD_AS_NULL
    SKIP_BYTE_ORDER_MARK ENCODING VALIDATE_UTF8`),
  JSON: set(`COMPRESSION DATE_FORMAT TIME_FORMAT TIMESTAMP_FORMAT BINARY_FORMAT TRIM_SPACE MULTI_LINE NULL_IF FILE_EXTENSION
    ENABLE_OCTAL ALLOW_DUPLICATE STRIP_OUTER_ARRAY STRIP_NULL_VALUES REPLACE_INVALID_CHARACTERS IGNORE_UTF8_ERRORS
    SKIP_BYTE_ORDER_MARK`),
  PARQUET: set(
    "COMPRESSION SNAPPY_COMPRESSION BINARY_AS_TEXT USE_LOGICAL_TYPE TRIM_SPACE USE_VECTORIZED_SCANNER REPLACE_INVALID_CHARACTERS NULL_IF",
  ),
  AVRO: set("COMPRESSION TRIM_SPACE REPLACE_INVALID_CHARACTERS NULL_IF"),
  ORC: set("TRIM_SPACE REPLACE_INVALID_CHARACTERS NULL_IF"),
  XML: set(`COMPRESSION IGNORE_UTF8_ERRORS PRESERVE_SPACE STRIP_OUTER_ELEMENT DISABLE_SNOWFLAKE_DATA DISABLE_AUTO_CONVERT
    REPLACE_INVALID_CHARACTERS SKIP_BYTE_ORDER_MARK`),
};

export const createFileFormat = (context: ExecutionContext, statement: CreateObject): Promise<StatementResult> =>
  createInSchema(context, statement, "FILE_FORMAT", (_unit) => ({
    title: "File format",
    temporary: statement.temporary,
    draft() {
      const properties = new Properties(context, statement.properties);
      return { ...readFileFormat(properties), temporary: statement.temporary || undefined };
    },
    async alter(unit, doc) {
      unit.catalogue.update<FileFormatDoc>(doc, readFileFormat(new Properties(context, statement.properties)));
    },
  }));
