import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { judge, LAWFUL_TYPES, READ_TYPES, readResource, sourceOf } from "../../law/index";

const PACKAGE = dirname(require.resolve("@pulumi/snowflake/package.json"));

/** The type of every resource class of the package. */
const PACKAGE_TYPES = readdirSync(PACKAGE)
  .filter((file) => /^[a-z]\w*\.js$/.test(file))
  .flatMap((file) => [
    ...readFileSync(join(PACKAGE, file), "utf8").matchAll(/__pulumiType = 'snowflake:index\/(\w+):/g),
  ])
  .map((match) => match[1] as string);

type Props = Record<string, unknown>;

const tokenOf = (key: string): string =>
  key.includes(":") ? key : `snowflake:index/${key}:${key.charAt(0).toUpperCase()}${key.slice(1)}`;

function told(key: string, props: Props): string[] {
  const judged = readResource(tokenOf(key), props);
  const sources = (judged?.texts ?? []).map((text) => sourceOf("it", text));
  return judge(sources).findings.map(
    ({ code, where }) => `${code}${where.property ? ` ${where.property} ${where.line}:${where.column}` : ""}`,
  );
}

const MCP = { database: "CLAUDE_BI", schema: "MCP", name: "X" };
const ELSEWHERE = { database: "OTHER_DB", schema: "PUBLIC", name: "X" };
const HIDDEN = "BEGIN\n  CREATE TABLE T (A INT);\nEND";

const BREACHES: [string, Props, string[]][] = [
  ["table", { ...MCP, columns: [] }, ["TT01"]],
  ["table", { database: "CLAUDE_BI", schema: "MCP" }, ["TT01"]],
  ["table", { database: "CLAUDE_BI", schema: "LANDING", name: "RAW_EVENTS", dataRetentionTimeInDays: 0 }, ["TT03"]],
  ["table", { database: "CLAUDE_BI", schema: "LANDING", name: "RAW_EVENTS", changeTracking: false }, ["TT03"]],
  ["dynamicTable", { ...MCP, query: "SELECT 1 AS A", warehouse: "W" }, ["TT01"]],
  [
    "dynamicTable",
    {
      database: "CLAUDE_BI",
      schema: "ACTIVITY",
      name: "EVENTS",
      warehouse: "DT_XS_WH",
      refreshMode: "INCREMENTAL",
      targetLag: { maximumDuration: "1 minute" },
      query: "SELECT 1 AS A\nLIMIT 5",
    },
    ["TT04", "TT05 query 2:1"],
  ],
  ["dynamicTable", { ...ELSEWHERE, query: "SELECT 1 AS A", warehouse: "DT_XS_WH" }, ["TT09"]],
  ["externalTable", MCP, ["TT01"]],
  ["materializedView", { ...MCP, statement: "SELECT 1 AS A" }, ["TT01"]],
  ["view", { database: "CLAUDE_BI", schema: "LANDING", name: "RAW_EVENTS", statement: "SELECT 1 AS A" }, ["TT02"]],
  ["view", { ...MCP, statement: "SELECT FROM" }, ["TT11 statement 1:8"]],
  ["execute", { execute: "CREATE TABLE CLAUDE_BI.MCP.T (A INT)", revert: "SELECT 1" }, ["TT01 execute 1:14"]],
  ["execute", { execute: "SELECT 1", revert: "CREATE TABLE CLAUDE_BI.MCP.T (A INT)" }, ["TT01 revert 1:14"]],
  ["execute", { execute: "SELECT 1", revert: "SELECT 1", query: "CREATE TABLE T (A INT)" }, ["TT01 query 1:14"]],
  ["procedureSql", { ...MCP, procedureDefinition: HIDDEN }, ["TT01 procedureDefinition 2:16"]],
  [
    "procedureSql",
    {
      ...MCP,
      arguments: [{ argName: "Q", argDataType: "VARCHAR" }],
      procedureDefinition: "BEGIN IF (FALSE) THEN Q := 'SELECT 1'; END IF; EXECUTE IMMEDIATE Q; END",
    },
    ["TT06 procedureDefinition 1:48"],
  ],
  [
    "procedureSql",
    { ...MCP, arguments: [{ argName: "q" }], procedureDefinition: "BEGIN EXECUTE IMMEDIATE q; END" },
    ["TT06 procedureDefinition 1:7"],
  ],
  [
    "procedureSql",
    {
      ...MCP,
      executeAs: "CALLER",
      procedureDefinition: "BEGIN INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT 1; END",
    },
    ["TT08 procedureDefinition 1:19"],
  ],
  ["procedureJavascript", MCP, ["TT06"]],
  ["procedurePython", MCP, ["TT06"]],
  ["procedureJava", MCP, ["TT06"]],
  ["procedureScala", MCP, ["TT06"]],
  ["functionSql", { ...MCP, functionDefinition: "1 +" }, ["TT11 functionDefinition 1:4"]],
  ["functionJavascript", MCP, ["TT06"]],
  ["functionPython", MCP, ["TT06"]],
  ["functionJava", MCP, ["TT06"]],
  ["functionScala", MCP, ["TT06"]],
  ["externalFunction", MCP, ["TT06"]],
  ["streamlit", MCP, ["TT06"]],
  ["cortexSearchService", { ...MCP, on: "A", query: "SELECT 'a' AS A", warehouse: "DT_XS_WH" }, ["TT09"]],
  ["task", { ...MCP, sqlStatement: HIDDEN }, ["TT01 sqlStatement 2:16"]],
  ["task", { ...MCP, warehouse: "DT_XS_WH", sqlStatement: "SELECT 1" }, ["TT09"]],
  ["alert", { ...MCP, condition: "SELECT 1", action: HIDDEN }, ["TT01 action 2:16"]],
  ["pipe", { ...MCP, copyStatement: "COPY INTO CLAUDE_BI.LANDING.RAW_EVENTS FROM @S" }, ["TT08 copyStatement 1:11"]],
  ["database", { name: "CLAUDE_BI", dataRetentionTimeInDays: 0 }, ["TT03"]],
  ["sharedDatabase", { name: "CLAUDE_BI", fromShare: "A.B.C" }, ["TT01"]],
  ["secondaryDatabase", { name: "CLAUDE_BI", asReplicaOf: "A.B.C" }, ["TT01"]],
  ["failoverGroup", { name: "G", fromReplica: { name: "G" } }, ["TT01"]],
  ["schema", { database: "CLAUDE_BI", name: "S" }, ["TT07"]],
  ["accountParameter", { key: "DATA_RETENTION_TIME_IN_DAYS", value: "0" }, ["TT03"]],
  ["objectParameter", { key: "data_retention_time_in_days", value: "0", onAccount: true }, ["TT03"]],
  [
    "objectParameter",
    {
      key: "DATA_RETENTION_TIME_IN_DAYS",
      value: "0",
      objectType: "SCHEMA",
      objectIdentifiers: [{ database: "CLAUDE_BI", name: "LANDING" }],
    },
    ["TT03"],
  ],
  ["warehouse", { name: "W", warehouseSize: "LARGE", autoSuspend: 60 }, ["TT09"]],
  ["warehouse", { name: "W", warehouseType: "ADAPTIVE", autoSuspend: 60 }, ["TT09"]],
  ["user", { name: "U", defaultWarehouse: "DT_XS_WH" }, ["TT09"]],
  ["serviceUser", { name: "U", defaultWarehouse: "DT_XS_WH" }, ["TT09"]],
  ["legacyServiceUser", { name: "U", defaultWarehouse: "DT_XS_WH" }, ["TT09"]],
  [
    "grantPrivilegesToAccountRole",
    { accountRoleName: "R", privileges: ["CREATE TABLE"], onSchema: { schemaName: '"CLAUDE_BI"."MCP"' } },
    ["TT07"],
  ],
  [
    "grantPrivilegesToAccountRole",
    { accountRoleName: "R", allPrivileges: true, onSchema: { futureSchemasInDatabase: "CLAUDE_BI" } },
    ["TT07"],
  ],
  [
    "grantPrivilegesToAccountRole",
    {
      accountRoleName: "R",
      privileges: ["CREATE SCHEMA"],
      onAccountObject: { objectType: "DATABASE", objectName: "CLAUDE_BI" },
    },
    ["TT07"],
  ],
  ["grantPrivilegesToAccountRole", { accountRoleName: "R", privileges: ["MANAGE GRANTS"], onAccount: true }, ["TT07"]],
  [
    "grantPrivilegesToAccountRole",
    {
      accountRoleName: "R",
      privileges: ["INSERT"],
      onSchemaObject: { future: { objectTypePlural: "TABLES", inSchema: '"CLAUDE_BI"."LANDING"' } },
    },
    ["TT08"],
  ],
  [
    "grantPrivilegesToDatabaseRole",
    { databaseRoleName: '"CLAUDE_BI"."R"', allPrivileges: true, onDatabase: "CLAUDE_BI" },
    ["TT07"],
  ],
  [
    "grantOwnership",
    { accountRoleName: "R", on: { all: { objectTypePlural: "TABLES", inDatabase: "CLAUDE_BI" } } },
    ["TT07"],
  ],
  ["grantAccountRole", { roleName: "SYSADMIN", parentRoleName: "R" }, ["TT07"]],
  ["grantAccountRole", { roleName: "MCP_SERVICE_ROLE", parentRoleName: "R" }, ["TT08"]],
  ["table", { database: '"CLAUDE_BI"', schema: '"MCP"', name: '"X"' }, ["TT01"]],
  ["database", { name: "CLAUDE_BI", isTransient: true }, ["TT02"]],
  ["schema", { database: "CLAUDE_BI", name: "LANDING", isTransient: "true", withManagedAccess: "true" }, ["TT02"]],
  ["view", { ...MCP, statement: "SELECT 1 AS A;\nCREATE TABLE T (A INT)" }, ["TT01 statement 2:14"]],
  [
    "procedureSql",
    { ...ELSEWHERE, executeAs: "CALLER", procedureDefinition: HIDDEN },
    ["TT01 procedureDefinition 2:16"],
  ],
  ["execute", { execute: "SELECT 1", revert: "UNDROP TABLE CLAUDE_BI.MCP.T" }, ["TT01 revert 1:14"]],
  // Other spellings of types, a later version of the package, and other packages.
  ["snowflake:index:Table", MCP, ["TT01"]],
  ["snowflake:index/unsafeExecute:UnsafeExecute", { execute: "SELECT 1" }, ["TT06"]],
  ["docker:index/container:Container", { command: ["snow", "sql", "-q", "create table x"] }, ["TT06"]],
  [
    "kubernetes:batch/v1:Job",
    { spec: { containers: [{ command: ["sh", "-c", "snowsql -f /sql/make.sql"] }] } },
    ["TT06"],
  ],
  ["snowsql:index/exec:Exec", { create: { statements: "create table t (a int)" } }, ["TT06"]],
  ["pulumi-nodejs:dynamic/tables:Table", { __provider: "() => require('snowflake-sdk')" }, ["TT06"]],
  ["hybridTable", MCP, ["TT06"]],
  ["command:local:Command", { create: "snowsql -q 'select 1'" }, ["TT06"]],
  ["command:local:Command", { create: "sh deploy.sh", environment: { SNOWFLAKE_ACCOUNT: "x" } }, ["TT06"]],
  ["command:remote:Command", { connection: { host: "h" }, create: "dbt run" }, ["TT06"]],
  ["pulumi-nodejs:dynamic:Resource", { __provider: "exports.handler = () => require('snowflake-sdk')" }, ["TT06"]],
  ["command:local:Command", { create: "make deploy", environment: { SNOWSQL_PWD: "x" } }, ["TT06"]],
  ["kubernetes:core/v1:ConfigMap", { data: { "run.sh": "snow --config c.toml -v sql -f x.sql" } }, ["TT06"]],
  ["docker:index/container:Container", { command: ["python", "-c", "import snowflake.connector as c"] }, ["TT06"]],
  [
    "docker:index/container:Container",
    { command: ["curl", "https://a.snowflakecomputing.com/api/v2/statements"] },
    ["TT06"],
  ],
  ["streamlit", { ...ELSEWHERE, queryWarehouse: "DT_XS_WH" }, ["TT09"]],
  ["functionSql", { ...MCP, functionDefinition: "-- SELECT\n1 +" }, ["TT11 functionDefinition 2:4"]],
];

const LAWFUL: [string, Props][] = [
  ["table", ELSEWHERE],
  ["table", { database: "claude_bi", schema: "MCP", name: "X" }],
  [
    "table",
    { database: "CLAUDE_BI", schema: "LANDING", name: "RAW_EVENTS", changeTracking: true, dataRetentionTimeInDays: 1 },
  ],
  // What the provider puts in for a retention that is not given.
  ["table", { database: "CLAUDE_BI", schema: "LANDING", name: "RAW_EVENTS", dataRetentionTimeInDays: -1 }],
  ["schema", { database: "CLAUDE_BI", name: "LANDING", withManagedAccess: "true", dataRetentionTimeInDays: -1 }],
  ["database", { name: "CLAUDE_BI", dataRetentionTimeInDays: -1 }],
  ["dynamicTable", { ...ELSEWHERE, query: "SELECT UUID_STRING() AS A", warehouse: "W" }],
  ["externalTable", ELSEWHERE],
  ["materializedView", { ...ELSEWHERE, statement: "SELECT 1 AS A" }],
  ["view", { ...MCP, statement: "SELECT 'CREATE TABLE T (A INT)' AS A" }],
  ["execute", { execute: "SELECT 1", revert: "DROP TABLE IF EXISTS CLAUDE_BI.LANDING.RAW_EVENTS" }],
  [
    "execute",
    { execute: "SELECT 1", revert: "DROP DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS", query: "SHOW TABLES ->> SELECT 1" },
  ],
  ["procedureSql", { ...ELSEWHERE, procedureDefinition: HIDDEN }],
  [
    "procedureSql",
    { ...MCP, procedureDefinition: "BEGIN INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT 1; END" },
  ],
  [
    "procedureSql",
    {
      database: "CLAUDE_BI",
      schema: "MCP",
      name: "SET_CONFIG",
      procedureDefinition:
        "BEGIN INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT OBJECT_CONSTRUCT('action', 'system.config.set'); END",
    },
  ],
  ["procedurePython", ELSEWHERE],
  ["functionSql", { ...MCP, functionDefinition: "A + 1" }],
  ["functionSql", { ...MCP, functionDefinition: " SELECT 1" }],
  ["functionSql", { ...MCP, functionDefinition: "-- the first of all\nSELECT 1" }],
  [
    "functionSql",
    { ...MCP, functionDefinition: "\n/* a, */ // b\n WITH A AS (SELECT 1 AS B) SELECT B FROM A -- create table\n" },
  ],
  ["functionPython", ELSEWHERE],
  ["streamlit", ELSEWHERE],
  ["streamlit", { ...ELSEWHERE, queryWarehouse: "W" }],
  ["cortexSearchService", { ...MCP, on: "A", query: "SELECT 'a' AS A", warehouse: "W" }],
  ["task", { ...MCP, warehouse: "W", sqlStatement: "CALL CLAUDE_BI.MCP.P()" }],
  ["alert", { ...MCP, condition: "SELECT 1", action: "CALL CLAUDE_BI.MCP.P()" }],
  ["pipe", { ...ELSEWHERE, copyStatement: "COPY INTO T FROM @S" }],
  ["streamOnTable", { ...MCP, table: "CLAUDE_BI.LANDING.RAW_EVENTS" }],
  ["streamOnView", { ...MCP, view: "V" }],
  ["streamOnDirectoryTable", { ...MCP, stage: "S" }],
  ["streamOnExternalTable", { ...MCP, externalTable: "E", insertOnly: "true" }],
  ["database", { name: "CLAUDE_BI" }],
  ["sharedDatabase", { name: "OTHER_DB", fromShare: "A.B.C" }],
  ["secondaryDatabase", { name: "OTHER_DB", asReplicaOf: "A.B.C" }],
  ["failoverGroup", { name: "G", objectTypes: ["DATABASES"], allowedDatabases: ["CLAUDE_BI"] }],
  ["schema", { database: "CLAUDE_BI", name: "S", withManagedAccess: true }],
  ["schema", { database: "CLAUDE_BI", name: "S", withManagedAccess: "true" }],
  ["schema", { database: "OTHER_DB", name: "S" }],
  ["accountParameter", { key: "TIMEZONE", value: "UTC" }],
  [
    "objectParameter",
    {
      key: "DATA_RETENTION_TIME_IN_DAYS",
      value: "7",
      objectType: "DATABASE",
      objectIdentifiers: [{ name: "CLAUDE_BI" }],
    },
  ],
  ["warehouse", { name: "W", warehouseSize: "XSMALL", autoSuspend: 60 }],
  ["user", { name: "U" }],
  [
    "grantPrivilegesToAccountRole",
    {
      accountRoleName: "R",
      privileges: ["SELECT"],
      onSchemaObject: { objectType: "VIEW", objectName: '"CLAUDE_BI"."MCP"."V"' },
    },
  ],
  [
    "grantPrivilegesToAccountRole",
    { accountRoleName: "R", privileges: ["CREATE TABLE"], onSchema: { schemaName: '"OTHER_DB"."PUBLIC"' } },
  ],
  [
    "grantPrivilegesToAccountRole",
    {
      accountRoleName: "TWO_TABLE_DEPLOYER",
      privileges: ["CREATE TABLE"],
      onSchema: { schemaName: '"CLAUDE_BI"."LANDING"' },
    },
  ],
  [
    "grantOwnership",
    { accountRoleName: "MCP_SERVICE_ROLE", on: { objectType: "VIEW", objectName: '"CLAUDE_BI"."MCP"."V"' } },
  ],
  ["grantAccountRole", { roleName: "MCP_USER_ROLE", parentRoleName: "MCP_ADMIN_ROLE" }],
  ["grantAccountRole", { roleName: "TWO_TABLE_DEPLOYER", userName: "BOB" }],
  ["grantDatabaseRole", { databaseRoleName: '"CLAUDE_BI"."R"', parentRoleName: "R" }],
  ["maskingPolicy", { ...MCP, body: "'create table t (a int)'" }],
  ["stage", MCP],
  ["aws:s3/bucket:Bucket", { bucket: "snowflake" }],
  ["aws:s3/bucketObject:BucketObject", { key: "snow/sql-notes.md", content: "about Snowflake and CREATE TABLE" }],
  ["command:local:Command", { create: "make assets" }],
  ["docker:index/container:Container", { command: ["node", "server.js"], envs: ["SNOWFLAKE_ROLE=MCP_USER_ROLE"] }],
  ["kubernetes:core/v1:ConfigMap", { data: { note: "let it snow; sql is nice" } }],
  ["pulumi:pulumi:Stack", {}],
];

describe("what the law reads of a resource", () => {
  for (const [key, props, expected] of BREACHES) {
    it(`${expected}: ${key} ${JSON.stringify(props)}`, () =>
      assert.deepEqual([...new Set(told(key, props))], expected));
  }
  for (const [key, props] of LAWFUL) {
    it(`nothing: ${key} ${JSON.stringify(props)}`, () => assert.deepEqual(told(key, props), []));
  }

  it("is decided for every resource class of the package", () => {
    const decided = [...READ_TYPES, ...LAWFUL_TYPES];
    assert.deepEqual(
      PACKAGE_TYPES.filter((type) => !decided.includes(type)),
      [],
    );
    assert.deepEqual(
      decided.filter((type) => !PACKAGE_TYPES.includes(type)),
      [],
    );
    assert.equal(new Set(decided).size, decided.length);
    assert.ok(PACKAGE_TYPES.length > 80);
  });

  it("is shown by a breach or a lawful case for every type that is read", () => {
    const shown = new Set([...BREACHES, ...LAWFUL].map(([key]) => key));
    assert.deepEqual(
      READ_TYPES.filter((type) => !shown.has(type)),
      [],
    );
  });

  it("names a command that it does not read and that does not name Snowflake", () => {
    assert.deepEqual(readResource("command:local:Command", { create: "make assets" })?.remarks, [
      "A command runs code that the law does not read; it does not name Snowflake.",
    ]);
  });

  for (const [type, props, unknown] of [
    ["command:local:Command", { create: "make", environment: { URL: "?" } }, ["environment"]],
    ["command:local:Command", { create: "?", stdin: "x" }, ["create"]],
    ["pulumi-nodejs:dynamic:Resource", { __provider: "?", size: 1 }, ["__provider"]],
  ] as [string, Props, string[]][]) {
    it(`does not say that ${type} names nothing of Snowflake while its ${unknown} is not known`, () => {
      const judged = readResource(type, props, (value) => value === "?");
      assert.deepEqual(judged, { texts: [], unknown, remarks: [] });
    });
  }

  it("judges a command by what is known of it, also when other parts are not", () => {
    const judged = readResource("command:local:Command", { create: "snowsql", stdin: "?" }, (value) => value === "?");
    assert.deepEqual([judged?.texts.length, judged?.unknown], [1, []]);
  });

  it("names each property that only the update will know, once, and judges the others", () => {
    const unknown = Symbol("unknown");
    const judged = readResource(
      "snowflake:index/execute:Execute",
      { execute: unknown, revert: "CREATE TABLE T (A INT)" },
      (value) => value === unknown,
    );
    assert.deepEqual(judged?.unknown, ["execute"]);
    assert.deepEqual(judged?.texts, [{ sql: "CREATE TABLE T (A INT)", property: "revert" }]);
    const task = readResource(
      "snowflake:index/task:Task",
      { ...MCP, sqlStatement: unknown, warehouse: unknown },
      (value) => value === unknown,
    );
    assert.deepEqual(task?.unknown, ["warehouse", "sqlStatement"]);
  });

  for (const property of ["database", "schema", "name"]) {
    it(`takes no table for a third one whose ${property} is not known yet`, () => {
      const unknown = Symbol("unknown");
      const judged = readResource(
        "snowflake:index/table:Table",
        { ...MCP, [property]: unknown },
        (value) => value === unknown,
      );
      assert.deepEqual([judged?.unknown, judged?.texts], [[property], []]);
    });
  }
});
