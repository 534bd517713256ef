/**
 * Properties whose value is a secret itself, in a statement or in a list of it (CREDENTIALS, ENCRYPTION, REST_AUTHENTICATION).
 * Public keys, names of secrets (WEBHOOK_SECRET, GIT_CREDENTIALS) and what is said about them (MUST_CHANGE_PASSWORD) are not.
 */
export const SECRET_PROPERTIES: ReadonlySet<string> = new Set([
  // …/sql-reference/sql/create-user, create-account, create-managed-account
  "PASSWORD",
  "ADMIN_PASSWORD",
  // …/sql-reference/sql/create-secret
  "SECRET_STRING",
  "OAUTH_REFRESH_TOKEN",
  // …/sql-reference/sql/create-security-integration-api-auth, create-api-integration, create-catalog-integration-rest
  "OAUTH_CLIENT_SECRET",
  "OAUTH_PASSWORD",
  "API_KEY",
  "BEARER_TOKEN",
  // …/sql-reference/sql/create-stage, copy-into-table, copy-into-location
  "AWS_SECRET_KEY",
  "AWS_TOKEN",
  "AZURE_SAS_TOKEN",
  "MASTER_KEY",
  // What services and connectors are given, whose pages leave the names open
  "CLIENT_SECRET",
  "TOKEN",
  "PRIVATE_KEY",
  "PRIVATE_KEY_PASSPHRASE",
  "SAML2_X509_CERT_KEY",
]);
