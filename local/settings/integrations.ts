import type { SettingValue } from "../catalogue/model";
import { flag, inBrackets, integer, list, type Setting, secret, text, word } from "./definition";

/** What one type of integration has. */
export interface IntegrationType {
  /** As SHOW INTEGRATIONS prints it. */
  shown: string;
  settings: readonly Setting[];
}

type Given = Readonly<Record<string, SettingValue | undefined>>;

const SAYS_TYPE = { required: true, fixed: true, unseen: true } as const;
const TYPE = (name: string): Setting => word("TYPE", [name], SAYS_TYPE);
const ENABLED = flag("ENABLED", { required: true, default: false });
const OPTIONALLY_ENABLED = flag("ENABLED", { default: false });

const AWS_GATEWAYS = [
  "AWS_API_GATEWAY",
  "AWS_PRIVATE_API_GATEWAY",
  "AWS_GOV_API_GATEWAY",
  "AWS_GOV_PRIVATE_API_GATEWAY",
];
const OF_PROVIDER: Readonly<Record<string, readonly Setting[]>> = {
  ...Object.fromEntries(AWS_GATEWAYS.map((name) => [name, [text("API_AWS_ROLE_ARN", { required: true })]])),
  AZURE_API_MANAGEMENT: [
    text("AZURE_TENANT_ID", { required: true }),
    text("AZURE_AD_APPLICATION_ID", { required: true }),
  ],
  GOOGLE_API_GATEWAY: [text("GOOGLE_AUDIENCE", { required: true })],
};

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-api-integration */
function apiIntegration(given: Given): IntegrationType | undefined {
  const ofProvider = OF_PROVIDER[String(given["API_PROVIDER"]).toUpperCase()];
  return (
    ofProvider && {
      shown: "EXTERNAL_API",
      settings: [
        ENABLED,
        secret("API_KEY"),
        word("API_PROVIDER", Object.keys(OF_PROVIDER), { required: true, fixed: true }),
        ...ofProvider,
        list("API_ALLOWED_PREFIXES", { required: true }),
        list("API_BLOCKED_PREFIXES"),
      ],
    }
  );
}

const S3 = [text("STORAGE_AWS_ROLE_ARN", { required: true }), text("STORAGE_AWS_OBJECT_ACL")];
const OF_STORAGE: Readonly<Record<string, readonly Setting[]>> = {
  S3: S3,
  S3GOV: S3,
  S3CHINA: S3,
  GCS: [],
  AZURE: [text("AZURE_TENANT_ID", { required: true })],
};

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-storage-integration */
function storageIntegration(given: Given): IntegrationType | undefined {
  const ofStorage = OF_STORAGE[String(given["STORAGE_PROVIDER"]).toUpperCase()];
  return (
    ofStorage && {
      shown: "EXTERNAL_STAGE",
      settings: [
        TYPE("EXTERNAL_STAGE"),
        ENABLED,
        word("STORAGE_PROVIDER", Object.keys(OF_STORAGE), { required: true, fixed: true }),
        list("STORAGE_ALLOWED_LOCATIONS", { required: true }),
        list("STORAGE_BLOCKED_LOCATIONS"),
        ...ofStorage,
        flag("USE_PRIVATELINK_ENDPOINT", { default: false }),
      ],
    }
  );
}

const needed = (name: string): Setting => text(name, { required: true });
const OF_QUEUE: Readonly<Record<string, readonly Setting[]>> = {
  "GCP_PUBSUB INBOUND": [needed("GCP_PUBSUB_SUBSCRIPTION_NAME")],
  "AZURE_STORAGE_QUEUE INBOUND": [needed("AZURE_STORAGE_QUEUE_PRIMARY_URI"), needed("AZURE_TENANT_ID")],
  "AWS_SNS OUTBOUND": [needed("AWS_SNS_TOPIC_ARN"), needed("AWS_SNS_ROLE_ARN")],
  "GCP_PUBSUB OUTBOUND": [needed("GCP_PUBSUB_TOPIC_NAME")],
  "AZURE_EVENT_GRID OUTBOUND": [needed("AZURE_EVENT_GRID_TOPIC_ENDPOINT"), needed("AZURE_TENANT_ID")],
};

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration */
function notificationIntegration(given: Given): IntegrationType | undefined {
  const type = String(given["TYPE"]).toUpperCase();
  if (type === "EMAIL") {
    return {
      shown: "EMAIL",
      settings: [
        TYPE("EMAIL"),
        ENABLED,
        list("ALLOWED_RECIPIENTS"),
        list("DEFAULT_RECIPIENTS"),
        text("DEFAULT_SUBJECT"),
      ],
    };
  }
  const provider = String(given["NOTIFICATION_PROVIDER"]).toUpperCase();
  const direction = String(given["DIRECTION"] ?? "INBOUND").toUpperCase();
  const ofQueue = type === "QUEUE" ? OF_QUEUE[`${provider} ${direction}`] : undefined;
  return (
    ofQueue && {
      shown: `QUEUE - ${provider}`,
      settings: [
        TYPE("QUEUE"),
        ENABLED,
        word("NOTIFICATION_PROVIDER", [provider], { required: true, fixed: true }),
        word("DIRECTION", [direction], { fixed: true, default: "INBOUND", printedDefault: "" }),
        ...ofQueue.map((setting): Setting => (provider === "AWS_SNS" ? setting : { ...setting, fixed: true })),
      ],
    }
  );
}

