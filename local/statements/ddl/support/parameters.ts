import type { ObjectKind } from "../../../catalogue/model";
import { checkParameter } from "../../../parameters/check";
import { PARAMETERS, type ParameterLevel } from "../../../parameters/definitions";
import type { Properties } from "./properties";

type ParameterType = "integer" | "boolean" | "text";

const CONTAINER: Record<string, ParameterType> = {
  DATA_RETENTION_TIME_IN_DAYS: "integer",
  MAX_DATA_EXTENSION_TIME_IN_DAYS: "integer",
  EXTERNAL_VOLUME: "text",
  CATALOG: "text",
  REPLACE_INVALID_CHARACTERS: "boolean",
  DEFAULT_DDL_COLLATION: "text",
  DEFAULT_NOTEBOOK_COMPUTE_POOL_CPU: "text",
  DEFAULT_NOTEBOOK_COMPUTE_POOL_GPU: "text",
  STORAGE_SERIALIZATION_POLICY: "text",
  LOG_LEVEL: "text",
  LOG_EVENT_LEVEL: "text",
  METRIC_LEVEL: "text",
  TRACE_LEVEL: "text",
  SUSPEND_TASK_AFTER_NUM_FAILURES: "integer",
  TASK_AUTO_RETRY_ATTEMPTS: "integer",
  USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE: "text",
  USER_TASK_TIMEOUT_MS: "integer",
  USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS: "integer",
  SERVERLESS_TASK_MAX_STATEMENT_SIZE: "text",
  SERVERLESS_TASK_MIN_STATEMENT_SIZE: "text",
  QUOTED_IDENTIFIERS_IGNORE_CASE: "boolean",
  ENABLE_CONSOLE_OUTPUT: "boolean",
};

const RETENTION: Record<string, ParameterType> = {
  DATA_RETENTION_TIME_IN_DAYS: "integer",
  MAX_DATA_EXTENSION_TIME_IN_DAYS: "integer",
};

const ROUTINE: Record<string, ParameterType> = {
  LOG_EVENT_LEVEL: "text",
  LOG_LEVEL: "text",
  METRIC_LEVEL: "text",
  TRACE_LEVEL: "text",
  ENABLE_CONSOLE_OUTPUT: "boolean",
  AUTO_EVENT_LOGGING: "text",
};

const SESSION: Record<string, ParameterType> = {
  ABORT_DETACHED_QUERY: "boolean",
  AUTOCOMMIT: "boolean",
  BINARY_INPUT_FORMAT: "text",
  BINARY_OUTPUT_FORMAT: "text",
  CLIENT_MEMORY_LIMIT: "integer",
  CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX: "boolean",
  CLIENT_PREFETCH_THREADS: "integer",
  CLIENT_RESULT_CHUNK_SIZE: "integer",
  CLIENT_RESULT_COLUMN_CASE_INSENSITIVE: "boolean",
  CLIENT_SESSION_KEEP_ALIVE: "boolean",
  CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY: "integer",
  CLIENT_TIMESTAMP_TYPE_MAPPING: "text",
  DATE_INPUT_FORMAT: "text",
  DATE_OUTPUT_FORMAT: "text",
  ENABLE_UNLOAD_PHYSICAL_TYPE_OPTIMIZATION: "boolean",
  ENABLE_UNREDACTED_QUERY_SYNTAX_ERROR: "boolean",
  ERROR_ON_NONDETERMINISTIC_MERGE: "boolean",
  ERROR_ON_NONDETERMINISTIC_UPDATE: "boolean",
  GEOGRAPHY_OUTPUT_FORMAT: "text",
  GEOMETRY_OUTPUT_FORMAT: "text",
  JDBC_TREAT_DECIMAL_AS_INT: "boolean",
  JDBC_TREAT_TIMESTAMP_NTZ_AS_UTC: "boolean",
  JDBC_USE_SESSION_TIMEZONE: "boolean",
  JSON_INDENT: "integer",
  LOCK_TIMEOUT: "integer",
  LOG_EVENT_LEVEL: "text",
  LOG_LEVEL: "text",
  METRIC_LEVEL: "text",
  MULTI_STATEMENT_COUNT: "integer",
  NOORDER_SEQUENCE_AS_DEFAULT: "boolean",
  ODBC_TREAT_DECIMAL_AS_INT: "boolean",
  PREVENT_UNLOAD_TO_INTERNAL_STAGES: "boolean",
  QUERY_TAG: "text",
  QUOTED_IDENTIFIERS_IGNORE_CASE: "boolean",
  ROWS_PER_RESULTSET: "integer",
  S3_STAGE_VPCE_DNS_NAME: "text",
  SEARCH_PATH: "text",
  SIMULATED_DATA_SHARING_CONSUMER: "text",
  STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: "integer",
  STATEMENT_TIMEOUT_IN_SECONDS: "integer",
  STRICT_JSON_OUTPUT: "boolean",
  TIME_INPUT_FORMAT: "text",
  TIME_OUTPUT_FORMAT: "text",
  TIMESTAMP_DAY_IS_ALWAYS_24H: "boolean",
  TIMESTAMP_INPUT_FORMAT: "text",
  TIMESTAMP_LTZ_OUTPUT_FORMAT: "text",
  TIMESTAMP_NTZ_OUTPUT_FORMAT: "text",
  TIMESTAMP_OUTPUT_FORMAT: "text",
  TIMESTAMP_TYPE_MAPPING: "text",
  TIMESTAMP_TZ_OUTPUT_FORMAT: "text",
  TIMEZONE: "text",
  TRACE_LEVEL: "text",
  TRANSACTION_ABORT_ON_ERROR: "boolean",
  TRANSACTION_DEFAULT_ISOLATION_LEVEL: "text",
  TWO_DIGIT_CENTURY_START: "integer",
  UNSUPPORTED_DDL_ACTION: "text",
  USE_CACHED_RESULT: "boolean",
  WEEK_OF_YEAR_POLICY: "integer",
  WEEK_START: "integer",
};

