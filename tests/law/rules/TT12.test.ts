import assert from "node:assert/strict";
import { isPlainSecret } from "../../../law/index";
import { describeRule } from "./describeRule";

describeRule("TT12", {
  fail: [
    [
      `create procedure O.P.P() returns string language javascript as $$
const options = { apiKey: 'abc123def' };
$$`,
      "2:19 apiKey is set in the body.",
    ],
    [
      "create procedure O.P.P() returns string language javascript as 'const apiKey = \"abc123def\";'",
      "1:71 apiKey is set in the body.",
    ],
    [
      "create secret S type = generic_string secret_string = '-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj'",
      "1:39 SECRET_STRING stands in the text.",
    ],
    [
      "create secret S type = generic_string secret_string = 'abc' comment = '-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj'",
      "1:39 SECRET_STRING stands in the text.",
      "1:71 A private key stands in the text.",
    ],
    [
      "create secret S type = generic_string comment = '-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj' secret_string = 'abc'",
      "1:49 A private key stands in the text.",
      "1:119 SECRET_STRING stands in the text.",
    ],
    [
      "select '-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj'",
      "1:8 A private key stands in the text.",
    ],
    [
      `alter service OTHER_DB.PUBLIC.S from specification_template 'spec: {a: {{ p }}}' using (password => 'abc')`,
      "1:89 password stands in the specification of a service.",
    ],
    ["create user U password = 'hunter2hunter2'", "1:15 PASSWORD stands in the text."],
    ["alter user U set password = 'x'", "1:18 PASSWORD stands in the text."],
    [
      "create secret CLAUDE_BI.MCP.S type = generic_string secret_string = 'x'",
      "1:53 SECRET_STRING stands in the text.",
    ],
    [
      "create secret CLAUDE_BI.MCP.S type = password username = 'u' password = 'p'",
      "1:62 PASSWORD stands in the text.",
    ],
    [
      `create stage CLAUDE_BI.MCP.S url = 's3://b' credentials = (aws_key_id = 'a'
  aws_secret_key = 'b')`,
      "2:3 AWS_SECRET_KEY stands in the text.",
    ],
    [
      "create security integration I type = oauth oauth_client_secret = 'x'",
      "1:44 OAUTH_CLIENT_SECRET stands in the text.",
    ],
    [
      "create secret CLAUDE_BI.MCP.S type = oauth2 oauth_refresh_token = 'x' oauth_refresh_token_expiry_time = '2030-01-01' api_authentication = I",
      "1:45 OAUTH_REFRESH_TOKEN stands in the text.",
    ],
    ["alter secret CLAUDE_BI.MCP.S set secret_string = 'x'", "1:34 SECRET_STRING stands in the text."],
    [
      `create procedure CLAUDE_BI.MCP.P(n varchar) returns int language sql as $$
begin create user identifier(:n) password = 'abc'; end
$$`,
      "2:34 PASSWORD stands in the text. (in procedure CLAUDE_BI.MCP.P)",
    ],
    [
      "create stage CLAUDE_BI.MCP.S url = 'azure://x' credentials = (azure_sas_token = 'x')",
      "1:63 AZURE_SAS_TOKEN stands in the text.",
    ],
    [
      "copy into OTHER_DB.PUBLIC.T from 's3://b' credentials = (aws_key_id = 'a' aws_secret_key = 'b')",
      "1:75 AWS_SECRET_KEY stands in the text.",
    ],
    [
      "create git repository OTHER_DB.P.G api_integration = I origin = 'https://bot:x@example.com/r.git'",
      "1:56 ORIGIN stands in the text.",
    ],
    ["alter streamlit OTHER_DB.P.S push username = U password = 'x' name = N", "1:48 PASSWORD stands in the text."],
    [
      `create service OTHER.P.S in compute pool P from specification $$
spec:
  containers:
  - name: a
    env:
      API_KEY: abc
$$`,
      "6:7 API_KEY stands in the specification of a service.",
    ],
    [
      "create service OTHER.P.S in compute pool P from specification 'a: {PASSWORD: abc}'",
      "1:44 PASSWORD stands in the specification of a service.",
    ],
    [
      "execute job service in compute pool P from specification_template $$a: {{ api_key }}$$ using (api_key => 'abc') name = OTHER.P.J",
      "1:95 api_key stands in the specification of a service.",
    ],
    [
      `alter service OTHER.P.S from specification $$
spec: {containers: [{name: a, env: {PASSWORD: 'abc'}}]}
$$`,
      "2:37 PASSWORD stands in the specification of a service.",
    ],
    [
      "create service OTHER.P.S in compute pool P from specification_template $$a: {{ api_key }}$$ using (api_key => 'abc')",
      "1:100 api_key stands in the specification of a service.",
    ],
    [
      "create external function OTHER.P.F() returns int api_integration = I as 'https://x/f?code=abc'",
      "1:73 The address of an external function holds a secret.",
    ],
    [
      "create notification integration N type = webhook enabled = true webhook_url = 'https://discord.com/api/webhooks/123/abc'",
      "1:65 WEBHOOK_URL stands in the text.",
    ],
    [
      "copy into OTHER.P.T from 'azure://a.blob.core.windows.net/c?sig=abc'",
      "1:26 The address of these files holds a secret.",
    ],
    ["set (NAME, DB_PASSWORD) = ('u', 'abc')", "1:12 DB_PASSWORD is set in the text."],
    [
      `begin
  let client_secret := 'abc';
end`,
      "2:7 CLIENT_SECRET is set in the text.",
    ],
  ],
  pass: [
    "create service OTHER.P.S in compute pool P from specification $$\nspec:\n  containers:\n  - name: a\n    secrets:\n    - snowflakeSecret: other.p.s\n      secretKeyRef: password\n      envVarName: DB_PASSWORD\n$$",
    "create service OTHER.P.S in compute pool P from specification_template $$a: {env: {API_KEY: {{ key }}}}$$ using (replicas => 2)",
    "create warehouse W comment = 'a: {PASSWORD: abc}' warehouse_size = XSMALL auto_suspend = 60",
    "create procedure OTHER.P.P() returns int language sql as $$ begin /* specification a: {PASSWORD: abc} */ return 'PASSWORD = x'; end $$",
    "create agent OTHER.P.A from specification $$\nbudget:\n  tokens: 16000\n$$",
    "create external function OTHER.P.F() returns int api_integration = I as 'https://x/prod/f'",
    "create notification integration N type = webhook enabled = true webhook_url = 'https://discord.com/api/webhooks/SNOWFLAKE_WEBHOOK_SECRET' webhook_secret = OTHER.P.S",
    "begin let token := 'select'; let secret_name := 'x'; let api_key varchar; end",
    "set password_help = 'ask the administrator'",
    "create user U rsa_public_key = 'MIIB'",
    "create user U must_change_password = true",
    "select 'password = ''x'''",
    `create procedure CLAUDE_BI.MCP.P(n varchar, p varchar) returns int language sql as $$
begin create user identifier(:n) password = :p; end
$$`,
    "create user U password = ''",
    "create storage integration I type = external_stage storage_provider = 'S3' enabled = true storage_aws_role_arn = 'a' storage_allowed_locations = ('s3://b')",
    "alter user U reset password",
    "create stage CLAUDE_BI.MCP.S storage_integration = I url = 's3://b'",
    `-- password = 'x'
select 1`,
  ],
});

describe("a value of plain configuration", () => {
  for (const key of [
    "password",
    "dbPassword",
    "privateKey",
    "private_key_passphrase",
    "apiKey",
    "clientSecret",
    "token",
    "passcode",
  ])
    it(`is a secret when it is called ${key}`, () => assert.equal(isPlainSecret(key, "x"), true));
  for (const key of [
    "privateKeyPath",
    "tokenUrl",
    "secretName",
    "passwordPolicy",
    "publicKey",
    "user",
    "accessKeyId",
    "author",
  ])
    it(`is none when it is called ${key}`, () => assert.equal(isPlainSecret(key, "x"), false));
  it("is one whatever it is called when it is a private key", () =>
    assert.equal(isPlainSecret("note", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII"), true));
  it("is none when it is empty or stands for a variable", () => {
    assert.equal(isPlainSecret("password", ""), false);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in a file
    assert.equal(isPlainSecret("password", "${SNOWFLAKE_PASSWORD}"), false);
  });
});
