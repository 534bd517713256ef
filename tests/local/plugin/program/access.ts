import * as snowflake from "@pulumi/snowflake";
import { comment, pick, place } from "./place";

/** Who gets in, and from where: network rules, policies of the account and its users, secrets, integrations. */
const NOTE = pick("first", "second");

const rule = new snowflake.NetworkRule("rule", {
  name: "NR",
  ...place,
  type: "IPV4",
  mode: "INGRESS",
  valueLists: pick(["127.0.0.0/8"], ["127.0.0.0/8", "10.0.0.1"]),
  comment,
});
new snowflake.NetworkRule("egress", {
  name: "NR_OUT",
  ...place,
  type: "HOST_PORT",
  mode: "EGRESS",
  valueLists: ["example.com:443"],
});
const policyWithRules = new snowflake.NetworkPolicy("policyWithRules", {
  name: "LIFE_POLICY_WITH_RULES",
  allowedNetworkRuleLists: [rule.fullyQualifiedName],
  blockedIpLists: pick(["10.9.9.9"], []),
  comment,
});

const passwords = new snowflake.PasswordPolicy("passwords", {
  name: "PP",
  ...place,
  minLength: pick(12, 16),
  maxAgeDays: pick(0, 30),
  history: 3,
  comment,
});
const authentication = new snowflake.AuthenticationPolicy("authentication", {
  name: "AP",
  ...place,
  authenticationMethods: pick(["PASSWORD", "KEYPAIR"], ["PASSWORD", "KEYPAIR", "SAML"]),
  clientTypes: pick(["DRIVERS"], ["DRIVERS", "SNOWSQL"]),
  mfaEnrollment: "OPTIONAL",
  comment: NOTE,
});
new snowflake.AuthenticationPolicy("defaults", { name: "AP_DEFAULTS", ...place });
const guarded = new snowflake.User("guarded", { name: "LIFE_GUARDED" });
new snowflake.UserPasswordPolicyAttachment("passwordsOfUser", {
  userName: guarded.name,
  passwordPolicyName: passwords.fullyQualifiedName,
});
new snowflake.UserAuthenticationPolicyAttachment("authenticationOfUser", {
  userName: guarded.name,
  authenticationPolicyName: authentication.fullyQualifiedName,
});
new snowflake.AccountPasswordPolicyAttachment("passwordsOfAccount", { passwordPolicy: passwords.fullyQualifiedName });
new snowflake.AccountAuthenticationPolicyAttachment("authenticationOfAccount", {
  authenticationPolicy: authentication.fullyQualifiedName,
});

const clientCredentials = new snowflake.ApiAuthenticationIntegrationWithClientCredentials("clientCredentials", {
  name: "LIFE_CLIENT_CREDENTIALS",
  enabled: pick(true, false),
  oauthClientId: pick("id", "other"),
  oauthClientSecret: "only-for-this-test",
  oauthAllowedScopes: ["foo", "bar"],
  oauthAccessTokenValidity: pick(3600, 7200),
  comment,
});
new snowflake.ApiAuthenticationIntegrationWithAuthorizationCodeGrant("codeGrant", {
  name: "LIFE_CODE_GRANT",
  enabled: true,
  oauthClientId: "id",
  oauthClientSecret: "only-for-this-test",
  oauthAuthorizationEndpoint: pick("https://example.com/a", "https://example.com/b"),
  oauthTokenEndpoint: "https://example.com/token",
  oauthClientAuthMethod: "CLIENT_SECRET_POST",
});
new snowflake.ApiAuthenticationIntegrationWithJwtBearer("jwtBearer", {
  name: "LIFE_JWT_BEARER",
  enabled: true,
  oauthClientId: "id",
  oauthClientSecret: "only-for-this-test",
  oauthAssertionIssuer: pick("https://example.com", "https://example.org"),
  comment,
});

new snowflake.SecretWithGenericString("genericString", {
  name: "SEC_STRING",
  ...place,
  secretString: pick("one", "two"),
  comment,
});
new snowflake.SecretWithBasicAuthentication("basic", {
  name: "SEC_BASIC",
  ...place,
  username: pick("one", "two"),
  password: "only-for-this-test",
});
new snowflake.SecretWithClientCredentials("credentials", {
  name: "SEC_CREDENTIALS",
  ...place,
  apiAuthentication: clientCredentials.name,
  oauthScopes: pick(["foo"], ["foo", "bar"]),
});
new snowflake.SecretWithAuthorizationCodeGrant("grantSecret", {
  name: "SEC_GRANT",
  ...place,
  apiAuthentication: clientCredentials.name,
  oauthRefreshToken: "only-for-this-test",
  oauthRefreshTokenExpiryTime: "2030-01-02 03:04:05",
  comment,
});

