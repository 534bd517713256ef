import type { Input } from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import "./access";
import "./others";
import "./routines";
import { comment, database, pick, place, schema } from "./place";

new snowflake.Schema("managed", {
  name: "MANAGED",
  database: database.name,
  isTransient: "true",
  withManagedAccess: pick("false", "true"),
});
const monitor = new snowflake.ResourceMonitor("monitor", {
  name: "LIFE_MONITOR",
  creditQuota: pick(10, 20),
  frequency: "MONTHLY",
  startTimestamp: "IMMEDIATELY",
  notifyTriggers: pick([50], [50, 75]),
  suspendTrigger: 90,
  suspendImmediateTrigger: 100,
});
const warehouse = new snowflake.Warehouse("warehouse", {
  name: "LIFE_WH",
  warehouseSize: pick("XSMALL", "SMALL"),
  autoSuspend: pick(60, 120),
  autoResume: "true",
  initiallySuspended: true,
  resourceMonitor: monitor.name,
  statementTimeoutInSeconds: pick(600, 700),
  comment,
});

const reader = new snowflake.AccountRole("reader", { name: "LIFE_READER", comment });
const writer = new snowflake.AccountRole("writer", { name: "LIFE_WRITER", comment });
const databaseRole = new snowflake.DatabaseRole("databaseRole", {
  name: "LIFE_DATABASE_ROLE",
  database: database.name,
  comment,
});
new snowflake.GrantAccountRole("readerToWriter", { roleName: reader.name, parentRoleName: writer.name });
new snowflake.GrantDatabaseRole("databaseRoleToReader", {
  databaseRoleName: databaseRole.fullyQualifiedName,
  parentRoleName: reader.name,
});

const policy = new snowflake.NetworkPolicy("policy", {
  name: "LIFE_POLICY",
  allowedIpLists: pick(["127.0.0.1"], ["127.0.0.1", "192.168.1.0/24"]),
  blockedIpLists: ["192.168.1.99"],
  comment,
});
const person = new snowflake.User("person", {
  name: "LIFE_PERSON",
  loginName: "LIFE_LOGIN",
  displayName: pick("First Name", "Second Name"),
  email: "person@example.com",
  firstName: "Life",
  lastName: pick("Cycle", "Circle"),
  defaultWarehouse: warehouse.name,
  defaultRole: reader.name,
  disabled: pick("false", "true"),
  password: "only-for-this-test",
  timezone: pick("UTC", "Europe/Vienna"),
  comment,
});
const service = new snowflake.ServiceUser("service", {
  name: "LIFE_SERVICE",
  defaultRole: writer.name,
  defaultWarehouse: warehouse.name,
  networkPolicy: policy.name,
  comment,
});
new snowflake.GrantAccountRole("readerToPerson", { roleName: reader.name, userName: person.name });
new snowflake.GrantAccountRole("writerToService", { roleName: writer.name, userName: service.name });

