/** Where a parameter may be set. Source: https://docs.snowflake.com/en/sql-reference/parameters */
export type ParameterLevel =
  | "ACCOUNT"
  | "USER"
  | "SESSION"
  | "DATABASE"
  | "SCHEMA"
  | "TABLE"
  | "WAREHOUSE"
  | "TASK"
  | "PROCEDURE"
  | "FUNCTION";

export type ParameterValue = string | number | boolean;

export interface ParameterDefinition {
  name: string;
  type: "STRING" | "NUMBER" | "BOOLEAN";
  default: ParameterValue;
  levels: readonly ParameterLevel[];
  description: string;
  /** Closed set of values, upper case. */
  values?: readonly string[];
  /** Values, upper case, that Snowflake takes and that are refused by name here. */
  refused?: readonly string[];
  /** Inclusive bounds of a NUMBER. */
  range?: readonly [number, number];
  /** Drivers set it for themselves; SHOW PARAMETERS does not list it. */
  hidden?: boolean;
}

const SESSION = ["ACCOUNT", "USER", "SESSION"] as const;
const CONTAINER = ["ACCOUNT", "DATABASE", "SCHEMA"] as const;
const TABLE = [...CONTAINER, "TABLE"] as const;
const TASK = [...CONTAINER, "TASK"] as const;
const ROUTINE = [...CONTAINER, "PROCEDURE", "FUNCTION"] as const;
const TIMESTAMP_TYPES = ["TIMESTAMP_LTZ", "TIMESTAMP_NTZ", "TIMESTAMP_TZ"] as const;
const BINARY_FORMATS = ["HEX", "BASE64", "UTF-8", "UTF8"] as const;
const RESULT_FORMATS = ["ARROW", "ARROW_FORCE", "JSON"] as const;
/** Of serverless tasks, as warehouses write them; there is none above XXLARGE. */
const TASK_SIZES = [
  "XSMALL",
  "X-SMALL",
  "SMALL",
  "MEDIUM",
  "LARGE",
  "XLARGE",
  "X-LARGE",
  "XXLARGE",
  "X2LARGE",
  "2X-LARGE",
] as const;
const LOG_LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF"] as const;

type Levels = readonly ParameterLevel[];
const text = (
  name: string,
  initial: string,
  levels: Levels,
  description: string,
  values?: readonly string[],
): ParameterDefinition => ({
  name,
  type: "STRING",
  default: initial,
  levels,
  description,
  ...(values ? { values } : {}),
});
const flag = (name: string, initial: boolean, levels: Levels, description: string): ParameterDefinition => ({
  name,
  type: "BOOLEAN",
  default: initial,
  levels,
  description,
});
const count = (
  name: string,
  initial: number,
  levels: Levels,
  range: readonly [number, number],
  description: string,
): ParameterDefinition => ({
  name,
  type: "NUMBER",
  default: initial,
  levels,
  range,
  description,
});

const WEEK = 604_800;
const MOST = Number.MAX_SAFE_INTEGER;

