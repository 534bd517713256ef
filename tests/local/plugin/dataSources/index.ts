import * as snowflake from "@pulumi/snowflake";

const here = { database: "D", schema: "S" };

/** By name, what is listed; a failure is its own words. */
const LISTS: Record<string, () => Promise<object>> = {
  accountRoles: async () => (await snowflake.getAccountRoles({ like: "SYSADMIN" })).accountRoles,
  alerts: async () => (await snowflake.getAlerts(here)).alerts,
  connections: async () => (await snowflake.getConnections({})).connections,
  cortexSearchServices: async () => (await snowflake.getCortexSearchServices({})).cortexSearchServices,
  databaseRoles: async () => (await snowflake.getDatabaseRoles({ inDatabase: "D" })).databaseRoles,
  databases: async () => (await snowflake.getDatabases({ like: "D" })).databases,
  dynamicTables: async () => (await snowflake.getDynamicTables({ in: { database: "D" } })).records,
  externalFunctions: async () => (await snowflake.getExternalFunctions(here)).externalFunctions,
  externalTables: async () => (await snowflake.getExternalTables(here)).externalTables,
  failoverGroups: async () => (await snowflake.getFailoverGroups({})).failoverGroups,
  fileFormats: async () => (await snowflake.getFileFormats(here)).fileFormats,
  functions: async () => (await snowflake.getFunctions(here)).functions,
  grants: async () => (await snowflake.getGrants({ grantsOn: { objectName: "D", objectType: "DATABASE" } })).grants,
  maskingPolicies: async () => (await snowflake.getMaskingPolicies({})).maskingPolicies,
  materializedViews: async () => (await snowflake.getMaterializedViews(here)).materializedViews,
  networkPolicies: async () => (await snowflake.getNetworkPolicies({})).networkPolicies,
  pipes: async () => (await snowflake.getPipes(here)).pipes,
  procedures: async () => (await snowflake.getProcedures(here)).procedures,
  resourceMonitors: async () => (await snowflake.getResourceMonitors({})).resourceMonitors,
  rowAccessPolicies: async () => (await snowflake.getRowAccessPolicies({})).rowAccessPolicies,
  schemas: async () => (await snowflake.getSchemas({ in: { database: "D" }, like: "S" })).schemas,
  secrets: async () => (await snowflake.getSecrets({})).secrets,
  securityIntegrations: async () => (await snowflake.getSecurityIntegrations({})).securityIntegrations,
  sequences: async () => (await snowflake.getSequences(here)).sequences,
  shares: async () => (await snowflake.getShares({})).shares,
  stages: async () => (await snowflake.getStages(here)).stages,
  storageIntegrations: async () => (await snowflake.getStorageIntegrations({})).storageIntegrations,
  streamlits: async () => (await snowflake.getStreamlits({})).streamlits,
  streams: async () => (await snowflake.getStreams({})).streams,
  tables: async () => (await snowflake.getTables(here)).tables,
  tags: async () => (await snowflake.getTags({})).tags,
  tasks: async () => (await snowflake.getTasks({})).tasks,
  users: async () => (await snowflake.getUsers({})).users,
  views: async () => (await snowflake.getViews({ in: { schema: '"D"."S"' } })).views,
  warehouses: async () => (await snowflake.getWarehouses({ like: "COMPUTE_WH" })).warehouses,
  accounts: async () => (await snowflake.getAccounts({})).accounts,
};

const inSchema = { in: { schema: '"D"."S"' } };
const everything = { withDescribe: true, withParameters: true };

