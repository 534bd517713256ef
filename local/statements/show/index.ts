import type { Show } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import { describeStatement } from "../describe/index";
import type { StatementHandlers } from "../handler";
import { showLocks } from "../session/showLocks";
import { showParameters } from "../session/showParameters";
import { showTransactions } from "../session/showTransactions";
import { showVariables } from "../session/showVariables";
import { EMPTY_LISTS } from "./emptyLists";
import { showFutureGrants, showGrants } from "./grants/index";
import { ACCESS_TOKENS } from "./objects/accessTokens";
import { NETWORK_POLICIES, RESOURCE_MONITORS, ROLES, USERS, WAREHOUSES } from "./objects/account";
import { ALL_FUNCTIONS, BUILTIN_FUNCTIONS } from "./objects/builtinFunctions";
import { COLUMNS, EXPORTED_KEYS, IMPORTED_KEYS, PRIMARY_KEYS, UNIQUE_KEYS } from "./objects/columns";
import { DATABASE_ROLES, DATABASES, SCHEMAS } from "./objects/containers";
import { CONNECTIONS, SHARES, STREAMLITS } from "./objects/forOthers";
import { MATERIALIZED_VIEWS } from "./objects/materializedViews";
import { PIPES } from "./objects/pipes";
import { REGIONS } from "./objects/regions";
import { DYNAMIC_TABLES, OBJECTS, TABLES, VIEWS } from "./objects/relations";
import { EXTERNAL_FUNCTIONS, FUNCTIONS, PROCEDURES } from "./objects/routines";
import { ALERTS, FILE_FORMATS, SEQUENCES, STAGES, STREAMS, TAGS, TASKS } from "./objects/schemaObjects";
import { integrationsOf, NETWORK_RULES, policiesOf, SECRETS } from "./objects/settled";
import { runShow, type ShowTable } from "./table";

export type ShowHandler = (context: ExecutionContext, statement: Show) => Promise<StatementResult>;

const list =
  <D>(table: ShowTable<D>): ShowHandler =>
  (context, statement) =>
    runShow(context, statement, table);

/** Objects of the account: there is no other place to look for them. */
const listOfAccount =
  <D>(table: ShowTable<D>): ShowHandler =>
  (context, statement) => {
    const { in: scope } = statement;
    if (scope && scope.type !== "ACCOUNT") {
      throw unsupportedFeature(`SHOW ${statement.objectType} IN ${scope.type ?? "…"}`);
    }
    return runShow(context, statement, table);
  };

/** SHOW by what it shows, plural as written: `DYNAMIC TABLES`. */
const showHandlers: Record<string, ShowHandler> = {
  PARAMETERS: showParameters,
  VARIABLES: showVariables,
  LOCKS: showLocks,
  TRANSACTIONS: showTransactions,
  GRANTS: showGrants,
  "FUTURE GRANTS": showFutureGrants,
  DATABASES: list(DATABASES),
  SCHEMAS: list(SCHEMAS),
  "DATABASE ROLES": list(DATABASE_ROLES),
  WAREHOUSES: listOfAccount(WAREHOUSES),
  ROLES: listOfAccount(ROLES),
  USERS: listOfAccount(USERS),
  "USER PROGRAMMATIC ACCESS TOKENS": list(ACCESS_TOKENS),
  "RESOURCE MONITORS": listOfAccount(RESOURCE_MONITORS),
  "NETWORK POLICIES": listOfAccount(NETWORK_POLICIES),
  TABLES: list(TABLES),
  VIEWS: list(VIEWS),
  "MATERIALIZED VIEWS": list(MATERIALIZED_VIEWS),
  "DYNAMIC TABLES": list(DYNAMIC_TABLES),
  OBJECTS: list(OBJECTS),
  COLUMNS: list(COLUMNS),
  "PRIMARY KEYS": list(PRIMARY_KEYS),
  "UNIQUE KEYS": list(UNIQUE_KEYS),
  "IMPORTED KEYS": list(IMPORTED_KEYS),
  "EXPORTED KEYS": list(EXPORTED_KEYS),
  PROCEDURES: list(PROCEDURES),
  "USER PROCEDURES": list(PROCEDURES),
  FUNCTIONS: list(ALL_FUNCTIONS),
  "BUILTIN FUNCTIONS": list(BUILTIN_FUNCTIONS),
  "USER FUNCTIONS": list(FUNCTIONS),
  "EXTERNAL FUNCTIONS": list(EXTERNAL_FUNCTIONS),
  ALERTS: list(ALERTS),
  TASKS: list(TASKS),
  STREAMS: list(STREAMS),
  STAGES: list(STAGES),
  PIPES: list(PIPES),
  "FILE FORMATS": list(FILE_FORMATS),
  TAGS: list(TAGS),
  SEQUENCES: list(SEQUENCES),
  REGIONS: list(REGIONS),
  SHARES: listOfAccount(SHARES),
  CONNECTIONS: listOfAccount(CONNECTIONS),
  STREAMLITS: list(STREAMLITS),
  "NETWORK RULES": list(NETWORK_RULES),
  SECRETS: list(SECRETS),
  "PASSWORD POLICIES": list(policiesOf("PASSWORD_POLICY")),
  "AUTHENTICATION POLICIES": list(policiesOf("AUTHENTICATION_POLICY")),
  "MASKING POLICIES": list(policiesOf("MASKING_POLICY")),
  "ROW ACCESS POLICIES": list(policiesOf("ROW_ACCESS_POLICY")),
  INTEGRATIONS: list(integrationsOf()),
  "API INTEGRATIONS": list(integrationsOf("API")),
  "STORAGE INTEGRATIONS": list(integrationsOf("STORAGE")),
  "NOTIFICATION INTEGRATIONS": list(integrationsOf("NOTIFICATION")),
  "SECURITY INTEGRATIONS": list(integrationsOf("SECURITY")),
};

/** SHOW and DESCRIBE. */
export const showStatementHandlers: StatementHandlers = {
  // Both only read, so that their columns are known by running them.
  Show: { run: show, describe: async (context, statement) => (await show(context, statement)).columns },
  Describe: {
    run: describeStatement,
    describe: async (context, statement) => (await describeStatement(context, statement)).columns,
  },
};

async function show(context: ExecutionContext, statement: Show): Promise<StatementResult> {
  const handler = showHandlers[statement.objectType];
  const empty = EMPTY_LISTS.get(statement.objectType);
  if (empty) return runShow(context, statement, empty);
  if (!handler) throw unsupportedFeature(`SHOW ${statement.objectType}`);
  return handler(context, statement);
}
