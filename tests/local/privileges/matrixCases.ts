/** One statement and what a role needs for it. The objects are made by `SETUP` in `matrix.test.ts`, all in D.S. */
export interface PrivilegeCase {
  sql: string;
  /** Grants that suffice together, each as `<privilege> ON <object>`; without any of them the statement is refused. */
  needs: string[];
  /** Another privilege on the same object: the object is seen then, and the refusal names the missing privilege. */
  seenBy?: string;
  /** What is said without any privilege on the object; absent where it is 003001 in either case, null where that is no error. */
  hidden?: string | null;
  /** 003001 with the missing privilege. */
  refused: string;
  /** Afterwards, as administrator: the state as it was. */
  restore?: string[];
}

const DATABASE = "USAGE ON DATABASE D";
const SCHEMA = "USAGE ON SCHEMA D.S";

const lacks = (kind: string, name: string, privilege: string, on: string) =>
  `SQL access control error:\nInsufficient privileges to operate on ${kind} '${name}'. Your primary role R must have ${privilege} granted on ${on}.`;
const missing = (kind: string, name: string) =>
  `SQL compilation error:\n${kind} '${name}' does not exist or not authorized.`;

interface ObjectFacts {
  type: string;
  name: string;
  /** As "does not exist" calls it. */
  title?: string;
  /** Privilege that shows the object without allowing the statement. */
  seenBy?: string;
  /** How the second sentence of 003001 calls the kind. */
  grantedOn?: string;
  /** Name in "does not exist", where it is not `D.S.<name>`. */
  missingName?: string;
  signature?: string;
}

const kindOf = (type: string) => type.toLowerCase().replaceAll(" ", "_");

/** A statement on an object of D.S that takes `privilege` on it. */
function onObject(facts: ObjectFacts, privilege: string, sql: string, restore: string[] = []): PrivilegeCase {
  const { type, name, title, seenBy, grantedOn = type, signature = "" } = facts;
  const full = `D.S.${name}`;
  return {
    sql,
    needs: [DATABASE, SCHEMA, `${privilege} ON ${type} ${full}${signature}`],
    ...(seenBy ? { seenBy: `${seenBy} ON ${type} ${full}${signature}` } : {}),
    hidden: missing(title ?? type.charAt(0) + type.slice(1).toLowerCase(), facts.missingName ?? full),
    refused: lacks(kindOf(type), name, privilege, `${grantedOn} ${full}${signature}`),
    restore,
  };
}

/** A statement that takes ownership: `R` gets it for a moment. */
const owned = (facts: ObjectFacts, sql: string, restore: string[] = []): PrivilegeCase =>
  onObject(facts, "OWNERSHIP", sql, restore);

const create = (privilege: string, sql: string, drop: string): PrivilegeCase => ({
  sql,
  needs: [DATABASE, SCHEMA, `${privilege} ON SCHEMA D.S`],
  refused: lacks("schema", "S", privilege, "SCHEMA D.S"),
  restore: [drop],
});

const onAccount = (privilege: string, sql: string, drop: string): PrivilegeCase => ({
  sql,
  needs: [`${privilege} ON ACCOUNT`],
  refused: lacks("account", "LOCAL01", privilege, "ACCOUNT"),
  restore: [drop],
});

const TABLE: ObjectFacts = { type: "TABLE", name: "T", seenBy: "REFERENCES" };
const READ_TABLE: ObjectFacts = { ...TABLE, title: "Object" };
const VIEW: ObjectFacts = { type: "VIEW", name: "V", seenBy: "REFERENCES", grantedOn: "TABLE" };
const DYNAMIC_TABLE: ObjectFacts = { type: "DYNAMIC TABLE", name: "DT", seenBy: "MONITOR" };
const TASK: ObjectFacts = { type: "TASK", name: "TK", seenBy: "MONITOR" };
const ALERT: ObjectFacts = { type: "ALERT", name: "AL", seenBy: "MONITOR" };
const SEQUENCE: ObjectFacts = { type: "SEQUENCE", name: "Q", seenBy: "USAGE" };
const STAGE: ObjectFacts = { type: "STAGE", name: "ST", seenBy: "READ" };
const FORMAT: ObjectFacts = { type: "FILE FORMAT", name: "FF", seenBy: "USAGE" };
const TAG: ObjectFacts = { type: "TAG", name: "TG", seenBy: "READ" };
const STREAM: ObjectFacts = { type: "STREAM", name: "STR", seenBy: "SELECT" };
const PROCEDURE: ObjectFacts = { type: "PROCEDURE", name: "P", seenBy: "USAGE", signature: "(NUMBER)" };
const FUNCTION: ObjectFacts = { type: "FUNCTION", name: "F", seenBy: "USAGE", signature: "(NUMBER)" };