new snowflake.ApiIntegration("api", {
  name: "LIFE_API",
  apiProvider: "aws_api_gateway",
  apiAwsRoleArn: pick("arn:aws:iam::000000000001:/role/test", "arn:aws:iam::000000000002:/role/test"),
  apiAllowedPrefixes: ["https://123456.execute-api.us-west-2.amazonaws.com/dev/"],
  apiBlockedPrefixes: pick([], ["https://123456.execute-api.us-west-2.amazonaws.com/prod/"]),
  enabled: true,
  comment,
});
new snowflake.StorageIntegration("storage", {
  name: "LIFE_STORAGE",
  storageProvider: "S3",
  storageAwsRoleArn: "arn:aws:iam::000000000001:/role/test",
  storageAllowedLocations: pick(["s3://a/"], ["s3://a/", "s3://b/"]),
  enabled: pick(true, false),
  comment,
});
new snowflake.NotificationIntegration("notification", {
  name: "LIFE_NOTIFICATION",
  type: "QUEUE",
  notificationProvider: "AWS_SNS",
  direction: "OUTBOUND",
  awsSnsTopicArn: pick("arn:aws:sns:us-east-2:123456789012:one", "arn:aws:sns:us-east-2:123456789012:two"),
  awsSnsRoleArn: "arn:aws:iam::000000000001:/role/test",
  comment,
});
new snowflake.EmailNotificationIntegration("email", {
  name: "LIFE_EMAIL",
  enabled: true,
  allowedRecipients: pick(["a@example.com"], ["a@example.com", "b@example.com"]),
  comment: NOTE,
});
new snowflake.Saml2Integration("saml", {
  name: "LIFE_SAML",
  enabled: "false",
  saml2Issuer: "issuer",
  saml2SsoUrl: pick("https://example.com", "https://example.org"),
  saml2Provider: "CUSTOM",
  saml2X509Cert: "MIIB",
  saml2ForceAuthn: pick("false", "true"),
  allowedUserDomains: ["example.com"],
  comment,
});
const provisioner = new snowflake.AccountRole("provisioner", { name: "GENERIC_SCIM_PROVISIONER" });
new snowflake.ScimIntegration(
  "scim",
  {
    name: "LIFE_SCIM",
    enabled: pick(true, false),
    scimClient: "GENERIC",
    runAsRole: "GENERIC_SCIM_PROVISIONER",
    networkPolicy: policyWithRules.name,
    syncPassword: pick("true", "false"),
    comment,
  },
  { dependsOn: provisioner },
);
new snowflake.ExternalOauthIntegration("externalOauth", {
  name: "LIFE_EXTERNAL_OAUTH",
  enabled: true,
  externalOauthType: "CUSTOM",
  externalOauthIssuer: pick("https://example.com", "https://example.org"),
  externalOauthJwsKeysUrls: ["https://example.com/keys"],
  externalOauthTokenUserMappingClaims: ["upn"],
  externalOauthSnowflakeUserMappingAttribute: "LOGIN_NAME",
  externalOauthAudienceLists: ["https://example.com"],
  comment,
});
new snowflake.OauthIntegrationForCustomClients("customClients", {
  name: "LIFE_CUSTOM_CLIENTS",
  oauthClientType: "CONFIDENTIAL",
  oauthRedirectUri: pick("https://example.com", "https://example.org"),
  oauthRefreshTokenValidity: pick(86_400, 90_000),
  blockedRolesLists: ["ACCOUNTADMIN", "SECURITYADMIN"],
  enabled: "true",
  comment,
});
new snowflake.OauthIntegrationForPartnerApplications("partner", {
  name: "LIFE_PARTNER",
  oauthClient: "LOOKER",
  oauthRedirectUri: "https://example.com",
  blockedRolesLists: ["ACCOUNTADMIN", "SECURITYADMIN"],
  enabled: pick("true", "false"),
});
