import { foldIdentifier } from "../../components/identifier";

/**
 * What an administrator runs once, so that the deployer can log in by its key. ACCOUNTADMIN, because nobody else can make a
 * resource monitor.
 */
export function bootstrapSql(user: string, publicKey: string): string {
  const name = foldIdentifier(user);
  return [
    `CREATE USER IF NOT EXISTS ${name} TYPE = SERVICE COMMENT = 'Deploys the two-table warehouse';`,
    `ALTER USER ${name} SET RSA_PUBLIC_KEY = '${publicKey}';`,
    `GRANT ROLE ACCOUNTADMIN TO USER ${name};`,
  ].join("\n");
}
