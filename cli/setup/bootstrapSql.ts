import { foldIdentifier, quoteName } from "../../components/identifier";
import { ACCOUNTADMIN } from "../../components/settings";

/** The role that setup deploys by unless told otherwise: it makes warehouses, roles and a database, and reads nobody's data. */
export const ACCOUNT_ROLE = "TWO_TABLE_ACCOUNT";

/**
 * What the account role hands on, so each with the grant option: to make the deployer role and the warehouses, to let the deployer make
 * its database and roles, and to let the service role run alerts, read credits and, with user management, make users.
 */
const ACCOUNT_PRIVILEGES = [
  "CREATE ROLE",
  "CREATE WAREHOUSE",
  "CREATE DATABASE",
  "CREATE USER",
  "EXECUTE ALERT",
  "MONITOR USAGE",
];

export interface Bootstrap {
  user: string;
  /** Base64 of the SPKI form, without header and line breaks, as ALTER USER takes it. */
  publicKey: string;
  /** Whether that user logs in by another key already: it stays, and this one becomes the second. */
  hasOtherKey?: boolean;
  accountRole: string;
}

/** What an administrator runs once, as ACCOUNTADMIN, so that the deployer can log in by its key and make what the stack is made of. */
export function bootstrapSql({ user, publicKey, hasOtherKey = false, accountRole }: Bootstrap): string {
  const name = userName(user);
  return [
    `CREATE USER IF NOT EXISTS ${name} TYPE = SERVICE COMMENT = 'Deploys the two-table warehouse';`,
    `ALTER USER ${name} SET RSA_PUBLIC_KEY${hasOtherKey ? "_2" : ""} = '${publicKey}';`,
    ...(accountRole === ACCOUNTADMIN ? [] : accountRoleSql(accountRole)),
    `GRANT ROLE ${accountRole} TO USER ${name};`,
  ].join("\n");
}

/** Users are often named by their e-mail address, which takes quotes; a plain name reads better without. */
function userName(user: string): string {
  try {
    return foldIdentifier(user);
  } catch {
    return quoteName(user.toUpperCase());
  }
}

const accountRoleSql = (role: string): string[] => [
  `CREATE ROLE IF NOT EXISTS ${role} COMMENT = 'Makes the roles and warehouses of the two-table warehouse';`,
  `GRANT ${ACCOUNT_PRIVILEGES.join(", ")} ON ACCOUNT TO ROLE ${role} WITH GRANT OPTION;`,
];

/** What caps the credits where the account role may not: the administrator runs it after the first deployment. */
export function creditCapSql(monitor: string, warehouses: readonly string[], monthlyCredits: number): string {
  return [
    `CREATE RESOURCE MONITOR IF NOT EXISTS ${monitor} WITH CREDIT_QUOTA = ${monthlyCredits} FREQUENCY = MONTHLY START_TIMESTAMP = IMMEDIATELY TRIGGERS ON 80 PERCENT DO NOTIFY ON 90 PERCENT DO SUSPEND ON 100 PERCENT DO SUSPEND_IMMEDIATE;`,
    ...warehouses.map((warehouse) => `ALTER WAREHOUSE ${warehouse} SET RESOURCE_MONITOR = ${monitor};`),
  ].join("\n");
}