const NETWORK_POLICY = text("NETWORK_POLICY", { names: "NETWORK_POLICY" });

function apiAuthentication(given: Given): IntegrationType | undefined {
  const implied = "OAUTH_ASSERTION_ISSUER" in given ? "JWT_BEARER" : "AUTHORIZATION_CODE";
  const grant = String(given["OAUTH_GRANT"] ?? implied).toUpperCase();
  const isClientCredentials = grant === "CLIENT_CREDENTIALS";
  return {
    shown: "API_AUTHENTICATION",
    settings: [
      TYPE("API_AUTHENTICATION"),
      word("AUTH_TYPE", ["OAUTH2"], { required: true, fixed: true }),
      ENABLED,
      integer("OAUTH_ACCESS_TOKEN_VALIDITY", { default: 0, printedDefault: "", range: [0, Number.MAX_SAFE_INTEGER] }),
      integer("OAUTH_REFRESH_TOKEN_VALIDITY", {
        default: 0,
        printedDefault: "7776000",
        range: [0, Number.MAX_SAFE_INTEGER],
      }),
      text("OAUTH_CLIENT_ID", { required: true }),
      secret("OAUTH_CLIENT_SECRET", { required: true, unseen: true }),
      word("OAUTH_CLIENT_AUTH_METHOD", ["CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST"], {
        printedDefault: "CLIENT_SECRET_BASIC",
      }),
      text("OAUTH_AUTHORIZATION_ENDPOINT"),
      text("OAUTH_TOKEN_ENDPOINT"),
      list("OAUTH_ALLOWED_SCOPES", { print: inBrackets }),
      word("OAUTH_GRANT", [grant]),
      text("PARENT_INTEGRATION"),
      ...(isClientCredentials ? [] : [text("OAUTH_ASSERTION_ISSUER")]),
    ],
  };
}

const quoted = (items: readonly string[]): string => `[${items.map((item) => `'${item}'`).join(", ")}]`;

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-security-integration-oauth-external */
const externalOauth = (given: Given): IntegrationType => ({
  shown: `EXTERNAL_OAUTH - ${String(given["EXTERNAL_OAUTH_TYPE"] ?? "").toUpperCase()}`,
  settings: [
    TYPE("EXTERNAL_OAUTH"),
    ENABLED,
    word("EXTERNAL_OAUTH_TYPE", ["OKTA", "AZURE", "PING_FEDERATE", "CUSTOM"], SAYS_TYPE),
    text("EXTERNAL_OAUTH_ISSUER", { required: true }),
    list("EXTERNAL_OAUTH_JWS_KEYS_URL", { printedType: "Object" }),
    word("EXTERNAL_OAUTH_ANY_ROLE_MODE", ["DISABLE", "ENABLE", "ENABLE_FOR_PRIVILEGE"], {
      default: "DISABLE",
      printedDefault: "",
    }),
    text("EXTERNAL_OAUTH_SCOPE_MAPPING_ATTRIBUTE", { default: "scp" }),
    text("EXTERNAL_OAUTH_RSA_PUBLIC_KEY"),
    text("EXTERNAL_OAUTH_RSA_PUBLIC_KEY_2"),
    list("EXTERNAL_OAUTH_BLOCKED_ROLES_LIST", { names: "ROLE" }),
    list("EXTERNAL_OAUTH_ALLOWED_ROLES_LIST", { names: "ROLE" }),
    list("EXTERNAL_OAUTH_AUDIENCE_LIST"),
    list("EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM", { required: true, printedType: "Object", print: quoted }),
    word("EXTERNAL_OAUTH_SNOWFLAKE_USER_MAPPING_ATTRIBUTE", ["LOGIN_NAME", "EMAIL_ADDRESS"], { required: true }),
    text("EXTERNAL_OAUTH_SCOPE_DELIMITER", { default: "," }),
  ],
});

