/**
 * The roles every account has, who inherits whom, and the global privileges they hold from the system itself.
 * These grants cannot be revoked and show an empty `granted_by`.
 * Source: https://docs.snowflake.com/en/user-guide/security-access-control-overview#system-defined-roles
 */
export interface SystemRole {
  name: string;
  comment: string;
  /** Names of the system roles granted to this one. */
  inherits: readonly string[];
  globalPrivileges: readonly string[];
}

export const SYSTEM_ROLES: readonly SystemRole[] = [
  {
    name: "ACCOUNTADMIN",
    comment: "Account administrator can manage all aspects of the account.",
    inherits: ["SECURITYADMIN", "SYSADMIN"],
    globalPrivileges: [
      "APPLY AGGREGATION POLICY",
      "APPLY AUTHENTICATION POLICY",
      "APPLY MASKING POLICY",
      "APPLY PASSWORD POLICY",
      "APPLY PROJECTION POLICY",
      "APPLY ROW ACCESS POLICY",
      "APPLY SESSION POLICY",
      "APPLY TAG",
      "ATTACH POLICY",
      "AUDIT",
      "CANCEL QUERY",
      "CREATE ACCOUNT",
      "CREATE APPLICATION",
      "CREATE APPLICATION PACKAGE",
      "CREATE COMPUTE POOL",
      "CREATE DATABASE",
      "CREATE EXTERNAL VOLUME",
      "CREATE FAILOVER GROUP",
      "CREATE INTEGRATION",
      "CREATE LISTING",
      "CREATE NETWORK POLICY",
      "CREATE REPLICATION GROUP",
      "CREATE SHARE",
      "CREATE WAREHOUSE",
      "EXECUTE ALERT",
      "EXECUTE MANAGED ALERT",
      "EXECUTE MANAGED TASK",
      "EXECUTE TASK",
      "IMPORT SHARE",
      "MANAGE WAREHOUSES",
      "MODIFY LOG LEVEL",
      "MODIFY METRIC LEVEL",
      "MODIFY SESSION LOG LEVEL",
      "MODIFY SESSION METRIC LEVEL",
      "MODIFY SESSION TRACE LEVEL",
      "MODIFY TRACE LEVEL",
      "MONITOR",
      "MONITOR EXECUTION",
      "MONITOR ROLE",
      "MONITOR SECURITY",
      "MONITOR USAGE",
      "MONITOR USER",
      "READ SESSION",
      "RESOLVE ALL",
    ],
  },
  {
    name: "SECURITYADMIN",
    comment: "Security administrator can manage security aspects of the account.",
    inherits: ["USERADMIN"],
    globalPrivileges: ["APPLY AUTHENTICATION POLICY", "ATTACH POLICY", "CREATE NETWORK POLICY", "MANAGE GRANTS"],
  },
  {
    name: "SYSADMIN",
    comment: "System administrator can create and manage databases and warehouses.",
    inherits: [],
    globalPrivileges: ["CREATE DATABASE", "CREATE WAREHOUSE"],
  },
  {
    name: "USERADMIN",
    comment: "User administrator can create and manage users and roles",
    inherits: [],
    globalPrivileges: ["CREATE ROLE", "CREATE USER"],
  },
  {
    name: "PUBLIC",
    comment: "Public role is automatically available to every user in the account.",
    inherits: [],
    globalPrivileges: [],
  },
];

const byName = new Map(SYSTEM_ROLES.map((role) => [role.name, role]));

export const systemRole = (name: string): SystemRole | undefined => byName.get(name);
