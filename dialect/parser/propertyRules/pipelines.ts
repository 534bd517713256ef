import { type PropertyTables, propertyTable } from "./propertyTable";

const SIZE = "str";

/** https://docs.snowflake.com/en/sql-reference/sql/create-task, …/create-alert, …/create-pipe, …/create-stream */
export const PIPELINES: PropertyTables = {
  TASK: propertyTable(
    `
    WAREHOUSE:name USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE:${SIZE} SCHEDULE:text CONFIG:text ALLOW_OVERLAPPING_EXECUTION:bool
    OVERLAP_POLICY:ALLOW_ALL_OVERLAP|NO_OVERLAP|ALLOW_CHILD_OVERLAP USER_TASK_TIMEOUT_MS:int
    SUSPEND_TASK_AFTER_NUM_FAILURES:int ERROR_INTEGRATION:name SUCCESS_INTEGRATION:name LOG_LEVEL:str COMMENT:text
    FINALIZE:name TASK_AUTO_RETRY_ATTEMPTS:int USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS:int
    TARGET_COMPLETION_INTERVAL:text SERVERLESS_TASK_MIN_STATEMENT_SIZE:${SIZE} SERVERLESS_TASK_MAX_STATEMENT_SIZE:${SIZE}
    EVENT_TABLE:name`,
    { sessionParameters: true },
  ),
  ALERT: propertyTable("WAREHOUSE:name SCHEDULE:text COMMENT:text CONFIG:text"),
  PIPE: propertyTable(`
    AUTO_INGEST:bool ERROR_INTEGRATION:name AWS_SNS_TOPIC:text INTEGRATION:name COMMENT:text PIPE_EXECUTION_PAUSED:bool
    FILE_FORMAT:map|name`),
  "PIPE REFRESH": propertyTable("PREFIX:text MODIFIED_AFTER:text"),
  STREAM: propertyTable("APPEND_ONLY:bool INSERT_ONLY:bool SHOW_INITIAL_ROWS:bool COMMENT:text", {
    only: { CREATE: ["SHOW_INITIAL_ROWS"] },
  }),
};
