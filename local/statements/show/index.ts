import type { Show } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import { describeStatement } from "../describe/index";
import type { StatementHandlers } from "../handler";
import { showParameters } from "../session/showParameters";
import { showTransactions } from "../session/showTransactions";
import { showVariables } from "../session/showVariables";
import { showFutureGrants, showGrants } from "./grants/index";
import { NETWORK_POLICIES, RESOURCE_MONITORS, ROLES, USERS, WAREHOUSES } from "./objects/account";
import { COLUMNS, EXPORTED_KEYS, IMPORTED_KEYS, PRIMARY_KEYS, UNIQUE_KEYS } from "./objects/columns";
import { DATABASE_ROLES, DATABASES, SCHEMAS } from "./objects/containers";
import { DYNAMIC_TABLES, OBJECTS, TABLES, VIEWS } from "./objects/relations";
import { FUNCTIONS, PROCEDURES } from "./objects/routines";
import { ALERTS, FILE_FORMATS, SEQUENCES, STAGES, STREAMS, TAGS, TASKS } from "./objects/schemaObjects";
import { emptyShow, runShow, type ShowTable } from "./table";

export type ShowHandler = (context: ExecutionContext, statement: Show) => Promise<StatementResult>;

const list =
  <D>(table: ShowTable<D>): ShowHandler =>
  (context, statement) =>
    runShow(context, statement, table);

const LIST = [
  "created_on",
  "name",
  "database_name",
  "schema_name",
  "kind",
  "owner",
  "comment",
  "owner_role_type",
  "options",
];
const INTEGRATION = ["name", "type", "category", "enabled", "comment", "created_on"];

/** SHOW by what it shows, plural as written: `DYNAMIC TABLES`. Kinds of objects that cannot be made here list nothing. */
const showHandlers: Record<string, ShowHandler> = {
  PARAMETERS: showParameters,
  VARIABLES: showVariables,
  TRANSACTIONS: showTransactions,
  GRANTS: showGrants,
  "FUTURE GRANTS": showFutureGrants,
  DATABASES: list(DATABASES),
  SCHEMAS: list(SCHEMAS),
  "DATABASE ROLES": list(DATABASE_ROLES),
  WAREHOUSES: list(WAREHOUSES),
  ROLES: list(ROLES),
  USERS: list(USERS),
  "RESOURCE MONITORS": list(RESOURCE_MONITORS),
  "NETWORK POLICIES": list(NETWORK_POLICIES),
  TABLES: list(TABLES),
  VIEWS: list(VIEWS),
  "DYNAMIC TABLES": list(DYNAMIC_TABLES),
  OBJECTS: list(OBJECTS),
  COLUMNS: list(COLUMNS),
  "PRIMARY KEYS": list(PRIMARY_KEYS),
  "UNIQUE KEYS": list(UNIQUE_KEYS),
  "IMPORTED KEYS": list(IMPORTED_KEYS),
  "EXPORTED KEYS": list(EXPORTED_KEYS),
  PROCEDURES: list(PROCEDURES),
  "USER PROCEDURES": list(PROCEDURES),
  FUNCTIONS: list(FUNCTIONS),
  "USER FUNCTIONS": list(FUNCTIONS),
  ALERTS: list(ALERTS),
  TASKS: list(TASKS),
  STREAMS: list(STREAMS),
  STAGES: list(STAGES),
  "FILE FORMATS": list(FILE_FORMATS),
  TAGS: list(TAGS),
  SEQUENCES: list(SEQUENCES),
  "EXTERNAL TABLES": list(emptyShow(...LIST)),
  "HYBRID TABLES": list(emptyShow(...LIST)),
  "ICEBERG TABLES": list(emptyShow(...LIST)),
  "EVENT TABLES": list(emptyShow(...LIST)),
  "MATERIALIZED VIEWS": list(emptyShow(...LIST)),
  "EXTERNAL FUNCTIONS": list(emptyShow(...LIST)),
  "MASKING POLICIES": list(emptyShow(...LIST)),
  "ROW ACCESS POLICIES": list(emptyShow(...LIST)),
  PIPES: list(emptyShow("created_on", "name", "database_name", "schema_name", "definition", "owner", "comment")),
  SHARES: list(emptyShow("created_on", "kind", "owner_account", "name", "database_name", "to", "owner", "comment")),
  INTEGRATIONS: list(emptyShow(...INTEGRATION)),
  "API INTEGRATIONS": list(emptyShow(...INTEGRATION)),
  "NOTIFICATION INTEGRATIONS": list(emptyShow(...INTEGRATION)),
  "SECURITY INTEGRATIONS": list(emptyShow(...INTEGRATION)),
  "STORAGE INTEGRATIONS": list(emptyShow(...INTEGRATION)),
  "REPLICATION DATABASES": list(
    emptyShow(
      "region_group",
      "snowflake_region",
      "created_on",
      "account_name",
      "name",
      "comment",
      "is_primary",
      "primary",
    ),
  ),
  "REPLICATION ACCOUNTS": list(
    emptyShow("snowflake_region", "created_on", "account_name", "account_locator", "comment"),
  ),
};

/** SHOW and DESCRIBE. */
export const showStatementHandlers: StatementHandlers = {
  Show: {
    async run(context, statement) {
      const handler = showHandlers[statement.objectType];
      if (!handler) throw unsupportedFeature(`SHOW ${statement.objectType}`);
      return handler(context, statement);
    },
  },
  Describe: { run: describeStatement },
};
