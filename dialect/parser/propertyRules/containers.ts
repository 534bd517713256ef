import { type PropertyTables, propertyTable, RETENTION } from "./propertyTable";

const CONTAINER = propertyTable(
  `
  ${RETENTION} EXTERNAL_VOLUME:name CATALOG:name REPLACE_INVALID_CHARACTERS:bool DEFAULT_DDL_COLLATION:text
  STORAGE_SERIALIZATION_POLICY:COMPATIBLE|OPTIMIZED COMMENT:text LOG_LEVEL:str TRACE_LEVEL:str METRIC_LEVEL:str
  PIPE_EXECUTION_PAUSED:bool`,
  { open: true },
);

const GROUP = `
  OBJECT_TYPES:items ALLOWED_DATABASES:items ALLOWED_SHARES:items ALLOWED_EXTERNAL_VOLUMES:items
  ALLOWED_INTEGRATION_TYPES:items ALLOWED_ACCOUNTS:items
  REPLICATION_SCHEDULE:text ERROR_INTEGRATION:name COMMENT:text`;

/** https://docs.snowflake.com/en/sql-reference/sql/create-database, …/create-schema; they take any parameter of the objects in them; …/create-failover-group, …/create-replication-group */
export const CONTAINERS: PropertyTables = {
  DATABASE: CONTAINER,
  SCHEMA: CONTAINER,
  "VERSIONED SCHEMA": CONTAINER,
  "FAILOVER GROUP": propertyTable(`${GROUP} OPTIMIZED_REFRESH:bool RPO_ASSURANCE:bool`),
  "REPLICATION GROUP": propertyTable(GROUP),
  TAG: propertyTable("ALLOWED_VALUES MULTI_VALUE:bool PROPAGATE:str ON_CONFLICT COMMENT:text"),
  SEQUENCE: propertyTable("START:num INCREMENT:num COMMENT:text ORDER NOORDER", { only: { CREATE: ["START"] } }),
};