export const CASES: PrivilegeCase[] = [
  // Queries.
  onObject(READ_TABLE, "SELECT", "select * from D.S.T"),
  onObject(READ_TABLE, "SELECT", "select count(*) from (select 1 as x from D.S.T)"),
  onObject(READ_TABLE, "SELECT", "with c as (select a from D.S.T) select max(a) from c"),
  onObject(READ_TABLE, "SELECT", "select 1 where exists (select 1 from D.S.T)"),
  onObject({ ...VIEW, title: "Object" }, "SELECT", "select * from D.S.V"),
  onObject({ ...DYNAMIC_TABLE, title: "Object" }, "SELECT", "select * from D.S.DT"),
  // DML.
  onObject(TABLE, "INSERT", "insert into D.S.T values (3, 'z')"),
  onObject(READ_TABLE, "UPDATE", "update D.S.T set a = 4"),
  onObject(READ_TABLE, "DELETE", "delete from D.S.T"),
  onObject(TABLE, "TRUNCATE", "truncate table D.S.T"),
  // DDL of tables and views.
  owned(TABLE, "alter table D.S.T add column extra number", ["alter table D.S.T drop column extra"]),
  owned(TABLE, "alter table D.S.T rename column b to bb", ["alter table D.S.T rename column bb to b"]),
  owned(TABLE, "alter table D.S.T set comment = 'x'"),
  owned(TABLE, "alter table D.S.T cluster by (a)", ["alter table D.S.T drop clustering key"]),
  owned(TABLE, "comment on table D.S.T is 'x'"),
  { ...owned(TABLE, "comment if exists on table D.S.T is 'x'"), hidden: null },
  owned(TABLE, "drop table D.S.T", ["undrop table D.S.T"]),
  { ...owned(TABLE, "drop table if exists D.S.T", ["undrop table D.S.T"]), hidden: null },
  owned(VIEW, "alter view D.S.V set comment = 'x'"),
  owned(VIEW, "alter view D.S.V set secure", ["alter view D.S.V unset secure"]),
  owned(VIEW, "drop view D.S.V", ["create view D.S.V as select a from D.S.T"]),
  owned(DYNAMIC_TABLE, "drop dynamic table D.S.DT", ["undrop dynamic table D.S.DT"]),
  onObject(DYNAMIC_TABLE, "OPERATE", "alter dynamic table D.S.DT suspend", ["alter dynamic table D.S.DT resume"]),
  onObject(DYNAMIC_TABLE, "OPERATE", "alter dynamic table D.S.DT resume"),
  onObject(DYNAMIC_TABLE, "OPERATE", "alter dynamic table D.S.DT set target_lag = '2 minutes'"),
  // Other objects of a schema.
  owned(SEQUENCE, "alter sequence D.S.Q set increment = 2"),
  owned(SEQUENCE, "drop sequence D.S.Q", ["create sequence D.S.Q"]),
  owned(STAGE, "alter stage D.S.ST set comment = 'x'"),
  owned(STAGE, "drop stage D.S.ST", ["create stage D.S.ST"]),
  owned(FORMAT, "alter file format D.S.FF set comment = 'x'"),
  owned(FORMAT, "drop file format D.S.FF", ["create file format D.S.FF type = csv"]),
  owned(TAG, "alter tag D.S.TG set comment = 'x'"),
  owned(TAG, "drop tag D.S.TG", ["undrop tag D.S.TG"]),
  owned(STREAM, "alter stream D.S.STR set comment = 'x'"),
  owned(STREAM, "drop stream D.S.STR", ["create stream D.S.STR on table D.S.T"]),
  owned(PROCEDURE, "alter procedure D.S.P(number) set comment = 'x'"),
  owned(PROCEDURE, "alter procedure D.S.P(number) execute as caller"),
  owned(PROCEDURE, "drop procedure D.S.P(number)", [
    "create procedure D.S.P(x number) returns number language sql as 'begin return x; end'",
  ]),
  owned(FUNCTION, "alter function D.S.F(number) set comment = 'x'"),
  owned(FUNCTION, "drop function D.S.F(number)", ["create function D.S.F(x number) returns number as 'x + 1'"]),
  owned(TASK, "alter task D.S.TK set comment = 'x'"),
  onObject(TASK, "OPERATE", "alter task D.S.TK suspend"),
  owned(TASK, "drop task D.S.TK", ["create task D.S.TK warehouse = W schedule = '60 minutes' as select 1"]),
  owned(ALERT, "alter alert D.S.AL set comment = 'x'"),
  onObject(ALERT, "OPERATE", "alter alert D.S.AL suspend"),
  owned(ALERT, "drop alert D.S.AL", [
    "create alert D.S.AL warehouse = W schedule = '60 minutes' if (exists (select 1)) then select 1",
  ]),
  owned({ type: "NETWORK RULE", name: "NR", seenBy: "USAGE" }, "describe network rule D.S.NR"),
  // What any privilege allows.
  ...[
    [TABLE, "describe table D.S.T", "SELECT"],
    [VIEW, "describe view D.S.V", "SELECT"],
    [SEQUENCE, "describe sequence D.S.Q", "USAGE"],
    [PROCEDURE, "describe procedure D.S.P(number)", "USAGE"],
    [FUNCTION, "describe function D.S.F(number)", "USAGE"],
    [TASK, "describe task D.S.TK", "MONITOR"],
    [STREAM, "describe stream D.S.STR", "SELECT"],
    [STAGE, "describe stage D.S.ST", "READ"],
    [FORMAT, "describe file format D.S.FF", "USAGE"],
    [TABLE, "show grants on table D.S.T", "SELECT"],
  ].map(([facts, sql, privilege]) => {
    const { seenBy: _, ...rest } = facts as ObjectFacts;
    return onObject(rest, privilege as string, sql as string);
  }),
  // New objects.
  create("CREATE TABLE", "create table D.S.NEW (a number)", "drop table D.S.NEW"),
  create("CREATE TABLE", "create table if not exists D.S.NEW (a number)", "drop table D.S.NEW"),
  create("CREATE TABLE", "create or replace table D.S.NEW (a number)", "drop table D.S.NEW"),
  create("CREATE TABLE", "create transient table D.S.NEW as select 1 as a", "drop table D.S.NEW"),
  create("CREATE VIEW", "create view D.S.NEW as select 1 as a", "drop view D.S.NEW"),
  create("CREATE SEQUENCE", "create sequence D.S.NEW", "drop sequence D.S.NEW"),
  create("CREATE STAGE", "create stage D.S.NEW", "drop stage D.S.NEW"),
  create("CREATE FILE FORMAT", "create file format D.S.NEW type = json", "drop file format D.S.NEW"),
  create("CREATE TAG", "create tag D.S.NEW", "drop tag D.S.NEW"),
  create(
    "CREATE PROCEDURE",
    "create procedure D.S.NEW() returns number language sql as 'begin return 1; end'",
    "drop procedure D.S.NEW()",
  ),
  create("CREATE FUNCTION", "create function D.S.NEW() returns number as '1'", "drop function D.S.NEW()"),
  // Databases and schemas.
  {
    sql: "create schema D.NEW",
    needs: [DATABASE, "CREATE SCHEMA ON DATABASE D"],
    refused: lacks("database", "D", "CREATE SCHEMA", "DATABASE D"),
    restore: ["drop schema D.NEW"],
  },
  {
    sql: "create database role D.NEW",
    needs: [DATABASE, "CREATE DATABASE ROLE ON DATABASE D"],
    refused: lacks("database", "D", "CREATE DATABASE ROLE", "DATABASE D"),
    restore: ["drop database role D.NEW"],
  },
  {
    sql: "alter schema D.S set comment = 'x'",
    needs: [DATABASE, "MODIFY ON SCHEMA D.S"],
    seenBy: "USAGE ON SCHEMA D.S",
    hidden: missing("Schema", "D.S"),
    refused: lacks("schema", "S", "MODIFY", "SCHEMA D.S"),
  },
  {
    sql: "drop schema D.S",
    needs: [DATABASE, "OWNERSHIP ON SCHEMA D.S"],
    seenBy: "USAGE ON SCHEMA D.S",
    hidden: missing("Schema", "D.S"),
    refused: lacks("schema", "S", "OWNERSHIP", "SCHEMA D.S"),
    restore: ["undrop schema D.S"],
  },
  {
    sql: "alter database D set comment = 'x'",
    needs: ["MODIFY ON DATABASE D"],
    seenBy: "USAGE ON DATABASE D",
    hidden: missing("Database", "D"),
    refused: lacks("database", "D", "MODIFY", "DATABASE D"),
  },
  {
    sql: "drop database D",
    needs: ["OWNERSHIP ON DATABASE D"],
    seenBy: "USAGE ON DATABASE D",
    hidden: missing("Database", "D"),
    refused: lacks("database", "D", "OWNERSHIP", "DATABASE D"),
    restore: ["undrop database D"],
  },
  // The account.
  onAccount("CREATE DATABASE", "create database NEW", "drop database NEW"),
  onAccount("CREATE WAREHOUSE", "create warehouse NEW", "drop warehouse NEW"),
  onAccount("CREATE ROLE", "create role NEW", "drop role NEW"),
  onAccount("CREATE USER", "create user NEW", "drop user NEW"),
  onAccount(
    "CREATE NETWORK POLICY",
    "create network policy NEW allowed_ip_list = ('127.0.0.1')",
    "drop network policy NEW",
  ),
  ...(
    [
      ["SET", "MODIFY", "alter warehouse W2 set comment = 'x'"],
      ["SUSPEND", "OPERATE", "alter warehouse W2 resume if suspended"],
      ["DROP", "OWNERSHIP", "drop warehouse W2"],
    ] as const
  ).map(
    ([action, privilege, sql]): PrivilegeCase => ({
      sql,
      needs: [`${privilege} ON WAREHOUSE W2`],
      seenBy: "MONITOR ON WAREHOUSE W2",
      hidden: missing("Warehouse", "W2"),
      refused: lacks("warehouse", "W2", privilege, "WAREHOUSE W2"),
      restore: action === "DROP" ? ["create warehouse W2"] : [],
    }),
  ),
  {
    sql: "drop role OTHER",
    needs: ["OWNERSHIP ON ROLE OTHER"],
    refused: lacks("role", "OTHER", "OWNERSHIP", "ROLE OTHER"),
    restore: ["create role OTHER"],
  },
  {
    sql: "alter role OTHER set comment = 'x'",
    needs: ["OWNERSHIP ON ROLE OTHER"],
    refused: lacks("role", "OTHER", "OWNERSHIP", "ROLE OTHER"),
  },
  {
    sql: "drop user SOMEONE",
    needs: ["OWNERSHIP ON USER SOMEONE"],
    refused: lacks("user", "SOMEONE", "OWNERSHIP", "USER SOMEONE"),
    restore: ["create user SOMEONE"],
  },
  {
    sql: "alter user SOMEONE set comment = 'x'",
    needs: ["OWNERSHIP ON USER SOMEONE"],
    refused: lacks("user", "SOMEONE", "OWNERSHIP", "USER SOMEONE"),
  },
  {
    sql: "alter resource monitor RM set credit_quota = 2",
    needs: ["MODIFY ON RESOURCE MONITOR RM"],
    seenBy: "MONITOR ON RESOURCE MONITOR RM",
    hidden: missing("Resource monitor", "RM"),
    refused: lacks("resource_monitor", "RM", "MODIFY", "RESOURCE MONITOR RM"),
  },
  {
    sql: "drop network policy NP",
    needs: ["OWNERSHIP ON NETWORK POLICY NP"],
    seenBy: "USAGE ON NETWORK POLICY NP",
    hidden: missing("Network policy", "NP"),
    refused: lacks("network_policy", "NP", "OWNERSHIP", "NETWORK POLICY NP"),
    restore: ["create network policy NP allowed_ip_list = ('127.0.0.1')"],
  },
];