/** Only for the account as a whole. What they govern (other ways to log in, external stages, replication, container services) is refused by name. */
const ACCOUNT_ONLY: ParameterDefinition[] = [
  flag("ALLOW_CLIENT_MFA_CACHING", false, ["ACCOUNT"], "Drivers may keep tokens of multi-factor authentication"),
  flag("ALLOW_ID_TOKEN", false, ["ACCOUNT"], "Drivers may keep tokens of single sign-on"),
  count("CLIENT_ENCRYPTION_KEY_SIZE", 128, ["ACCOUNT"], [128, 256], "Bits of the keys of files on internal stages"),
  text("CORTEX_ENABLED_CROSS_REGION", "DISABLED", ["ACCOUNT"], "Regions that may answer calls of Cortex"),
  flag("ENABLE_IDENTIFIER_FIRST_LOGIN", true, ["ACCOUNT"], "Ask for the user before the way to log in"),
  flag("ENABLE_INTERNAL_STAGES_PRIVATELINK", false, ["ACCOUNT"], "Show the private link of internal stages"),
  flag("ENABLE_PERSONAL_DATABASE", false, ["ACCOUNT"], "Users have databases of their own"),
  flag(
    "ENABLE_TRI_SECRET_AND_REKEY_OPT_OUT_FOR_IMAGE_REPOSITORY",
    false,
    ["ACCOUNT"],
    "Image repositories without Tri-Secret Secure",
  ),
  flag(
    "ENABLE_TRI_SECRET_AND_REKEY_OPT_OUT_FOR_SPCS_BLOCK_STORAGE",
    false,
    ["ACCOUNT"],
    "Block storage without Tri-Secret Secure",
  ),
  flag("ENABLE_UNHANDLED_EXCEPTIONS_REPORTING", true, ["ACCOUNT"], "Unhandled exceptions go to the event table"),
  flag("ENFORCE_NETWORK_RULES_FOR_INTERNAL_STAGES", false, ["ACCOUNT"], "Network rules hold for internal stages"),
  flag(
    "EXTERNAL_OAUTH_ADD_PRIVILEGED_ROLES_TO_BLOCKED_LIST",
    true,
    ["ACCOUNT"],
    "External OAuth never gives the system roles",
  ),
  text("INITIAL_REPLICATION_SIZE_LIMIT_IN_TB", "10.0", ["ACCOUNT"], "Greatest size of a first replica"),
  count("MIN_DATA_RETENTION_TIME_IN_DAYS", 0, ["ACCOUNT"], [0, 90], "Least retention of any table"),
  flag("OAUTH_ADD_PRIVILEGED_ROLES_TO_BLOCKED_LIST", true, ["ACCOUNT"], "OAuth never gives the system roles"),
  flag("PERIODIC_DATA_REKEYING", false, ["ACCOUNT"], "Data are encrypted anew every year"),
  flag("PREVENT_LOAD_FROM_INLINE_URL", false, ["ACCOUNT"], "Refuse loading from a URL"),
  flag("PREVENT_UNLOAD_TO_INLINE_URL", false, ["ACCOUNT"], "Refuse unloading to a URL"),
  flag("REQUIRE_STORAGE_INTEGRATION_FOR_STAGE_CREATION", false, ["ACCOUNT"], "External stages need an integration"),
  flag("REQUIRE_STORAGE_INTEGRATION_FOR_STAGE_OPERATION", false, ["ACCOUNT"], "External stages need an integration"),
  flag("SSO_LOGIN_PAGE", false, ["ACCOUNT"], "The login page goes to the identity provider"),
];

