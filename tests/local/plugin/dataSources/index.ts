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

async function counted(list: () => Promise<object>): Promise<number | string> {
  try {
    return ((await list()) as unknown[]).length;
  } catch (error) {
    return /Unsupported feature '.*?'/.exec(String(error))?.[0] ?? String(error);
  }
}

export const counts = Promise.all(Object.entries(LISTS).map(async ([name, list]) => [name, await counted(list)])).then(
  (entries) => Object.fromEntries(entries) as Record<string, number | string>,
);