/** By name, what a list says under a filter that leaves one, or none. */
const FILTERED: Record<string, () => Promise<object>> = {
  roleByName: async () => (await snowflake.getAccountRoles({ like: "sysadmin" })).accountRoles,
  databaseRolesFirst: async () =>
    (await snowflake.getDatabaseRoles({ inDatabase: "D", like: "DR%", limit: { rows: 1 } })).databaseRoles,
  databasesFrom: async () =>
    (await snowflake.getDatabases({ startsWith: "D", limit: { rows: 1 }, ...everything })).databases,
  dynamicTables: async () =>
    (await snowflake.getDynamicTables({ like: { pattern: "D_" }, in: { schema: '"D"."S"' }, startsWith: "D" })).records,
  schemas: async () =>
    (await snowflake.getSchemas({ in: { database: "D" }, startsWith: "S", limit: { rows: 5 }, ...everything })).schemas,
  secrets: async () => (await snowflake.getSecrets({ ...inSchema, like: "SEC", withDescribe: true })).secrets,
  streams: async () =>
    (await snowflake.getStreams({ ...inSchema, like: "STR", limit: { rows: 1 }, withDescribe: true })).streams,
  tags: async () => (await snowflake.getTags({ ...inSchema, like: "TG" })).tags,
  tasks: async () =>
    (await snowflake.getTasks({ ...inSchema, rootOnly: true, startsWith: "T", withParameters: true })).tasks,
  users: async () => (await snowflake.getUsers({ like: "ADM%", startsWith: "A", ...everything })).users,
  views: async () => (await snowflake.getViews({ ...inSchema, startsWith: "V", withDescribe: true })).views,
  warehouses: async () => (await snowflake.getWarehouses({ like: "COMPUTE%", ...everything })).warehouses,
  streamlits: async () => (await snowflake.getStreamlits({ ...inSchema, like: "APP", withDescribe: true })).streamlits,
  maskingPolicies: async () =>
    (await snowflake.getMaskingPolicies({ ...inSchema, limit: { rows: 1 }, withDescribe: true })).maskingPolicies,
  rowAccessPolicies: async () =>
    (await snowflake.getRowAccessPolicies({ ...inSchema, like: "RP", withDescribe: true })).rowAccessPolicies,
  networkPolicies: async () => (await snowflake.getNetworkPolicies({ like: "NP", withDescribe: true })).networkPolicies,
  securityIntegrations: async () =>
    (await snowflake.getSecurityIntegrations({ like: "SI", withDescribe: true })).securityIntegrations,
  resourceMonitors: async () => (await snowflake.getResourceMonitors({ like: "RM" })).resourceMonitors,
  connections: async () => (await snowflake.getConnections({ like: "CON" })).connections,
  grantsToRole: async () => (await snowflake.getGrants({ grantsTo: { accountRole: "READS" } })).grants,
  grantsOfRole: async () => (await snowflake.getGrants({ grantsOf: { accountRole: "READS" } })).grants,
  futureGrantsIn: async () => (await snowflake.getGrants({ futureGrantsIn: { database: "D" } })).grants,
  futureGrantsTo: async () => (await snowflake.getGrants({ futureGrantsTo: { accountRole: "READS" } })).grants,
  sessionParameter: async () =>
    (await snowflake.getParameters({ parameterType: "SESSION", user: "ADMIN", pattern: "WEEK_START" })).parameters,
  objectParameter: async () =>
    (
      await snowflake.getParameters({
        parameterType: "OBJECT",
        objectType: "DATABASE",
        objectName: "D",
        pattern: "DATA_RETENTION_TIME_IN_DAYS",
      })
    ).parameters,
};

const NOBODY: Record<string, () => Promise<object>> = {
  roles: async () => (await snowflake.getAccountRoles({ like: "NOBODY" })).accountRoles,
  databases: async () => (await snowflake.getDatabases({ like: "D", startsWith: "X" })).databases,
  tasks: async () => (await snowflake.getTasks({ in: { schema: '"D"."PUBLIC"' } })).tasks,
  users: async () => (await snowflake.getUsers({ startsWith: "a" })).users,
  vpcs: async () => (await snowflake.getSystemGetSnowflakePlatformInfo({})).awsVpcIds,
};

async function counted(list: () => Promise<object>): Promise<number | string> {
  try {
    return ((await list()) as unknown[]).length;
  } catch (error) {
    return /Unsupported feature '.*?'/.exec(String(error))?.[0] ?? String(error);
  }
}

const countsOf = async (lists: Record<string, () => Promise<object>>) =>
  Object.fromEntries(
    await Promise.all(Object.entries(lists).map(async ([name, list]) => [name, await counted(list)] as const)),
  );

export const counts = countsOf(LISTS);
export const filtered = countsOf(FILTERED);
export const nobody = countsOf(NOBODY);
export const privateLink = snowflake.getSystemGetPrivateLinkConfig({}).then(({ accountName }) => accountName || "none");
