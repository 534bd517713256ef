import type { FileFormatDoc } from "../../catalogue/model";
import { unescapeOption } from "../../stages/unescapeOption";

type Options = Record<string, unknown>;

const COMMON: Options = { DATE_FORMAT: "AUTO", TIME_FORMAT: "AUTO", TIMESTAMP_FORMAT: "AUTO", BINARY_FORMAT: "HEX" };

/**
 * Every option of a file format with its default. Source: https://docs.snowflake.com/en/sql-reference/sql/create-file-format; that only
 * CSV takes a text for NULL by itself is what DESCRIBE FILE FORMAT says in the Terraform provider's tests.
 */
const DEFAULTS: Record<FileFormatDoc["type"], Options> = {
  CSV: {
    RECORD_DELIMITER: "\n",
    FIELD_DELIMITER: ",",
    FILE_EXTENSION: null,
    SKIP_HEADER: 0,
    PARSE_HEADER: false,
    ...COMMON,
    ESCAPE: "NONE",
    ESCAPE_UNENCLOSED_FIELD: "\\",
    TRIM_SPACE: false,
    FIELD_OPTIONALLY_ENCLOSED_BY: "NONE",
    NULL_IF: ["\\N"],
    COMPRESSION: "AUTO",
    ERROR_ON_COLUMN_COUNT_MISMATCH: true,
    VALIDATE_UTF8: true,
    SKIP_BLANK_LINES: false,
    REPLACE_INVALID_CHARACTERS: false,
    EMPTY_FIELD_AS_NULL: true,
    SKIP_BYTE_ORDER_MARK: true,
    ENCODING: "UTF8",
    MULTI_LINE: true,
  },
  JSON: {
    FILE_EXTENSION: null,
    ...COMMON,
    TRIM_SPACE: false,
    MULTI_LINE: true,
    NULL_IF: [],
    COMPRESSION: "AUTO",
    ENABLE_OCTAL: false,
    ALLOW_DUPLICATE: false,
    STRIP_OUTER_ARRAY: false,
    STRIP_NULL_VALUES: false,
    IGNORE_UTF8_ERRORS: false,
    REPLACE_INVALID_CHARACTERS: false,
    SKIP_BYTE_ORDER_MARK: true,
  },
  PARQUET: {
    TRIM_SPACE: false,
    NULL_IF: [],
    COMPRESSION: "AUTO",
    BINARY_AS_TEXT: true,
    REPLACE_INVALID_CHARACTERS: false,
  },
  AVRO: { TRIM_SPACE: false, NULL_IF: [], COMPRESSION: "AUTO", REPLACE_INVALID_CHARACTERS: false },
  ORC: { TRIM_SPACE: false, REPLACE_INVALID_CHARACTERS: false, NULL_IF: [] },
  XML: {
    COMPRESSION: "AUTO",
    IGNORE_UTF8_ERRORS: false,
    PRESERVE_SPACE: false,
    STRIP_OUTER_ELEMENT: false,
    DISABLE_AUTO_CONVERT: false,
    REPLACE_INVALID_CHARACTERS: false,
    SKIP_BYTE_ORDER_MARK: true,
  },
};

export const formatDefaults = (type: FileFormatDoc["type"]): Options => DEFAULTS[type];

const CHARACTERS = ["RECORD_DELIMITER", "FIELD_DELIMITER", "ESCAPE", "ESCAPE_UNENCLOSED_FIELD"];

/** Options as given, characters that were written as codes (`\\174`, `0x7c`) plain. */
export const plainOptions = (given: Options): Options =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      CHARACTERS.includes(name) && typeof value === "string" ? unescapeOption(value) : value,
    ]),
  );

/** What `format_options` of SHOW FILE FORMATS holds: the type, then all options, as given or by default. */
export const formatOptions = (type: FileFormatDoc["type"], given: Options): Options => ({
  TYPE: type,
  ...DEFAULTS[type],
  ...plainOptions(given),
});