const CLIENTS = ["CUSTOM", "LOOKER", "TABLEAU_DESKTOP", "TABLEAU_SERVER"];

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-security-integration-oauth-snowflake */
function oauth(given: Given): IntegrationType {
  const client = String(given["OAUTH_CLIENT"] ?? "").toUpperCase();
  const isCustom = client === "CUSTOM";
  return {
    shown: `OAUTH - ${client}`,
    settings: [
      TYPE("OAUTH"),
      OPTIONALLY_ENABLED,
      word("OAUTH_CLIENT", CLIENTS, SAYS_TYPE),
      ...(isCustom || client === "LOOKER" ? [text("OAUTH_REDIRECT_URI", { required: true })] : []),
      ...(isCustom
        ? [
            word("OAUTH_CLIENT_TYPE", ["CONFIDENTIAL", "PUBLIC"], {
              required: true,
              fixed: true,
              default: "CONFIDENTIAL",
            }),
            flag("OAUTH_ALLOW_NON_TLS_REDIRECT_URI", { default: false }),
            flag("OAUTH_ENFORCE_PKCE", { default: false }),
            text("OAUTH_CLIENT_RSA_PUBLIC_KEY", { fingerprint: true }),
            text("OAUTH_CLIENT_RSA_PUBLIC_KEY_2", { fingerprint: true }),
          ]
        : []),
      word("OAUTH_USE_SECONDARY_ROLES", ["IMPLICIT", "NONE"], { default: "NONE" }),
      list("PRE_AUTHORIZED_ROLES_LIST", { names: "ROLE" }),
      list("BLOCKED_ROLES_LIST", { names: "ROLE" }),
      flag("OAUTH_ISSUE_REFRESH_TOKENS", { default: true }),
      integer("OAUTH_REFRESH_TOKEN_VALIDITY", { default: 7_776_000, range: [3600, 7_776_000] }),
      NETWORK_POLICY,
    ],
  };
}

const FORMAT_PREFIX = "urn:oasis:names:tc:SAML:";
const NAME_FORMATS = [
  "1.1:nameid-format:unspecified",
  "1.1:nameid-format:emailAddress",
  "1.1:nameid-format:X509SubjectName",
  "1.1:nameid-format:WindowsDomainQualifiedName",
  "2.0:nameid-format:kerberos",
  "2.0:nameid-format:persistent",
  "2.0:nameid-format:transient",
].map((format) => FORMAT_PREFIX + format);

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-security-integration-saml2 */
const SAML2: IntegrationType = {
  shown: "SAML2",
  settings: [
    TYPE("SAML2"),
    OPTIONALLY_ENABLED,
    text("SAML2_X509_CERT", { required: true }),
    word("SAML2_PROVIDER", ["OKTA", "ADFS", "CUSTOM"], { required: true }),
    flag("SAML2_ENABLE_SP_INITIATED", { default: false }),
    text("SAML2_SP_INITIATED_LOGIN_PAGE_LABEL"),
    text("SAML2_SSO_URL", { required: true }),
    text("SAML2_ISSUER", { required: true }),
    word("SAML2_REQUESTED_NAMEID_FORMAT", NAME_FORMATS, { default: `${FORMAT_PREFIX}1.1:nameid-format:emailAddress` }),
    flag("SAML2_FORCE_AUTHN", { default: false }),
    text("SAML2_POST_LOGOUT_REDIRECT_URL"),
    flag("SAML2_SIGN_REQUEST", { default: false }),
    text("SAML2_SNOWFLAKE_ISSUER_URL"),
    text("SAML2_SNOWFLAKE_ACS_URL"),
    list("ALLOWED_USER_DOMAINS", { print: inBrackets }),
    list("ALLOWED_EMAIL_PATTERNS", { print: inBrackets }),
  ],
};

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-security-integration-scim */
const scim = (given: Given): IntegrationType => ({
  shown: `SCIM - ${String(given["SCIM_CLIENT"] ?? "").toUpperCase()}`,
  settings: [
    TYPE("SCIM"),
    flag("ENABLED", { default: true, printedDefault: "false" }),
    word("SCIM_CLIENT", ["OKTA", "AZURE", "GENERIC"], SAYS_TYPE),
    word("RUN_AS_ROLE", ["OKTA_PROVISIONER", "AAD_PROVISIONER", "GENERIC_SCIM_PROVISIONER"], {
      required: true,
      fixed: true,
      names: "ROLE",
    }),
    NETWORK_POLICY,
    flag("SYNC_PASSWORD", { default: false }),
  ],
});

function securityIntegration(given: Given): IntegrationType | undefined {
  switch (String(given["TYPE"]).toUpperCase()) {
    case "API_AUTHENTICATION":
      return apiAuthentication(given);
    case "EXTERNAL_OAUTH":
      return externalOauth(given);
    case "OAUTH":
      return oauth(given);
    case "SAML2":
      return SAML2;
    case "SCIM":
      return scim(given);
    default:
      return undefined;
  }
}

const CATEGORIES: Readonly<Record<string, (given: Given) => IntegrationType | undefined>> = {
  API: apiIntegration,
  STORAGE: storageIntegration,
  NOTIFICATION: notificationIntegration,
  SECURITY: securityIntegration,
};

/** Names of the settings that tell one type of a category from another. */
export const DISCRIMINATORS = [
  "TYPE",
  "API_PROVIDER",
  "STORAGE_PROVIDER",
  "NOTIFICATION_PROVIDER",
  "DIRECTION",
  "OAUTH_GRANT",
  "OAUTH_ASSERTION_ISSUER",
  "EXTERNAL_OAUTH_TYPE",
  "OAUTH_CLIENT",
  "SCIM_CLIENT",
] as const;

/** What an integration of this category that is given these settings has; undefined for types that there are not here. */
export const integrationType = (category: string, given: Given): IntegrationType | undefined =>
  CATEGORIES[category]?.(given);
