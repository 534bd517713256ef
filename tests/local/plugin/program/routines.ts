import * as snowflake from "@pulumi/snowflake";
import { comment, pick, place } from "./place";

/** What other machines would run: routines in other languages, behind an API, and policies that are kept and described. */
const PYTHON = "def run(x):\n  return x";
const JAVA = "class TestFunc {\n  public static String echoVarchar(String x) {\n    return x;\n  }\n}";
const SCALA = "class TestFunc {\n  def echoVarchar(x : String): String = {\n    return x\n  }\n}";
const given = [{ argName: "x", argDataType: "VARCHAR(100)" }];
const called = { ...place, arguments: given, returnType: "VARCHAR(100)", comment };

const gateway = new snowflake.ApiIntegration("gateway", {
  name: "LIFE_GATEWAY",
  apiProvider: "google_api_gateway",
  googleAudience: "audience",
  apiAllowedPrefixes: ["https://example.com/"],
  enabled: true,
});
const jar = new snowflake.Stage("jars", { name: "JARS", ...place });
const secret = new snowflake.SecretWithGenericString("secretOfFunction", {
  name: "SEC_FUNCTION",
  ...place,
  secretString: "only-for-this-test",
});

new snowflake.FunctionPython("functionPython", {
  ...called,
  name: "F_PYTHON",
  runtimeVersion: "3.9",
  handler: "run",
  packages: ["absl-py==0.12.0", "about-time==4.2.1"],
  secrets: [{ secretId: secret.fullyQualifiedName, secretVariableName: "cred" }],
  functionDefinition: PYTHON,
});
new snowflake.FunctionJava(
  "functionJava",
  {
    ...called,
    name: "F_JAVA",
    handler: "TestFunc.echoVarchar",
    imports: [{ stageLocation: jar.fullyQualifiedName, pathOnStage: "some.jar" }],
    targetPath: { stageLocation: jar.fullyQualifiedName, pathOnStage: "target.jar" },
    functionDefinition: JAVA,
    logLevel: pick("INFO", "WARN"),
  },
  { dependsOn: jar },
);
new snowflake.FunctionScala("functionScala", {
  ...called,
  name: "F_SCALA",
  runtimeVersion: "2.12",
  handler: "TestFunc.echoVarchar",
  functionDefinition: SCALA,
});
const hosted = { ...called, executeAs: pick("OWNER", "CALLER") };
new snowflake.ProcedurePython("procedurePython", {
  ...hosted,
  name: "P_PYTHON",
  runtimeVersion: "3.9",
  snowparkPackage: "1.14.0",
  handler: "run",
  procedureDefinition: PYTHON,
});
new snowflake.ProcedureJava("procedureJava", {
  ...hosted,
  name: "P_JAVA",
  runtimeVersion: "11",
  snowparkPackage: "1.14.0",
  handler: "TestFunc.echoVarchar",
  procedureDefinition: JAVA,
});
new snowflake.ProcedureScala("procedureScala", {
  ...hosted,
  name: "P_SCALA",
  runtimeVersion: "2.12",
  snowparkPackage: "1.14.0",
  handler: "TestFunc.echoVarchar",
  procedureDefinition: SCALA,
});
new snowflake.ExternalFunction("externalFunction", {
  name: "F_EXTERNAL",
  ...place,
  args: [{ name: "ARG1", type: "VARCHAR" }],
  returnType: "VARIANT",
  returnBehavior: "IMMUTABLE",
  apiIntegration: gateway.name,
  headers: [{ name: "x-custom-header", value: "snowflake" }],
  contextHeaders: ["CURRENT_ACCOUNT"],
  maxBatchRows: 500,
  urlOfProxyAndResource: "https://example.com/test",
  comment: "never changed in place",
});

new snowflake.MaskingPolicy("masking", {
  name: "MP",
  ...place,
  arguments: [
    // The plugin quotes the names of arguments.
    { name: "VAL", type: "VARCHAR" },
    { name: "N", type: "NUMBER(38,0)" },
  ],
  returnDataType: "VARCHAR",
  body: pick(
    "case when current_role() in ('ANALYST') then val else '***' end",
    "case when current_role() in ('ANALYST', 'BOSS') then val else '***' end",
  ),
  comment,
});
new snowflake.RowAccessPolicy("rowAccess", {
  name: "RAP",
  ...place,
  arguments: [{ name: "N", type: "VARCHAR" }],
  body: pick("case when current_role() in ('ANALYST') then true else false end", "n = current_user()"),
  comment,
});

const keyed = new snowflake.ServiceUser(
  "keyed",
  { name: "LIFE_KEYED" },
  { ignoreChanges: ["rsaPublicKey", "showOutputs"] },
);
const KEY =
  "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit+CqvjWYzvQwECAwEAAQ==";
new snowflake.UserPublicKeys("publicKeys", { name: keyed.name, rsaPublicKey: KEY });

const keyedTable = new snowflake.Table("keyedTable", {
  name: "KEYED",
  ...place,
  columns: [
    { name: "A", type: "NUMBER(38,0)", nullable: false },
    { name: "B", type: "NUMBER(38,0)" },
  ],
});
new snowflake.TableConstraint("unique", {
  name: "KEYED_UNIQUE",
  type: "UNIQUE",
  tableId: keyedTable.fullyQualifiedName,
  columns: ["B"],
  comment: "of a constraint",
});
