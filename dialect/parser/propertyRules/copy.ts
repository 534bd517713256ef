import { FORMAT_OPTIONS } from "./files";
import { type PropertyTable, propertyTable } from "./propertyTable";

/** The options in `FILE_FORMAT = (…)`. */
export const FORMAT: PropertyTable = propertyTable(FORMAT_OPTIONS);

/** Beside options of file formats, which older scripts write without FILE_FORMAT. */
const BOTH = `${FORMAT_OPTIONS} FILE_FORMAT:map|name|text STORAGE_INTEGRATION:name CREDENTIALS:map ENCRYPTION:map VALIDATION_MODE:name
  USE_PRIVATELINK_ENDPOINT:bool`;

/** https://docs.snowflake.com/en/sql-reference/sql/copy-into-table */
export const LOAD: PropertyTable = propertyTable(`
  ${BOTH} FILES:list PATTERN:text ON_ERROR:name SIZE_LIMIT:int PURGE:bool RETURN_FAILED_ONLY:bool
  MATCH_BY_COLUMN_NAME:CASE_SENSITIVE|CASE_INSENSITIVE|NONE INCLUDE_METADATA:map ENFORCE_LENGTH:bool TRUNCATECOLUMNS:bool
  FORCE:bool LOAD_UNCERTAIN_FILES:bool LOAD_MODE:FULL_INGEST|ADD_FILES_COPY FILE_PROCESSOR:map CLUSTER_AT_INGEST_TIME:bool`);

/** https://docs.snowflake.com/en/sql-reference/sql/copy-into-location */
export const UNLOAD: PropertyTable = propertyTable(`
  ${BOTH} OVERWRITE:bool SINGLE:bool MAX_FILE_SIZE:int INCLUDE_QUERY_ID:bool DETAILED_OUTPUT:bool HEADER:bool`);

/** https://docs.snowflake.com/en/sql-reference/sql/copy-files */
export const COPY_FILES: PropertyTable = propertyTable("FILES:list PATTERN:text DETAILED_OUTPUT:bool");

/** What ON_ERROR may say: `SKIP_FILE_10%` has its number in the middle. */
export const ON_ERROR = /^(CONTINUE|ABORT_STATEMENT|SKIP_FILE(_[0-9]+%?)?)$/i;

/** What VALIDATION_MODE may say: `RETURN_10_ROWS` has its number in the middle. */
export const VALIDATION_MODE = /^RETURN_(([0-9]+_)?ROWS|(ALL_)?ERRORS)$/i;
