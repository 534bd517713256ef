import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

const OBJECTS: [type: string, name: string, create: string][] = [
  ["TAG", "TG", "create tag TG allowed_values 'a', 'it''s' comment = 'a tag'"],
  ["SEQUENCE", "Q", "create sequence Q start 5 increment 2 order comment = 'counts'"],
  [
    "FILE_FORMAT",
    "FF",
    "create file format FF type = csv field_delimiter = '|' null_if = ('', 'NULL') skip_header = 1",
  ],
  [
    "TABLE",
    "T",
    "create table T (ID number not null primary key, B varchar(10) default 'x' unique comment 'it''s', C timestamp_ntz default current_timestamp(), N number identity(5, 2), PARENT number, constraint FK foreign key (PARENT) references T (ID)) cluster by (ID, to_date(C)) comment = 'a table'",
  ],
  ["TABLE", "TT", 'create transient table TT (A variant, "b c" boolean)'],
  ["VIEW", "V", "create secure view V (X comment 'first', Y) comment = 'a view' as select ID, B from T"],
  [
    "PROCEDURE",
    "P(NUMBER, VARCHAR)",
    "create procedure P(x number, y varchar default 'a') returns table (a number) language sql strict comment = 'runs' execute as caller as 'begin return table(select ''q'' as a); end'",
  ],
  ["FUNCTION", "F(NUMBER)", "create function F(x number) returns number not null immutable as 'x + 1'"],
  ["STREAM", "STR", "create stream STR on table T append_only = true comment = 'changes'"],
  [
    "DYNAMIC_TABLE",
    "DT",
    "create dynamic table DT target_lag = '1 hour' warehouse = COMPUTE_WH refresh_mode = incremental comment = 'counts' as select B, count(*) as N from T group by B",
  ],
  [
    "TASK",
    "TK",
    "create task TK warehouse = COMPUTE_WH schedule = '60 minutes' comment = 'runs' when 1 = 1 as select 1",
  ],
  [
    "ALERT",
    "AL",
    "create alert AL warehouse = COMPUTE_WH schedule = 'USING CRON 0 5 * * * UTC' if (exists (select 1 where 1 = 0)) then select 2",
  ],
  ["WAREHOUSE", "W2", "create warehouse W2 warehouse_size = small auto_suspend = 60 comment = 'computes'"],
];

describe("GET_DDL", () => {
  let server: LocalServer;
  let connection: snowflake.Connection;

  before(async () => {
    server = await startServer();
    connection = await connect(server);
    for (const sql of ["create database D", "create schema D.S", "use schema D.S"]) await query(connection, sql);
    for (const [, , create] of OBJECTS) await query(connection, create);
  });

  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  const ddl = async (type: string, name: string, qualified = false): Promise<string> =>
    (await query(connection, `select get_ddl('${type}', '${name}', ${qualified}) as TEXT`))[0]?.["TEXT"] as string;

  it("prints a table with its constraints after its columns", async () => {
    assert.equal(
      await ddl("TABLE", "T"),
      [
        "create or replace TABLE T cluster by (ID, to_date(C))(",
        "\tID NUMBER(38,0) NOT NULL,",
        "\tB VARCHAR(10) DEFAULT 'x' COMMENT 'it''s',",
        "\tC TIMESTAMP_NTZ(9) DEFAULT current_timestamp(),",
        "\tN NUMBER(38,0) autoincrement start 5 increment 2 noorder,",
        "\tPARENT NUMBER(38,0),",
        "\tprimary key (ID),",
        "\tunique (B),",
        "\tconstraint FK foreign key (PARENT) references D.S.T(ID)",
        ")COMMENT='a table'",
        ";",
      ].join("\n"),
    );
  });

  it("prints a view with its columns, TABLE and VIEW being interchangeable", async () => {
    const text =
      "create or replace secure view D.S.V(\n\tX COMMENT 'first',\n\tY\n) COMMENT='a view'\n as select ID, B from T;";
    assert.equal(await ddl("TABLE", "D.S.V", true), text);
    assert.equal(await ddl("view", "v", true), text);
  });

  for (const [type, name] of OBJECTS) {
    it(`makes ${type} ${name} again as it was`, async () => {
      const text = await ddl(type, name);
      await query(connection, text.replace(/;$/, ""));
      assert.equal(await ddl(type, name), text);
    });
  }

  it("prints a schema with everything in it, a database with its schemas", async () => {
    const schema = await ddl("SCHEMA", "D.S");
    assert.ok(schema.startsWith("create or replace schema S;\n\ncreate or replace tag TG "), schema);
    assert.equal(schema.split("create or replace").length - 1 + schema.split("CREATE OR REPLACE").length - 1, 13);
    const database = await ddl("DATABASE", "D", true);
    assert.ok(database.startsWith("create or replace database D;\n\ncreate or replace schema D.PUBLIC;\n\n"), database);
    assert.ok(database.includes("create or replace TABLE D.S.T "), database);
  });

  it("refuses what is missing, unknown or another's secret", async () => {
    const refused = (sql: string, message: string) => assert.rejects(query(connection, sql), { message });
    await refused(
      "select get_ddl('TABLE', 'NOWHERE')",
      "SQL compilation error:\nTable 'NOWHERE' does not exist or not authorized.",
    );
    await refused("select get_ddl('NONSENSE', 'T')", "Unsupported feature 'GET_DDL of NONSENSE'.");
    for (const sql of [
      "create role READER",
      "create role OTHER",
      "grant role READER to user ADMIN",
      "grant usage on database D to role READER",
      "grant usage on schema D.S to role READER",
      "grant select on view D.S.V to role READER",
      "use secondary roles none",
      "use role READER",
    ]) {
      await query(connection, sql);
    }
    await refused(
      "select get_ddl('VIEW', 'D.S.V')",
      "SQL access control error:\nInsufficient privileges to operate on view 'V'. Your primary role READER must have OWNERSHIP granted on TABLE D.S.V.",
    );
  });
});