/** Parameters that each kind of object takes in CREATE and ALTER … SET. */
const OF_KIND: Partial<Record<ObjectKind, Record<string, ParameterType>>> = {
  DATABASE: CONTAINER,
  SCHEMA: { ...CONTAINER, PIPE_EXECUTION_PAUSED: "boolean" },
  TABLE: { ...RETENTION, DEFAULT_DDL_COLLATION: "text" },
  DYNAMIC_TABLE: RETENTION,
  STREAM: {},
  PIPE: { PIPE_EXECUTION_PAUSED: "boolean" },
  PROCEDURE: ROUTINE,
  FUNCTION: ROUTINE,
  WAREHOUSE: {
    MAX_CONCURRENCY_LEVEL: "integer",
    STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: "integer",
    STATEMENT_TIMEOUT_IN_SECONDS: "integer",
  },
  USER: SESSION,
  TASK: {
    ...SESSION,
    SUSPEND_TASK_AFTER_NUM_FAILURES: "integer",
    TASK_AUTO_RETRY_ATTEMPTS: "integer",
    USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE: "text",
    USER_TASK_TIMEOUT_MS: "integer",
    USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS: "integer",
    SERVERLESS_TASK_MAX_STATEMENT_SIZE: "text",
    SERVERLESS_TASK_MIN_STATEMENT_SIZE: "text",
    TARGET_COMPLETION_INTERVAL: "text",
  },
};

export const isParameterOf = (kind: ObjectKind, name: string): boolean => OF_KIND[kind]?.[name] !== undefined;

/** The parameters among the properties; an explicit `= NULL` unsets, as UNSET does. */
export function readParameters(
  kind: ObjectKind,
  properties: Properties,
): { set: Record<string, string | number | boolean>; unset: string[] } {
  const set: Record<string, string | number | boolean> = {};
  const unset: string[] = [];
  for (const name of properties.names()) {
    const type = OF_KIND[kind]?.[name];
    if (!type) continue;
    if (properties.scalar(name) === null) {
      unset.push(name);
      continue;
    }
    const value =
      type === "integer"
        ? properties.integer(name)
        : type === "boolean"
          ? properties.boolean(name)
          : properties.text(name);
    set[name] = checked(kind, name, value as string | number | boolean);
  }
  return { set, unset };
}

/** The value as the list of parameters allows it at this level; what that list does not know is taken as written. */
function checked(kind: ObjectKind, name: string, value: string | number | boolean): string | number | boolean {
  const own = (kind === "DYNAMIC_TABLE" ? "TABLE" : kind) as ParameterLevel;
  const levels = PARAMETERS.get(name)?.levels ?? [];
  // A task sets the parameters of the sessions it runs in.
  const level = kind === "TASK" && !levels.includes(own) ? "SESSION" : own;
  return levels.includes(level) ? checkParameter(name, value, level) : value;
}

/** New `parameters` of a document; undefined when none are left. */
export function mergeParameters(
  current: Record<string, string | number | boolean> | undefined,
  change: { set?: Record<string, string | number | boolean>; unset?: readonly string[] },
): Record<string, string | number | boolean> | undefined {
  const merged = { ...current, ...change.set };
  for (const name of change.unset ?? []) delete merged[name];
  return Object.keys(merged).length > 0 ? merged : undefined;
}