const LIST: ParameterDefinition[] = [
  ...ACCOUNT_ONLY,
  flag("ABORT_DETACHED_QUERY", false, SESSION, "Abort queries in progress when the connection is lost"),
  flag("AUTOCOMMIT", true, SESSION, "Commit each statement by itself when no transaction is open"),
  text("BINARY_INPUT_FORMAT", "HEX", SESSION, "Format of text that is converted to BINARY", BINARY_FORMATS),
  text("BINARY_OUTPUT_FORMAT", "HEX", SESSION, "Format of BINARY that is converted to text", BINARY_FORMATS),
  text("CATALOG", "", TABLE, "Catalog of Iceberg tables"),
  flag("CLIENT_ENABLE_LOG_INFO_STATEMENT_PARAMETERS", false, SESSION, "JDBC logs the values of parameters"),
  count("CLIENT_MEMORY_LIMIT", 1536, SESSION, [0, MOST], "Memory that JDBC and ODBC use for results, MB"),
  flag("CLIENT_METADATA_USE_SESSION_DATABASE", false, SESSION, "Limit metadata requests to the current database"),
  flag(
    "CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX",
    false,
    SESSION,
    "Limit metadata requests of drivers to the current database and schema",
  ),
  count("CLIENT_PREFETCH_THREADS", 4, SESSION, [1, 10], "Threads with which a driver downloads results"),
  count("CLIENT_RESULT_CHUNK_SIZE", 160, SESSION, [16, 160], "Greatest size of a downloaded piece of a result, MB"),
  flag("CLIENT_RESULT_COLUMN_CASE_INSENSITIVE", false, SESSION, "Match column names of results without regard to case"),
  flag("CLIENT_SESSION_KEEP_ALIVE", false, SESSION, "Keep the session while the connection lives"),
  count("CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY", 3600, SESSION, [900, 3600], "Seconds between heartbeats"),
  // The real default is 65280. Above it drivers upload CSV files to a stage; here all binds come inline.
  count(
    "CLIENT_STAGE_ARRAY_BINDING_THRESHOLD",
    2_147_483_647,
    SESSION,
    [0, 2_147_483_647],
    "Number of bind values from which a driver uploads them to a stage",
  ),
  flag("CLIENT_TELEMETRY_ENABLED", true, SESSION, "Drivers send telemetry"),
  text("CLIENT_TIMESTAMP_TYPE_MAPPING", "TIMESTAMP_LTZ", SESSION, "Type of bound timestamps", TIMESTAMP_TYPES),
  count("DATA_RETENTION_TIME_IN_DAYS", 1, TABLE, [0, 90], "Days for which old states of the data are kept"),
  text("DATE_INPUT_FORMAT", "AUTO", SESSION, "Format of text that is converted to DATE"),
  text("DATE_OUTPUT_FORMAT", "YYYY-MM-DD", SESSION, "Format of DATE that is converted to text"),
  text("DEFAULT_DDL_COLLATION", "", TABLE, "Collation of new text columns"),
  text("DEFAULT_NOTEBOOK_COMPUTE_POOL_CPU", "SYSTEM_COMPUTE_POOL_CPU", CONTAINER, "Compute pool of notebooks"),
  text(
    "DEFAULT_NOTEBOOK_COMPUTE_POOL_GPU",
    "SYSTEM_COMPUTE_POOL_GPU",
    CONTAINER,
    "Compute pool of notebooks with a GPU",
  ),
  flag("ENABLE_CONSOLE_OUTPUT", false, [...ROUTINE, "SESSION"], "Show the standard output of handlers"),
  flag(
    "ENABLE_UNREDACTED_QUERY_SYNTAX_ERROR",
    false,
    ["ACCOUNT", "USER"],
    "The history shows the text of statements with syntax errors",
  ),
  flag("ENABLE_UNLOAD_PHYSICAL_TYPE_OPTIMIZATION", true, SESSION, "Optimize physical types of unloaded Parquet files"),
  flag("ERROR_ON_NONDETERMINISTIC_MERGE", true, SESSION, "MERGE fails when several source rows match one target row"),
  flag(
    "ERROR_ON_NONDETERMINISTIC_UPDATE",
    false,
    SESSION,
    "UPDATE fails when several source rows match one target row",
  ),
  count("HYBRID_TABLE_LOCK_TIMEOUT", 3600, SESSION, [0, MOST], "Seconds to wait for a row of a hybrid table"),
  text("S3_STAGE_VPCE_DNS_NAME", "", SESSION, "Interface endpoint of internal stages"),
  text("EVENT_TABLE", "", ["ACCOUNT", "DATABASE"], "Event table for logs and traces"),
  text("EXTERNAL_VOLUME", "", TABLE, "External volume of Iceberg tables"),
  text("GEOGRAPHY_OUTPUT_FORMAT", "GeoJSON", SESSION, "Format of GEOGRAPHY values", [
    "GEOJSON",
    "WKT",
    "WKB",
    "EWKT",
    "EWKB",
  ]),
  text("GEOMETRY_OUTPUT_FORMAT", "GeoJSON", SESSION, "Format of GEOMETRY values", [
    "GEOJSON",
    "WKT",
    "WKB",
    "EWKT",
    "EWKB",
  ]),
  {
    ...flag("JDBC_FORMAT_DATE_WITH_TIMEZONE", false, SESSION, "JDBC reads DATE by the calendar it is given"),
    hidden: true,
  },
  flag("JDBC_TREAT_DECIMAL_AS_INT", true, SESSION, "JDBC reads NUMBER without scale as integer"),
  flag("JDBC_TREAT_TIMESTAMP_NTZ_AS_UTC", false, SESSION, "JDBC reads TIMESTAMP_NTZ as UTC"),
  flag("JDBC_USE_SESSION_TIMEZONE", true, SESSION, "JDBC uses the time zone of the session"),
  count("JSON_INDENT", 2, SESSION, [0, 16], "Blanks per level of printed JSON; 0 = one line"),
  flag("JS_TREAT_INTEGER_AS_BIGINT", false, SESSION, "The Node.js driver reads integers as BigInt"),
  count("LOCK_TIMEOUT", 43_200, SESSION, [0, MOST], "Seconds to wait for a lock"),
  text("LOG_EVENT_LEVEL", "OFF", [...ROUTINE, "USER", "SESSION"], "Severity from which events are kept", LOG_LEVELS),
  text("LOG_LEVEL", "OFF", [...ROUTINE, "USER", "SESSION"], "Severity from which messages are kept", LOG_LEVELS),
  count("MAX_CONCURRENCY_LEVEL", 8, ["ACCOUNT", "WAREHOUSE"], [1, 32], "Statements that a warehouse runs at once"),
  count("MAX_DATA_EXTENSION_TIME_IN_DAYS", 14, TABLE, [0, 90], "Days by which retention is extended for streams"),
  text("METRIC_LEVEL", "NONE", [...ROUTINE, "USER", "SESSION"], "Metrics that are kept", ["ALL", "NONE"]),
  count("MULTI_STATEMENT_COUNT", 1, SESSION, [0, MOST], "Statements in one request; 0 = any number"),
  text("NETWORK_POLICY", "", ["ACCOUNT", "USER"], "Network policy that says from where one may log in"),
  flag("NOORDER_SEQUENCE_AS_DEFAULT", true, SESSION, "New sequences are NOORDER unless said otherwise"),
  flag("ODBC_TREAT_DECIMAL_AS_INT", false, SESSION, "ODBC reads NUMBER without scale as integer"),
  flag("PIPE_EXECUTION_PAUSED", false, CONTAINER, "Pipes are paused"),
  flag("PREVENT_UNLOAD_TO_INTERNAL_STAGES", false, ["ACCOUNT", "USER"], "Refuse unloading to internal stages"),
  {
    ...text("PYTHON_CONNECTOR_QUERY_RESULT_FORMAT", "ARROW", SESSION, "Format of results", RESULT_FORMATS),
    hidden: true,
  },
  text("PYTHON_PROFILER_MODULES", "", SESSION, "Modules for the Python profiler"),
  { ...text("GO_QUERY_RESULT_FORMAT", "ARROW", SESSION, "Format of results", RESULT_FORMATS), hidden: true },
  { ...text("JDBC_QUERY_RESULT_FORMAT", "ARROW", SESSION, "Format of results", RESULT_FORMATS), hidden: true },
  // Other drivers get JSON, which is what their users set this to.
  {
    ...text("ODBC_QUERY_RESULT_FORMAT", "JSON", SESSION, "Format of results", RESULT_FORMATS),
    refused: RESULT_FORMATS.filter((format) => format !== "JSON"),
    hidden: true,
  },
  { ...text("QUERY_RESULT_FORMAT", "ARROW", SESSION, "Format of results", RESULT_FORMATS), hidden: true },
  text("QUERY_TAG", "", SESSION, "Text that marks statements in the history"),
  {
    ...flag(
      "QUOTED_IDENTIFIERS_IGNORE_CASE",
      false,
      [...SESSION, "DATABASE", "SCHEMA", "TABLE"],
      "Quoted identifiers are read in upper case",
    ),
    refused: ["TRUE"],
  },
  flag("REPLACE_INVALID_CHARACTERS", false, TABLE, "Replace invalid UTF-8 in query results of Iceberg tables"),
  count("ROWS_PER_RESULTSET", 0, SESSION, [0, MOST], "Greatest number of rows of a result; 0 = no limit"),
  text("SEARCH_PATH", "$current, $public", SESSION, "Schemas in which unqualified names are looked up"),
  text("SIMULATED_DATA_SHARING_CONSUMER", "", ["SESSION"], "Account to simulate for secure views"),
  count(
    "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS",
    0,
    [...SESSION, "WAREHOUSE"],
    [0, MOST],
    "Seconds a statement may wait for a warehouse",
  ),
  count(
    "STATEMENT_TIMEOUT_IN_SECONDS",
    172_800,
    [...SESSION, "WAREHOUSE"],
    [0, WEEK],
    "Seconds after which a statement is canceled; 0 = the greatest value",
  ),
  text(
    "SERVERLESS_TASK_MAX_STATEMENT_SIZE",
    "XXLARGE",
    TASK,
    "Greatest size for a run of a serverless task",
    TASK_SIZES,
  ),
  text("SERVERLESS_TASK_MIN_STATEMENT_SIZE", "XSMALL", TASK, "Least size for a run of a serverless task", TASK_SIZES),
  text("STORAGE_SERIALIZATION_POLICY", "OPTIMIZED", TABLE, "Encoding of Iceberg tables", ["COMPATIBLE", "OPTIMIZED"]),
  flag("STRICT_JSON_OUTPUT", false, SESSION, "Print only what strict JSON allows"),
  count("SUSPEND_TASK_AFTER_NUM_FAILURES", 10, TASK, [0, MOST], "Failed runs in a row after which a task is suspended"),
  count("TASK_AUTO_RETRY_ATTEMPTS", 0, TASK, [0, 30], "Retries of a failed task graph"),
  text("TIMESTAMP_DAY_IS_ALWAYS_24H", "false", SESSION, "Every day has 24 hours in DATEADD and DATEDIFF", [
    "TRUE",
    "FALSE",
  ]),
  text("TIMESTAMP_INPUT_FORMAT", "AUTO", SESSION, "Format of text that is converted to TIMESTAMP"),
  text("TIMESTAMP_LTZ_OUTPUT_FORMAT", "", SESSION, "Format of TIMESTAMP_LTZ; empty = TIMESTAMP_OUTPUT_FORMAT"),
  text("TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3", SESSION, "Format of TIMESTAMP_NTZ"),
  text(
    "TIMESTAMP_OUTPUT_FORMAT",
    "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
    SESSION,
    "Format of TIMESTAMP that is converted to text",
  ),
  text("TIMESTAMP_TYPE_MAPPING", "TIMESTAMP_NTZ", SESSION, "What the type name TIMESTAMP means", TIMESTAMP_TYPES),
  text("TIMESTAMP_TZ_OUTPUT_FORMAT", "", SESSION, "Format of TIMESTAMP_TZ; empty = TIMESTAMP_OUTPUT_FORMAT"),
  text("TIMEZONE", "America/Los_Angeles", SESSION, "Time zone of the session"),
  text("TIME_INPUT_FORMAT", "AUTO", SESSION, "Format of text that is converted to TIME"),
  text("TIME_OUTPUT_FORMAT", "HH24:MI:SS", SESSION, "Format of TIME that is converted to text"),
  text("TRACE_LEVEL", "OFF", [...ROUTINE, "USER", "SESSION"], "Trace events that are kept", [
    "ALWAYS",
    "ON_EVENT",
    "PROPAGATE",
    "OFF",
  ]),
  flag("TRANSACTION_ABORT_ON_ERROR", false, SESSION, "A failed statement aborts the transaction"),
  text("TRANSACTION_DEFAULT_ISOLATION_LEVEL", "READ COMMITTED", SESSION, "Isolation of transactions", [
    "READ COMMITTED",
  ]),
  count("TWO_DIGIT_CENTURY_START", 1970, SESSION, [1900, 2100], "First year that two digits can mean"),
  text("UNSUPPORTED_DDL_ACTION", "ignore", SESSION, "What happens to unsupported constraint properties", [
    "IGNORE",
    "FAIL",
  ]),
  flag("USE_CACHED_RESULT", true, SESSION, "Answer repeated queries from stored results"),
  text(
    "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE",
    "Medium",
    TASK,
    "Size for the first runs of a serverless task",
    TASK_SIZES,
  ),
  count(
    "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS",
    30,
    TASK,
    [10, WEEK],
    "Least seconds between runs of a triggered task",
  ),
  count(
    "USER_TASK_TIMEOUT_MS",
    3_600_000,
    TASK,
    [0, WEEK * 1000],
    "Milliseconds after which a run of a task is canceled",
  ),
  count("WEEK_OF_YEAR_POLICY", 0, SESSION, [0, 1], "0: ISO weeks, 1: January 1 is always in week 1"),
  count("WEEK_START", 0, SESSION, [0, 7], "First day of the week: 0 as ISO, 1 Monday … 7 Sunday"),
];

export const PARAMETERS: ReadonlyMap<string, ParameterDefinition> = new Map(
  LIST.map((definition) => [definition.name, definition]),
);

/** All definitions that may be set at a level, by name. */
export const parametersOf = (level: ParameterLevel): ParameterDefinition[] =>
  LIST.filter((definition) => definition.levels.includes(level)).sort((a, b) => (a.name < b.name ? -1 : 1));
