import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

describe("Objects that are a name and settings", () => {
  const { run, status, refused, rows } = freshSchema();

  const described = (what: string) => rows(`describe ${what}`, "property", "property_value");
  const property = async (what: string, name: string) =>
    (await run(`describe ${what}`)).filter((row) => row["property"] === name);

  it("a network rule is listed with the number of its values and described with the values themselves", async () => {
    await run("create network rule R type = ipv4 mode = ingress value_list = ('10.0.0.0/8', '1.1.1.1') comment = 'c'");
    assert.deepEqual(await rows("show network rules", "name", "type", "mode", "entries_in_valuelist", "comment"), [
      "R IPV4 INGRESS 2 c",
    ]);
    assert.deepEqual(await rows("describe network rule R", "name", "value_list"), ["R 10.0.0.0/8,1.1.1.1"]);
    await run("alter network rule R unset value_list, comment");
    assert.deepEqual(await rows("show network rules", "entries_in_valuelist", "comment"), ["0 "]);
    await refused(
      "alter network rule R set value_list = ('1.2.3')",
      "001008",
      "SQL compilation error:\ninvalid value [1.2.3] for parameter 'VALUE_LIST'",
    );
    await refused(
      "alter network rule R set type = host_port",
      "001420",
      "SQL compilation error:\ninvalid property 'TYPE' for 'NETWORK_RULE'",
    );
    await refused(
      "create network rule S mode = ingress",
      "002029",
      "SQL compilation error:\nMissing option(s): [TYPE]",
    );
    await run("create network rule NOBODY type = ipv4 mode = ingress");
    assert.deepEqual(await rows("show network rules like 'NOBODY'", "entries_in_valuelist"), ["0"]);
  });

  it("CREATE OR ALTER brings a network rule to what it says, but not to another type", async () => {
    await run("create or alter network rule R type = ipv4 value_list = ('1.1.1.1') comment = 'c'");
    assert.equal(
      await status("create or alter network rule R type = ipv4 value_list = ('2.2.2.2')"),
      "Network rule R successfully altered.",
    );
    assert.deepEqual(await rows("describe network rule R", "value_list", "comment"), ["2.2.2.2 "]);
    await refused(
      "create or alter network rule R type = host_port value_list = ('example.com')",
      "001420",
      "SQL compilation error:\ninvalid property 'TYPE' for 'NETWORK_RULE'",
    );
  });

  it("a secret tells its user and scopes, never what is secret", async () => {
    await run(
      "create security integration I type = api_authentication auth_type = oauth2 enabled = true oauth_client_id = 'id' oauth_client_secret = 'hush' oauth_allowed_scopes = ('a', 'b')",
    );
    await run("create secret STRING type = generic_string secret_string = 'hush'");
    await run("create secret BASIC type = password username = 'me' password = 'hush' comment = 'c'");
    await run("create secret SCOPED type = oauth2 api_authentication = I oauth_scopes = ('a', 'b')");
    await run(
      "create secret TOKEN type = oauth2 api_authentication = I oauth_refresh_token = 'hush' oauth_refresh_token_expiry_time = '2030-01-02 03:04:05'",
    );
    assert.deepEqual(await rows("show secrets", "name", "secret_type", "oauth_scopes", "comment"), [
      "BASIC PASSWORD null c",
      "SCOPED OAUTH2 [a, b] null",
      "STRING GENERIC_STRING null null",
      "TOKEN OAUTH2 null null",
    ]);
    assert.deepEqual(await rows("describe secret BASIC", "username", "integration_name"), ["me null"]);
    assert.deepEqual(await rows("describe secret SCOPED", "oauth_scopes", "integration_name"), ["[a, b] I"]);
    const [token = {}] = await run("describe secret TOKEN");
    assert.equal((token["oauth_refresh_token_expiry_time"] as Date).toISOString(), "2030-01-02T03:04:05.000Z");
    for (const what of ["secret STRING", "secret BASIC", "secret TOKEN", "security integration I"]) {
      assert.doesNotMatch(JSON.stringify(await run(`describe ${what}`)), /hush/);
    }
    await run("alter secret BASIC set username = 'you' password = 'hush' comment = null");
    assert.deepEqual(await rows("describe secret BASIC", "username", "comment"), ["you null"]);
    await refused(
      "create secret X type = oauth2 api_authentication = NOBODY",
      "002003",
      "SQL compilation error:\nIntegration 'NOBODY' does not exist or not authorized.",
    );
    await run("drop integration I");
  });

  it("a password policy describes what is set and what would be the default", async () => {
    await run("create password policy P password_min_length = 20");
    assert.deepEqual(
      (await rows("describe password policy P", "property", "value", "default")).filter((row) =>
        /LENGTH|AGE/.test(row),
      ),
      [
        "PASSWORD_MIN_LENGTH 20 14",
        "PASSWORD_MAX_LENGTH 256 256",
        "PASSWORD_MIN_AGE_DAYS 0 0",
        "PASSWORD_MAX_AGE_DAYS 90 90",
      ],
    );
    await run("alter password policy P unset password_min_length");
    await run("alter password policy P rename to Q");
    assert.deepEqual(await rows("show password policies", "name", "kind"), ["Q PASSWORD_POLICY"]);
    await refused(
      "alter password policy Q set password_max_retries = 11",
      "001008",
      "SQL compilation error:\ninvalid value [11] for parameter 'PASSWORD_MAX_RETRIES'",
    );
  });

  it("an authentication policy has its lists in brackets, and ALL by default", async () => {
    await run("create authentication policy A client_types = ('drivers', 'SNOWSQL')");
    const values = async () =>
      (await rows("describe authentication policy A", "property", "value")).filter((row) => /METHODS|TYPES/.test(row));
    assert.deepEqual(await values(), [
      "AUTHENTICATION_METHODS [ALL]",
      "MFA_AUTHENTICATION_METHODS [PASSWORD, SAML]",
      "CLIENT_TYPES [DRIVERS, SNOWSQL]",
    ]);
    await run("alter authentication policy A set authentication_methods = ('KEYPAIR') client_types = ('ALL')");
    await run("alter authentication policy A unset client_types");
    assert.deepEqual((await values())[0], "AUTHENTICATION_METHODS [KEYPAIR]");
    await refused(
      "create authentication policy B client_types = ('TELEX')",
      "001008",
      "SQL compilation error:\ninvalid value [TELEX] for parameter 'CLIENT_TYPES'",
    );
  });

  it("an API integration shows that there is a key, and lists without brackets", async () => {
    await run(
      "create api integration I api_provider = aws_api_gateway api_aws_role_arn = 'arn' api_key = 'hush' api_allowed_prefixes = ('https://a/', 'https://b/') enabled = true",
    );
    assert.deepEqual(await described("api integration I"), [
      "ENABLED true",
      "API_KEY ☺☺☺",
      "API_PROVIDER AWS_API_GATEWAY",
      "API_AWS_ROLE_ARN arn",
      "API_ALLOWED_PREFIXES https://a/,https://b/",
      "API_BLOCKED_PREFIXES ",
      "COMMENT ",
    ]);
    await run("alter api integration I unset api_key, enabled");
    assert.deepEqual((await described("integration I")).slice(0, 2), ["ENABLED false", "API_KEY "]);
    assert.deepEqual(await rows("show api integrations", "name", "type", "category", "enabled"), [
      "I EXTERNAL_API API false",
    ]);
    assert.deepEqual(await rows("show storage integrations", "name"), []);
    await refused(
      "create api integration J api_provider = git_https_api api_allowed_prefixes = ('https://a/') enabled = true",
      "000002",
      "Unsupported feature 'API INTEGRATION (API_PROVIDER = GIT_HTTPS_API)'.",
    );
    await run("drop api integration I");
  });

  it("security integrations of every type print their lists as Snowflake does, and keep the system roles out", async () => {
    await run(
      "create security integration O type = oauth oauth_client = custom oauth_client_type = 'PUBLIC' oauth_redirect_uri = 'https://a' blocked_roles_list = ('PUBLIC')",
    );
    assert.deepEqual(await property("integration O", "BLOCKED_ROLES_LIST"), [
      {
        property: "BLOCKED_ROLES_LIST",
        property_type: "List",
        property_value: "ACCOUNTADMIN,SECURITYADMIN,PUBLIC",
        property_default: "[]",
      },
    ]);
    await run("alter account set oauth_add_privileged_roles_to_blocked_list = false");
    assert.equal((await property("integration O", "BLOCKED_ROLES_LIST"))[0]?.["property_value"], "PUBLIC");
    await run("alter account unset oauth_add_privileged_roles_to_blocked_list");
    await run(
      "create security integration X type = external_oauth enabled = false external_oauth_type = custom external_oauth_issuer = 'i' external_oauth_token_user_mapping_claim = ('upn', 'sub') external_oauth_snowflake_user_mapping_attribute = 'login_name' external_oauth_jws_keys_url = 'https://k'",
    );
    assert.equal(
      (await property("integration X", "EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM"))[0]?.["property_value"],
      "['upn', 'sub']",
    );
    const blocked = async () =>
      (await property("integration X", "EXTERNAL_OAUTH_BLOCKED_ROLES_LIST"))[0]?.["property_value"];
    assert.equal(await blocked(), "ACCOUNTADMIN,SECURITYADMIN");
    await run("alter security integration X set external_oauth_allowed_roles_list = ('SYSADMIN')");
    assert.equal(await blocked(), "");
    await run(
      "create security integration A type = api_authentication auth_type = oauth2 enabled = true oauth_client_id = 'id' oauth_client_secret = 'hush'",
    );
    assert.deepEqual(await property("integration A", "OAUTH_REFRESH_TOKEN_VALIDITY"), [
      {
        property: "OAUTH_REFRESH_TOKEN_VALIDITY",
        property_type: "Integer",
        property_value: "0",
        property_default: "7776000",
      },
    ]);
    await run("drop integration A");
    await run(
      "create security integration L type = saml2 saml2_issuer = 'i' saml2_sso_url = 'https://a' saml2_provider = 'custom' saml2_x509_cert = 'MII' allowed_user_domains = ('a.com', 'b.com')",
    );
    assert.deepEqual(await property("integration L", "ALLOWED_USER_DOMAINS"), [
      {
        property: "ALLOWED_USER_DOMAINS",
        property_type: "List",
        property_value: "[a.com, b.com]",
        property_default: "[]",
      },
    ]);
    assert.deepEqual(await rows("show security integrations", "name", "type", "enabled"), [
      "L SAML2 false",
      "O OAUTH - CUSTOM false",
      "X EXTERNAL_OAUTH - CUSTOM false",
    ]);
    await refused(
      "create security integration Y type = scim scim_client = 'okta' run_as_role = 'OKTA_PROVISIONER'",
      "002003",
      "SQL compilation error:\nRole 'OKTA_PROVISIONER' does not exist or not authorized.",
    );
    for (const name of ["O", "X", "L"]) await run(`drop integration ${name}`);
  });

  it("a queue is described by what it is one of", async () => {
    await run(
      "create notification integration N type = queue enabled = true direction = outbound notification_provider = gcp_pubsub gcp_pubsub_topic_name = 't'",
    );
    assert.deepEqual(await rows("show notification integrations", "type", "category"), [
      "QUEUE - GCP_PUBSUB NOTIFICATION",
    ]);
    assert.deepEqual(await described("notification integration N"), [
      "ENABLED true",
      "NOTIFICATION_PROVIDER GCP_PUBSUB",
      "DIRECTION OUTBOUND",
      "GCP_PUBSUB_TOPIC_NAME t",
      "COMMENT ",
    ]);
    await refused(
      "create notification integration M type = queue enabled = true direction = outbound notification_provider = aws_sns aws_sns_topic_arn = 't'",
      "002029",
      "SQL compilation error:\nMissing option(s): [AWS_SNS_ROLE_ARN]",
    );
    await run("drop integration N");
  });
});
