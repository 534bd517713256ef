import { type Area, probe } from "../probe";

const DML = "tests/local/dml/changes.test.ts";
const MERGE = "tests/local/dml/merge.test.ts";
const OBJECTS = "tests/local/ddl/objects.test.ts";
const STAGES = "tests/local/stages/copyInto.test.ts";
const SESSION = "tests/local/server/session.test.ts";

export const statements: Area = {
  title: "Sessions, changes of data, transactions",
  probes: [
    probe("USE, SET variables, session parameters", SESSION, "set X = 7", "alter session set TIMEZONE = 'UTC'", [
      "select $X",
      "7",
    ]),
    probe(
      "INSERT, UPDATE, DELETE, TRUNCATE",
      DML,
      "create table T (A number)",
      "insert into T values (1), (2)",
      "update T set A = A + 1",
      "delete from T where A = 2",
      ["select A from T", "3"],
    ),
    probe("INSERT OVERWRITE", DML, "create table T as select 1 as A", "insert overwrite into T values (5)", [
      "select A from T",
      "5",
    ]),
    probe(
      "Multi-table INSERT ALL / FIRST",
      DML,
      "create table T1 (A number)",
      "create table T2 (A number)",
      "insert all into T1 into T2 select 1",
      ["select count(*) from T2", "1"],
    ),
    probe(
      "MERGE",
      MERGE,
      "create table T as select 1 as ID, 'a' as V",
      "merge into T using (select 1 as ID, 'b' as V) s on T.ID = s.ID when matched then update set V = s.V when not matched then insert values (s.ID, s.V)",
      ["select V from T", "b"],
    ),
    probe(
      "Transactions; DDL commits",
      "tests/local/server/transactions.test.ts",
      "create table T (A number)",
      "begin",
      "insert into T values (1)",
      "rollback",
      ["select count(*) from T", "0"],
    ),
    probe(
      "Time travel AT and BEFORE",
      "tests/local/streams/timeTravel.test.ts",
      "create table T as select 1 as A",
      "set Q = last_query_id()",
      "insert into T values (2)",
      ["select count(*) from T at (statement => $Q)", "1"],
    ),
    probe(
      "CLONE of tables, schemas and databases",
      OBJECTS,
      "create table T as select 1 as A",
      "create table C clone T",
      ["select A from C", "1"],
    ),
    probe("UNDROP", OBJECTS, "create table T as select 1 as A", "drop table T", "undrop table T", [
      "select A from T",
      "1",
    ]),
    probe(
      "CREATE OR ALTER",
      OBJECTS,
      "create or alter table T (A number)",
      "create or alter table T (A number, B varchar)",
      ["select count(*) from P.INFORMATION_SCHEMA.COLUMNS where TABLE_NAME = 'T'", "2"],
    ),
    probe("RESULT_SCAN, LAST_QUERY_ID, ->>", SESSION, ["select 5 as A ->> select A + 1 from $1", "6"]),
    probe("Sequences and AUTOINCREMENT", "tests/local/dml/sequences.test.ts", "create sequence Q start 5", [
      "select Q.nextval",
      "5",
    ]),
    probe("EXPLAIN", SESSION, "explain select 1"),
    probe(
      "COPY INTO a table from a stage",
      STAGES,
      "create stage ST",
      "create table T (A number)",
      "copy into @ST/x from (select 1 as A) file_format = (type = csv compression = none)",
      "copy into T from @ST file_format = (type = csv)",
      ["select A from T", "1"],
    ),
    probe(
      "COPY INTO a stage, partitioned",
      "tests/local/stages/unload.test.ts",
      "create stage ST",
      "copy into @ST from (select object_construct('A', 1) as A) partition by ('p=' || A:A) file_format = (type = json)",
    ),
    probe(
      "LIST and REMOVE files of a stage",
      "tests/local/stages/files.test.ts",
      "create stage ST",
      "list @ST",
      "remove @ST",
    ),
    probe(
      "SELECT from staged files",
      STAGES,
      "create stage ST",
      "copy into @ST/x from (select 7 as A) file_format = (type = csv compression = none)",
      "create file format FF type = csv",
      ["select $1 from @ST (file_format => 'FF')", "7"],
    ),
    probe(
      "Parquet files: COPY both ways, SELECT, INFER_SCHEMA",
      "tests/local/stages/parquet.test.ts",
      "create stage ST",
      "create file format PQ type = parquet",
      "copy into @ST/x from (select 7 as A) file_format = (type = parquet) header = true",
      ["select $1:A from @ST (file_format => 'PQ')", "7"],
      ["select COLUMN_NAME, TYPE from table(infer_schema(location => '@ST', file_format => 'PQ'))", "A NUMBER(1, 0)"],
    ),
    probe(
      "Avro, ORC and XML files",
      STAGES,
      "create stage ST",
      "copy into @ST from (select 1) file_format = (type = avro)",
    ),
    probe("External stages (S3, Azure, GCS)", STAGES, "create stage ST url = 's3://bucket/path'", "list @ST"),
  ],
};
