import type { PropertyValue } from "../../dialect/index";
import { parseObjectName } from "../../dialect/index";
import type { FileFormatDoc, StageDoc, TableDoc } from "../catalogue/model";
import { compilationError, invalidValue, unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { resolveSchemaObject } from "../names/resolve";
import { requirePrivilege } from "../privileges/index";
import { FORMAT_OPTIONS, FORMAT_TYPES } from "../statements/ddl/schemaObjects/stage";
import { recordOf } from "../statements/ddl/support/properties";
import { scalarOf } from "../statements/ddl/support/values";
import { formatDefaults } from "../statements/describe/formatOptions";
import { unescapeOption } from "./unescapeOption";

/** A file format with all its options. */
export interface FileFormat {
  type: FileFormatDoc["type"];
  /** Upper-case names; every option has a value. */
  options: Readonly<Record<string, unknown>>;
  /** Names of the options that somebody set. */
  given: ReadonlySet<string>;
}

type Options = Record<string, unknown>;

/** A file format by name; USAGE on it is checked. */
function namedFormat(context: ExecutionContext, text: string): { type: FileFormatDoc["type"]; options: Options } {
  const doc = resolveSchemaObject(context, "FILE_FORMAT", parseObjectName(text));
  requirePrivilege(context, "USAGE", doc);
  return { type: doc.type, options: doc.options };
}

/** FILE_FORMAT as written: `(TYPE = CSV …)`, `(FORMAT_NAME = 'f' …)`, `'f'` or `f`. */
export function writtenFormat(context: ExecutionContext, value: PropertyValue | undefined): Options {
  if (value === undefined) return {};
  if (value.kind === "PropertyMap") return recordOf(context, value.properties);
  if (value.kind === "PropertyList" && value.items.length === 0) return {};
  const name = scalarOf(context, value);
  if (typeof name !== "string") throw invalidValue(String(name), "FILE_FORMAT");
  return { FORMAT_NAME: name };
}

/**
 * What holds for files of a stage: options of the statement before those of the stage, these before those of the table, CSV when none says a type.
 * Errors: 002003 unknown format, 001008 an option that the type does not have.
 */
export function formatFor(
  context: ExecutionContext,
  stage: StageDoc | undefined,
  written: Options,
  table?: TableDoc,
): FileFormat {
  const settings =
    [written, stage?.fileFormat, table?.stageFileFormat].find((given) => Object.keys(given ?? {}).length > 0) ?? {};
  const { FORMAT_NAME: name, TYPE: typeOption, ...own } = settings;
  const base = name === undefined ? undefined : namedFormat(context, String(name));
  const type = (
    typeOption === undefined ? (base?.type ?? "CSV") : String(typeOption).toUpperCase()
  ) as FileFormat["type"];
  if (!FORMAT_TYPES.includes(type)) throw invalidValue(String(typeOption), "TYPE");
  if (base && base.type !== type)
    throw compilationError("001008", "22023", `File format '${name}' is of type ${base.type}, not ${type}.`);
  for (const option of Object.keys(own)) {
    if (!FORMAT_OPTIONS[type].has(option)) throw invalidValue(option, `FILE_FORMAT (TYPE = ${type})`);
  }
  const given = { ...base?.options, ...own };
  return {
    type,
    options: { ...formatDefaults(type), ...given },
    given: new Set(Object.keys(given)),
  };
}

export const flag = (format: FileFormat, name: string): boolean =>
  format.options[name] === true || String(format.options[name]).toUpperCase() === "TRUE";

/** A text option with its escapes read; undefined for NONE. */
export function optionText(format: FileFormat, name: string): string | undefined {
  const value = format.options[name];
  if (value === null || value === undefined || String(value).toUpperCase() === "NONE") return undefined;
  return unescapeOption(String(value));
}

/** A word option in upper case: COMPRESSION, DATE_FORMAT = AUTO. */
export const optionWord = (format: FileFormat, name: string): string =>
  String(format.options[name] ?? "AUTO").toUpperCase();

export const optionList = (format: FileFormat, name: string): string[] => {
  const value = format.options[name];
  return Array.isArray(value) ? value.map(String) : value === null || value === undefined ? [] : [String(value)];
};

/** Types whose records are one VARIANT each. */
export const isVariantFormat = (format: FileFormat): boolean => format.type !== "CSV";

/** Types that are read here; the others are refused by name. */
export function requireReadable(format: FileFormat): void {
  if (format.type === "AVRO" || format.type === "ORC") throw unsupportedFeature(`file format ${format.type}`);
  if (format.type === "CSV" && !["UTF8", "UTF-8"].includes(optionWord(format, "ENCODING")))
    throw unsupportedFeature(`ENCODING = ${optionWord(format, "ENCODING")}`);
}

/** XML is read alone: it is neither written nor told by its columns. */
export function requireColumnar(format: FileFormat): void {
  requireReadable(format);
  if (format.type === "XML") throw unsupportedFeature("file format XML");
}
