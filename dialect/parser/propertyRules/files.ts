import { type PropertyTables, propertyTable } from "./propertyTable";

/** Options of every type of file format. https://docs.snowflake.com/en/sql-reference/sql/create-file-format */
export const FORMAT_OPTIONS = `
  TYPE:CSV|JSON|AVRO|ORC|PARQUET|XML|CUSTOM FORMAT_NAME:name COMPRESSION:str RECORD_DELIMITER:str FIELD_DELIMITER:str
  MULTI_LINE:bool FILE_EXTENSION:str PARSE_HEADER:bool SKIP_HEADER:int SKIP_BLANK_LINES:bool DATE_FORMAT:str TIME_FORMAT:str
  TIMESTAMP_FORMAT:str BINARY_FORMAT:HEX|BASE64|UTF8 ESCAPE:str ESCAPE_UNENCLOSED_FIELD:str TRIM_SPACE:bool
  FIELD_OPTIONALLY_ENCLOSED_BY:str NULL_IF:list|str ERROR_ON_COLUMN_COUNT_MISMATCH:bool REPLACE_INVALID_CHARACTERS:bool
  EMPTY_FIELD_AS_NULL:bool SKIP_BYTE_ORDER_MARK:bool ENCODING:str ENABLE_OCTAL:bool ALLOW_DUPLICATE:bool
  STRIP_OUTER_ARRAY:bool STRIP_NULL_VALUES:bool IGNORE_UTF8_ERRORS:bool SNAPPY_COMPRESSION:bool BINARY_AS_TEXT:bool
  USE_LOGICAL_TYPE:bool USE_VECTORIZED_SCANNER:bool PRESERVE_SPACE:bool STRIP_OUTER_ELEMENT:bool
  DISABLE_SNOWFLAKE_DATA:bool DISABLE_AUTO_CONVERT:bool VALIDATE_UTF8:bool`;

/** https://docs.snowflake.com/en/sql-reference/sql/create-stage, …/create-file-format, …/create-external-volume, …/create-git-repository */
export const FILES: PropertyTables = {
  "FILE FORMAT": propertyTable(`${FORMAT_OPTIONS} COMMENT:text`),
  STAGE: propertyTable(`
    URL:str|list STORAGE_INTEGRATION:name CREDENTIALS:map ENCRYPTION:map DIRECTORY:map FILE_FORMAT:map|name|text COPY_OPTIONS:map
    COMMENT:text USE_PRIVATELINK_ENDPOINT:bool ENDPOINT:str AWS_ACCESS_POINT_ARN:str NOTIFICATION_INTEGRATION:name`),
  "EXTERNAL VOLUME": propertyTable("STORAGE_LOCATIONS ALLOW_WRITES:bool COMMENT:text", { open: true }),
  "GIT REPOSITORY": propertyTable("ORIGIN:str API_INTEGRATION:name GIT_CREDENTIALS:name COMMENT:text"),
  "IMAGE REPOSITORY": propertyTable("ENCRYPTION:map COMMENT:text"),
};
