import { type Area, probe } from "../probe";

const OBJECTS = "tests/local/ddl/objects.test.ts";
const LIFECYCLE = "tests/local/plugin/lifecycle.test.ts";
const GET_DDL = "tests/local/ddl/getDdl.test.ts";

const refused = (feature: string, ...sql: string[]) => probe(feature, OBJECTS, ...sql);

export const objects: Area = {
  title: "Objects",
  probes: [
    probe(
      "Databases and schemas, transient, managed access",
      LIFECYCLE,
      "create transient schema X with managed access",
      "drop schema P.X",
    ),
    probe(
      "Tables: permanent, transient, temporary",
      OBJECTS,
      "create transient table T (A number)",
      "create temporary table T2 (A number)",
    ),
    probe(
      "Constraints, recorded and listed",
      OBJECTS,
      "create table T (A number primary key, B number unique)",
      "show primary keys in table T",
    ),
    probe(
      "Clustering keys and search optimization, recorded",
      OBJECTS,
      "create table T (A number) cluster by (A)",
      "alter table T add search optimization on equality(A)",
    ),
    probe("Views, secure and recursive", LIFECYCLE, "create secure view V as select 1 as A", ["select A from V", "1"]),
    probe(
      "Warehouses: suspend, resume, meter credits",
      "tests/local/warehouses/meter.test.ts",
      "create warehouse P_WH initially_suspended = true",
      "alter warehouse P_WH resume",
      "drop warehouse P_WH",
    ),
    probe(
      "Resource monitors",
      LIFECYCLE,
      "create resource monitor P_RM with credit_quota = 5",
      "drop resource monitor P_RM",
    ),
    probe("Users, service users, key pairs", LIFECYCLE, "create user P_U type = service", "drop user P_U"),
    probe(
      "Roles and database roles",
      LIFECYCLE,
      "create role P_R",
      "create database role P.DR",
      "drop role P_R",
      "drop database role P.DR",
    ),
    probe(
      "Network policies and network rules, applied to logins",
      "tests/local/server/networkPolicy.test.ts",
      "create network rule NR type = ipv4 value_list = ('127.0.0.1')",
      "create network policy P_NP allowed_network_rule_list = (NR)",
      "drop network policy P_NP",
    ),
    probe(
      "Password and authentication policies, enforced where they are attached",
      "tests/local/server/loginPolicies.test.ts",
      "create password policy PP password_min_length = 12",
      "create user P_U",
      "alter user P_U set password policy PP",
      "drop user P_U",
    ),
    probe(
      "Secrets and API, storage, notification and security integrations, as names and settings",
      "tests/local/ddl/settled.test.ts",
      "create secret SE type = generic_string secret_string = 'x'",
      "create api integration P_AI api_provider = aws_api_gateway api_aws_role_arn = 'arn:aws:iam::1:role/r' api_allowed_prefixes = ('https://x.execute-api.eu-west-1.amazonaws.com/') enabled = true",
      "drop integration P_AI",
      "create storage integration P_SI type = external_stage storage_provider = 'S3' enabled = true storage_aws_role_arn = 'x' storage_allowed_locations = ('s3://x')",
      "drop integration P_SI",
    ),
    probe("Stages and file formats", LIFECYCLE, "create stage ST", "create file format FF type = json"),
    probe("Tags on objects and columns", OBJECTS, "create tag TG", "create table T (A number) with tag (TG = 'x')", [
      "select TAG_VALUE from table(P.INFORMATION_SCHEMA.TAG_REFERENCES('T', 'table'))",
      "x",
    ]),
    probe("GET_DDL", GET_DDL, "create table T (A number)", "select get_ddl('TABLE', 'T')"),
    probe(
      "SHOW with LIKE, STARTS WITH, LIMIT … FROM, IN, TERSE",
      OBJECTS,
      "show terse tables like 'X%' in schema P.S limit 5 from 'A'",
      "show tables in schema P.S starts with 'X'",
    ),
    probe("DESCRIBE of every kind of object", OBJECTS, "create table T (A number)", "describe table T"),
    probe("INFORMATION_SCHEMA", OBJECTS, "create table T (A number)", [
      "select TABLE_NAME from P.INFORMATION_SCHEMA.TABLES where TABLE_SCHEMA = 'S'",
      "T",
    ]),
    probe("SNOWFLAKE.ACCOUNT_USAGE", OBJECTS, "select count(*) from SNOWFLAKE.ACCOUNT_USAGE.QUERY_HISTORY"),
    refused("External tables", "create external table T location = @X file_format = (type = csv)"),
    refused("Iceberg tables", "create iceberg table T (A number)"),
    refused("Hybrid tables", "create hybrid table T (A number primary key)"),
    refused("Event tables", "create event table T"),
    refused("Materialized views", "create materialized view V as select 1 as A"),
    probe(
      "Masking and row access policies, kept and described",
      "tests/local/ddl/bodyPolicies.test.ts",
      "create masking policy MP as (V varchar) returns varchar -> V",
      "create row access policy RP as (V varchar) returns boolean -> true",
    ),
    probe(
      "Masking and row access policies, attached to relations and applied",
      "tests/local/privileges/policies.test.ts",
      "create table T (A varchar, B varchar)",
      "insert into T values ('a', 'seen'), ('b', 'hidden')",
      "create masking policy MP as (V varchar) returns varchar -> '*'",
      "create row access policy RP as (V varchar) returns boolean -> V = 'seen'",
      "alter table T modify column A set masking policy MP",
      "alter table T add row access policy RP on (B)",
      ["select A || count(*) over () from T", "*1"],
    ),
    refused(
      "Masking and row access policies of tags; aggregation, join and projection policies",
      "create tag TG",
      "create masking policy MP as (V varchar) returns varchar -> V",
      "alter tag TG set masking policy MP",
    ),
    probe(
      "Pipes, that no cloud tells of new files",
      "tests/local/stages/pipes.test.ts",
      "create table T (A number)",
      "create stage ST",
      "create pipe PI as copy into T from @ST",
      "describe pipe PI",
    ),
    probe(
      "Shares, that nobody takes",
      "tests/local/ddl/shares.test.ts",
      "create share P_SH",
      "grant usage on database P to share P_SH",
      "drop share P_SH",
    ),
    refused("Session policies", "create session policy SP"),
    refused("Semantic views", "create semantic view SV tables (T) dimensions (T.A as A)"),
    refused(
      "Replication and failover groups",
      "create replication group RG object_types = databases allowed_accounts = A.B",
    ),
  ],
};