const table = new snowflake.Table("table", {
  name: "T",
  ...place,
  columns: [
    { name: "ID", type: "NUMBER(38,0)", nullable: false },
    { name: "NAME", type: "VARCHAR(16777216)", comment: pick("", "a name") },
    { name: "AT", type: "TIMESTAMP_NTZ(9)", default: { expression: "CURRENT_TIMESTAMP()" } },
    { name: "DATA", type: "VARIANT" },
    { name: "STATE", type: "VARCHAR(20)", default: { constant: "new" } },
    ...pick([], [{ name: "ADDED", type: "BOOLEAN" }]),
  ],
  changeTracking: true,
  clusterBies: ["ID"],
  comment,
});
const view = new snowflake.View(
  "view",
  {
    name: "V",
    ...place,
    statement: pick("SELECT ID, NAME FROM LIFE.CYCLE.T", "SELECT ID, NAME, STATE FROM LIFE.CYCLE.T"),
    comment,
    copyGrants: true,
  },
  { dependsOn: table },
);
const dynamicTable = new snowflake.DynamicTable(
  "dynamicTable",
  {
    name: "DT",
    ...place,
    warehouse: warehouse.name,
    targetLag: { maximumDuration: pick("1 hour", "2 hours") },
    refreshMode: "INCREMENTAL",
    query: "\n-- as one name\nSELECT ID, MAX(NAME) AS NAME FROM LIFE.CYCLE.T GROUP BY ID -- per id\n",
    comment,
  },
  { dependsOn: table },
);
const stream = new snowflake.StreamOnTable("stream", {
  name: "STR",
  ...place,
  table: table.fullyQualifiedName,
  appendOnly: "true",
  comment,
});
const procedure = new snowflake.ProcedureSql("procedure", {
  name: "P",
  ...place,
  arguments: [
    { argName: "N", argDataType: "NUMBER(38, 0)" },
    { argName: "T", argDataType: "VARCHAR", argDefaultValue: "'x'" },
  ],
  returnType: "VARCHAR",
  procedureDefinition: "BEGIN\n  RETURN :T || :N;\nEND",
  executeAs: pick("OWNER", "CALLER"),
  logLevel: pick("INFO", "WARN"),
  comment,
});
const script = new snowflake.ProcedureJavascript("script", {
  name: "PJ",
  ...place,
  arguments: [{ argName: "N", argDataType: "FLOAT" }],
  returnType: "FLOAT",
  procedureDefinition: "return N + 1;",
  comment,
});
const task = new snowflake.Task("task", {
  name: "TK",
  ...place,
  warehouse: warehouse.name,
  schedule: pick({ minutes: 60 }, { usingCron: "0 5 * * * UTC" }) as snowflake.types.input.TaskSchedule,
  sqlStatement: pick("SELECT 1", "SELECT 2"),
  started: pick(false, true),
  comment,
});
new snowflake.Task("child", {
  name: "TK_CHILD",
  ...place,
  warehouse: warehouse.name,
  afters: [task.fullyQualifiedName],
  when: "1 = 1",
  sqlStatement: "SELECT 3",
  started: false,
});
new snowflake.Alert("alert", {
  name: "AL",
  ...place,
  warehouse: warehouse.name,
  alertSchedule: { interval: pick(60, 30) },
  condition: pick("SELECT 1 WHERE 1 = 0", "SELECT 2 WHERE 1 = 0"),
  action: "SELECT 1",
  enabled: false,
  comment,
});
// The plugin does not escape a stage's comment.
const stage = new snowflake.Stage("stage", { name: "ST", ...place, comment: pick("first", "second") });
new snowflake.Stage("externalStage", {
  name: "STE",
  ...place,
  url: pick("s3://bucket/first/", "s3://bucket/second/"),
  comment: "external",
});
new snowflake.Pipe(
  "pipe",
  {
    name: "PI",
    ...place,
    copyStatement: "COPY INTO LIFE.CYCLE.T FROM @LIFE.CYCLE.ST",
    autoIngest: false,
    comment: pick("first", "second"),
  },
  { dependsOn: [table, stage] },
);
const format = new snowflake.FileFormat("format", {
  name: "FF",
  ...place,
  formatType: "CSV",
  fieldDelimiter: pick("|", ";"),
  skipHeader: 1,
  nullIfs: ["", "NULL"],
  comment,
});
const json = new snowflake.FileFormat("json", {
  name: "FJ",
  ...place,
  formatType: "JSON",
  stripOuterArray: true,
  comment,
});
const tag = new snowflake.Tag("tag", {
  name: "TG",
  ...place,
  allowedValues: pick(["a", "b"], ["a", "b", "c"]),
  comment,
});

const sequence = new snowflake.Sequence("sequence", {
  name: "SQ",
  ...place,
  increment: pick(1, 2),
  ordering: pick("ORDER", "NOORDER"),
  comment: pick("first", "second"),
});
const functionSql = new snowflake.FunctionSql("functionSql", {
  name: "F",
  ...place,
  arguments: [{ argName: "N", argDataType: "NUMBER(38, 0)" }],
  returnType: "VARCHAR",
  functionDefinition: "N || 'x'",
  isSecure: pick("false", "true"),
  comment,
});
new snowflake.FunctionJavascript("functionJavascript", {
  name: "FJS",
  ...place,
  arguments: [{ argName: "N", argDataType: "FLOAT" }],
  returnType: "FLOAT",
  functionDefinition: "return N + 1;",
  nullInputBehavior: "RETURNS NULL ON NULL INPUT",
  comment,
});
const tracked = new snowflake.View(
  "tracked",
  { name: "V_TRACKED", ...place, statement: "-- ids\nSELECT ID FROM LIFE.CYCLE.T -- alone\n", changeTracking: "true" },
  { dependsOn: table },
);
const legacy = new snowflake.LegacyServiceUser(
  "legacy",
  { name: "LIFE_LEGACY", password: "only-for-this-test", mustChangePassword: pick("false", "true"), comment },
  { ignoreChanges: ["networkPolicy"] },
);
new snowflake.NetworkPolicyAttachment("attachment", { networkPolicyName: policy.name, users: [legacy.name] });
new snowflake.ObjectParameter("objectParameter", {
  key: "MAX_DATA_EXTENSION_TIME_IN_DAYS",
  value: pick("3", "4"),
  objectType: "TABLE",
  objectIdentifiers: [{ database: database.name, schema: schema.name, name: table.name }],
});
new snowflake.AccountParameter("accountParameter", {
  key: "PREVENT_UNLOAD_TO_INLINE_URL",
  value: pick("false", "true"),
});
// The plugin crashes where a value changes.
const tagged = (name: string, objectType: string, identifier: Input<string>) =>
  new snowflake.TagAssociation(name, {
    objectType,
    objectIdentifiers: [identifier],
    tagId: tag.fullyQualifiedName,
    tagValue: "a",
  });
