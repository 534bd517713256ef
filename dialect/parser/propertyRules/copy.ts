import { FORMAT_OPTIONS } from "./files";
import { type PropertyTable, propertyTable } from "./propertyTable";

/** The options in `FILE_FORMAT = (…)`. */
export const FORMAT: PropertyTable = propertyTable(FORMAT_OPTIONS);

/** Beside options of file formats, which older scripts write without FILE_FORMAT. */
const BOTH = `${FORMAT_OPTIONS} FILE_FORMAT:map|name|text STORAGE_INTEGRATION:name CREDENTIALS:map ENCRYPTION:map VALIDATION_MODE:name
  USE_PRIVATELINK_ENDPOINT:bool`;

/** https://docs.snowflake.com/en/sql-reference/sql/copy-into-table */
export const LOAD: PropertyTable = propertyTable(`
  ${BOTH} FILES:list PATTERN:text ON_ERROR:name SIZE_LIMIT:nat PURGE:flag RETURN_FAILED_ONLY:flag
  MATCH_BY_COLUMN_NAME:CASE_SENSITIVE|CASE_INSENSITIVE|NONE INCLUDE_METADATA:map ENFORCE_LENGTH:flag TRUNCATECOLUMNS:flag
  FORCE:flag LOAD_UNCERTAIN_FILES:flag LOAD_MODE:FULL_INGEST|ADD_FILES_COPY FILE_PROCESSOR:map CLUSTER_AT_INGEST_TIME:flag`);

/** https://docs.snowflake.com/en/sql-reference/sql/copy-into-location */
export const UNLOAD: PropertyTable = propertyTable(`
  ${BOTH} OVERWRITE:flag SINGLE:flag MAX_FILE_SIZE:nat INCLUDE_QUERY_ID:flag DETAILED_OUTPUT:flag HEADER:flag`);

/** https://docs.snowflake.com/en/sql-reference/sql/copy-files */
export const COPY_FILES: PropertyTable = propertyTable("FILES:list PATTERN:text DETAILED_OUTPUT:flag");

/** https://docs.snowflake.com/en/sql-reference/sql/put, …/get, …/list, …/remove */
export const STAGE_FILES = {
  PUT: propertyTable("PARALLEL:int AUTO_COMPRESS:bool SOURCE_COMPRESSION:str OVERWRITE:bool"),
  GET: propertyTable("PARALLEL:int PATTERN:text"),
  LIST: propertyTable("PATTERN:text"),
  REMOVE: propertyTable("PATTERN:text"),
} satisfies Record<string, PropertyTable>;

/** What ON_ERROR may say: `SKIP_FILE_10%` has its number in the middle. */
export const ON_ERROR = /^(CONTINUE|ABORT_STATEMENT|SKIP_FILE(_[0-9]+%?)?)$/i;

/** What VALIDATION_MODE may say: `RETURN_10_ROWS` has its number in the middle. */
export const VALIDATION_MODE = /^RETURN_(([0-9]+_)?ROWS|(ALL_)?ERRORS)$/i;
