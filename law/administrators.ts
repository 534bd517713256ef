/** Snowflake's own roles that may do what the law forbids. */
export const ADMINISTRATORS: readonly string[] = [
  "ACCOUNTADMIN",
  "SECURITYADMIN",
  "SYSADMIN",
  "USERADMIN",
  "ORGADMIN",
  "GLOBALORGADMIN",
];