tagged("taggedSchema", "SCHEMA", schema.fullyQualifiedName);
tagged("taggedTable", "TABLE", table.fullyQualifiedName);
tagged("taggedView", "VIEW", tracked.fullyQualifiedName);
tagged("taggedFunction", "FUNCTION", functionSql.fullyQualifiedName);
tagged("taggedUser", "USER", legacy.fullyQualifiedName);
const parentRole = new snowflake.DatabaseRole("parentRole", { name: "LIFE_PARENT_ROLE", database: database.name });
new snowflake.GrantDatabaseRole("databaseRoleToDatabaseRole", {
  databaseRoleName: databaseRole.fullyQualifiedName,
  parentDatabaseRoleName: parentRole.fullyQualifiedName,
});
new snowflake.GrantOwnership("roleOwnership", {
  accountRoleName: "SYSADMIN",
  outboundPrivileges: "COPY",
  on: { objectType: "DATABASE ROLE", objectName: parentRole.fullyQualifiedName },
});
new snowflake.GrantOwnership("sequenceOwnership", {
  accountRoleName: "SYSADMIN",
  on: { objectType: "SEQUENCE", objectName: sequence.fullyQualifiedName },
});

const grant = (name: string, args: Omit<snowflake.GrantPrivilegesToAccountRoleArgs, "accountRoleName">) =>
  new snowflake.GrantPrivilegesToAccountRole(name, { accountRoleName: reader.name, ...args });
grant("onAccount", { privileges: pick(["CREATE DATABASE"], ["CREATE DATABASE", "EXECUTE TASK"]), onAccount: true });
grant("onDatabase", {
  privileges: pick(["USAGE"], ["USAGE", "MONITOR"]),
  onAccountObject: { objectType: "DATABASE", objectName: database.name },
});
grant("onWarehouse", {
  privileges: ["USAGE", "OPERATE"],
  onAccountObject: { objectType: "WAREHOUSE", objectName: warehouse.name },
});
grant("onSchema", { privileges: ["USAGE", "CREATE VIEW"], onSchema: { schemaName: schema.fullyQualifiedName } });
grant("onFutureSchemas", { privileges: ["USAGE"], onSchema: { futureSchemasInDatabase: database.name } });
grant("onTable", {
  privileges: pick(["SELECT"], ["SELECT", "INSERT"]),
  onSchemaObject: { objectType: "TABLE", objectName: table.fullyQualifiedName },
});
grant("onView", {
  privileges: ["SELECT"],
  withGrantOption: true,
  onSchemaObject: { objectType: "VIEW", objectName: view.fullyQualifiedName },
});
grant("onDynamicTable", {
  privileges: ["SELECT", "MONITOR"],
  onSchemaObject: { objectType: "DYNAMIC TABLE", objectName: dynamicTable.fullyQualifiedName },
});
grant("onProcedure", {
  privileges: ["USAGE"],
  onSchemaObject: { objectType: "PROCEDURE", objectName: procedure.fullyQualifiedName },
});
grant("onScript", {
  privileges: ["USAGE"],
  onSchemaObject: { objectType: "PROCEDURE", objectName: script.fullyQualifiedName },
});
grant("onStage", {
  privileges: ["READ", "WRITE"],
  onSchemaObject: { objectType: "STAGE", objectName: stage.fullyQualifiedName },
});
grant("onFormat", {
  privileges: ["USAGE"],
  onSchemaObject: { objectType: "FILE FORMAT", objectName: format.fullyQualifiedName },
});
grant("onStream", {
  privileges: ["SELECT"],
  onSchemaObject: { objectType: "STREAM", objectName: stream.fullyQualifiedName },
});
grant("onFutureTables", {
  privileges: ["SELECT"],
  onSchemaObject: { future: { objectTypePlural: "TABLES", inSchema: schema.fullyQualifiedName } },
});
grant("onAllViews", {
  privileges: ["REFERENCES"],
  onSchemaObject: { all: { objectTypePlural: "VIEWS", inSchema: schema.fullyQualifiedName } },
});
new snowflake.GrantPrivilegesToDatabaseRole("toDatabaseRole", {
  databaseRoleName: databaseRole.fullyQualifiedName,
  privileges: ["SELECT"],
  onSchemaObject: { objectType: "TABLE", objectName: table.fullyQualifiedName },
});
new snowflake.GrantOwnership("tagOwnership", {
  accountRoleName: "SYSADMIN",
  outboundPrivileges: "COPY",
  on: { objectType: "TAG", objectName: tag.fullyQualifiedName },
});
new snowflake.GrantOwnership("jsonOwnership", {
  accountRoleName: "SYSADMIN",
  on: { objectType: "FILE FORMAT", objectName: json.fullyQualifiedName },
});
new snowflake.Execute(
  "execute",
  {
    execute: "CREATE SEQUENCE LIFE.CYCLE.Q",
    revert: "DROP SEQUENCE LIFE.CYCLE.Q",
    query: pick("SHOW SEQUENCES IN SCHEMA LIFE.CYCLE", "SHOW SEQUENCES LIKE 'Q' IN SCHEMA LIFE.CYCLE"),
  },
  { dependsOn: schema, deleteBeforeReplace: true },
);
