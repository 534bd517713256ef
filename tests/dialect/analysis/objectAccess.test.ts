import assert from "node:assert/strict";
import { objectAccess, parseStatement, reads, writes } from "../../../dialect/index";

/** `READ TABLE D.S.T`, with the owners of the bodies in front: `VIEW V: READ TABLE T`. */
function uses(sql: string, constants?: Record<string, string>): string[] {
  const known = new Map(Object.entries(constants ?? {}));
  return objectAccess(parseStatement(sql), { constants: known }).uses.map(({ action, objectType, name, within }) => {
    const owners = within.map((owner) => `${owner.objectType} ${owner.name?.join(".") ?? "?"}: `).join("");
    return `${owners}${action} ${objectType} ${name?.join(".") ?? "?"}`;
  });
}

function check(cases: Record<string, string[]>): void {
  for (const [sql, expected] of Object.entries(cases)) assert.deepEqual(uses(sql), expected, sql);
}

describe("a query reads", () => {
  it("the tables of FROM, of subqueries and of set operators", () => {
    check({
      "select (select max(a) from d.s.u) from t join v using (a) where b in (select b from w) union select 1 from x": [
        "READ TABLE D.S.U",
        "READ TABLE T",
        "READ TABLE V",
        "READ TABLE W",
        "READ TABLE X",
      ],
      'select * from "t" at (offset => -60), d..u': ["READ TABLE t", "READ TABLE D..U"],
    });
  });
  it("no common table expression, but a table that one shadows", () => {
    check({
      "with a as (select * from t), b as (select * from a) select * from a, b, c": ["READ TABLE T", "READ TABLE C"],
      "with t as (select * from t) select * from t": ["READ TABLE T"],
      "with r as (select 1 as n from s union all select n + 1 from r) select * from r": ["READ TABLE S"],
      "with recursive r as (select * from r) select 1": [],
      "select * from (with a as (select 1) select * from a) x, a": ["READ TABLE A"],
      "with a as (select 1) select * from d.s.a": ["READ TABLE D.S.A"],
      "with p as procedure () returns int language sql as 'begin return 1; end', a as (select * from t), b as (select * from a) call p()":
        ["READ TABLE T"],
    });
  });
  it("stages, sequences, functions of the user and tables named by a value", () => {
    check({
      "select q.nextval, f(a), d.s.g(upper(b)) from @stage/x (pattern => 'a'), @%t, @~, table('d.s.u'), table(h(1))": [
        "READ SEQUENCE Q",
        "CALL FUNCTION F",
        "CALL FUNCTION D.S.G",
        "READ STAGE STAGE",
        "READ TABLE STAGE T",
        "READ TABLE D.S.U",
        "CALL FUNCTION H",
      ],
      "select snowflake.cortex.complete('m', 'x'), system$typeof(a) from table(information_schema.tables())": [],
    });
  });
  it("the stages and the queries that functions are handed, and no result set", () => {
    check({
      "select get_presigned_url(@d.s.st, 'x') from table(infer_schema(location => '@\"my st\"/x', file_format => 'f'))":
        ["READ STAGE D.S.ST", "READ STAGE my st"],
      "select * from table(to_query('select * from t where a = :x', x => (select max(a) from u)))": [
        "READ TABLE T",
        "READ TABLE U",
      ],
      "begin let rs resultset := (select a from t); let n := (select count(*) from table(:rs)); end": ["READ TABLE T"],
    });
    const { uses: found, opaque } = objectAccess(parseStatement("select * from table(to_query($q))"));
    assert.deepEqual(
      [found, opaque.map(({ reason }) => reason)],
      [[], ["The query of TO_QUERY is known at run time only."]],
    );
  });
  it("SELF of REFRESH USING as the dynamic table, and what it is filled from", () => {
    check({
      "create dynamic table d.s.d (a int) target_lag = '1 minute' warehouse = w backfill from b refresh using (merge into self using (select a from s changes() join self) x on self.a = x.a when matched then delete)":
        [
          "CREATE DYNAMIC TABLE D.S.D",
          "READ TABLE B",
          "DYNAMIC TABLE D.S.D: MERGE TABLE D.S.D",
          "DYNAMIC TABLE D.S.D: READ TABLE S",
          "DYNAMIC TABLE D.S.D: READ TABLE D.S.D",
        ],
    });
  });
  it("what IDENTIFIER says, where that is known", () => {
    check({ "select * from identifier('d.s.t'), identifier(?)": ["READ TABLE D.S.T", "READ TABLE ?"] });
    assert.deepEqual(uses("select * from identifier($t).u, table($t)", { $T: "d.s" }), [
      "READ TABLE D.S.U",
      "READ TABLE D.S",
    ]);
  });
});

describe("a statement writes", () => {
  it("the table of INSERT, UPDATE, DELETE, MERGE, TRUNCATE and COPY", () => {
    check({
      "insert overwrite into t (a) select a from u": ["TRUNCATE TABLE T", "INSERT TABLE T", "READ TABLE U"],
      "insert all when a > 1 then into t else into u select a from v": [
        "INSERT TABLE T",
        "INSERT TABLE U",
        "READ TABLE V",
      ],
      "update t set a = (select 1 from u) from v where t.a = v.a": ["UPDATE TABLE T", "READ TABLE U", "READ TABLE V"],
      "delete from t using u where t.a = u.a": ["DELETE TABLE T", "READ TABLE U"],
      "merge into t using (select * from u) s on t.a = s.a when matched then delete": ["MERGE TABLE T", "READ TABLE U"],
      "copy into t from (select $1 from @s/a)": ["INSERT TABLE T", "READ STAGE S"],
      "copy into t": ["INSERT TABLE T", "READ TABLE STAGE T"],
      "copy into @s/x from t": ["INSERT STAGE S", "READ TABLE T"],
      "truncate table t": ["TRUNCATE TABLE T"],
      "put file:///a @s": ["INSERT STAGE S"],
      "remove @s/a": ["DELETE STAGE S"],
    });
  });
  it("objects by definition, and reads what they are made from", () => {
    check({
      "create external table e (a int as (value:c1::int)) location = @d.s.st/x file_format = (type = csv)": [
        "CREATE EXTERNAL TABLE E",
        "READ STAGE D.S.ST",
      ],
      "create table t as select * from u": ["CREATE TABLE T", "READ TABLE U"],
      "create table t like u": ["CREATE TABLE T", "READ TABLE U"],
      "create schema a clone b": ["CREATE SCHEMA A", "READ CLONED B"],
      "alter table t swap with u": ["ALTER TABLE T", "ALTER TABLE U"],
      "create stream s on table t": ["CREATE STREAM S", "READ TABLE T"],
      "drop view if exists v": ["DROP VIEW V"],
      "create warehouse w": ["CREATE WAREHOUSE W"],
    });
  });
  it("nothing by looking", () => {
    check({
      "show tables in schema s": [],
      "describe table t": [],
      "explain select * from t": [],
      "grant select on table t to role r": [],
      "use schema s": [],
    });
  });
});

describe("a body", () => {
  it("uses its objects when its owner runs", () => {
    check({
      "create view v as select * from t": ["CREATE VIEW V", "VIEW V: READ TABLE T"],
      "create dynamic table d.s.e target_lag = '1 minute' warehouse = w as select * from t": [
        "CREATE DYNAMIC TABLE D.S.E",
        "DYNAMIC TABLE D.S.E: READ TABLE T",
      ],
      "create task k warehouse = w as insert into t select * from u": [
        "CREATE TASK K",
        "TASK K: INSERT TABLE T",
        "TASK K: READ TABLE U",
      ],
      "create alert a if (exists (select 1 from t)) then call p()": [
        "CREATE ALERT A",
        "ALERT A: READ TABLE T",
        "ALERT A: CALL PROCEDURE P",
      ],
      "alter task k modify as delete from t": ["ALTER TASK K", "TASK K: DELETE TABLE T"],
      "create function f(a int) returns int as 'select max(b) from t'": [
        "CREATE FUNCTION F",
        "FUNCTION F: READ TABLE T",
      ],
      "create pipe p as copy into t from @s": ["CREATE PIPE P", "PIPE P: INSERT TABLE T", "PIPE P: READ STAGE S"],
      "create masking policy m as (v string) returns string -> case when exists (select 1 from t) then v end": [
        "CREATE MASKING POLICY M",
        "MASKING POLICY M: READ TABLE T",
      ],
    });
  });
  it("of a procedure is read through blocks, branches, loops, handlers and dynamic text", () => {
    const sql = `create procedure p(x varchar) returns int as $$
      declare
        c cursor for select * from cursored;
        text varchar default 'delete from ' || 'built';
        inner_one procedure () returns int as begin update nested set a = 1; return 1; end;
      begin
        if (x = 1) then insert into t values (1); else truncate table e; end if;
        for r in c do call inner_one(); call other(); end for;
        execute immediate 'drop table literal';
        execute immediate :text;
        execute immediate :x;
        return (select count(*) from counted);
      exception when other then insert into log select 1;
      end $$`;
    assert.deepEqual(
      uses(sql).map((use) => use.replace("PROCEDURE P: ", "")),
      [
        "CREATE PROCEDURE P",
        "READ TABLE CURSORED",
        "UPDATE TABLE NESTED",
        "INSERT TABLE T",
        "TRUNCATE TABLE E",
        "CALL PROCEDURE OTHER",
        "DROP TABLE LITERAL",
        "DELETE TABLE BUILT",
        "READ TABLE COUNTED",
        "INSERT TABLE LOG",
      ],
    );
    const { opaque } = objectAccess(parseStatement(sql));
    assert.deepEqual(
      opaque.map(({ reason, span }) => [sql.slice(span.start, span.end), reason]),
      [["execute immediate :x", "The text of EXECUTE IMMEDIATE is known at run time only."]],
    );
  });
  it("that is handed over as a reference is used by whoever it is handed to", () => {
    assert.deepEqual(uses("create snowflake.ml.forecast s.f(input_data => table(d.s.t), target => 'a')"), [
      "CREATE SNOWFLAKE.ML.FORECAST S.F",
      "READ TABLE D.S.T",
    ]);
    assert.deepEqual(uses("call f!forecast(input_data => system$query_reference('select * from t'))"), [
      "CALL INSTANCE F",
      "READ TABLE T",
    ]);
    assert.deepEqual(
      uses("call p(system$reference('view', 'v'), system$reference('TABLE', 't', 'SESSION', 'INSERT'))"),
      ["CALL PROCEDURE P", "READ VIEW V", "READ TABLE T", "INSERT TABLE T"],
    );
    assert.deepEqual(
      uses("with c as (select 1) select * from table(f(table(c))), table(g(table(identifier('s.t'))))"),
      ["CALL FUNCTION F", "CALL FUNCTION G", "READ TABLE S.T"],
    );
  });
  it("that names itself comes to an end", () => {
    const sql =
      "declare x string default 'select * from t, table(to_query(:x))'; begin select * from table(to_query(:x)); end";
    const { uses: found, opaque } = objectAccess(parseStatement(sql));
    assert.deepEqual(new Set(found.map(({ name }) => name?.join("."))), new Set(["T"]));
    assert.equal(opaque.length, 1);
    const many = "begin execute immediate :x; execute immediate :x; execute immediate :x; end";
    objectAccess(parseStatement(`declare x string default '${many}'; begin execute immediate :x; end`));
  });
  it("in another language or in a file cannot be told", () => {
    const reasons = (sql: string) => objectAccess(parseStatement(sql)).opaque.map(({ reason }) => reason);
    assert.deepEqual(reasons("create procedure p() returns int language javascript as 'x'"), [
      "The body is JAVASCRIPT.",
    ]);
    assert.deepEqual(reasons("execute immediate from @s/a.sql"), ["The statements stand in a file."]);
    assert.deepEqual(reasons("begin let t := 'selct ' || 1; execute immediate :t; end"), [
      "The text cannot be read: syntax error line 1 at position 0 unexpected 'selct'.",
    ]);
  });
});

describe("the uses of a statement", () => {
  it("are told apart into those that look and those that change", () => {
    const access = objectAccess(parseStatement("create table t as select f(a) from u"));
    assert.deepEqual(
      reads(access).map(({ name }) => name),
      [["F"], ["U"]],
    );
    assert.deepEqual(
      writes(access).map(({ name }) => name),
      [["T"]],
    );
  });
  it("point at their names, and at EXECUTE IMMEDIATE where the text was put together", () => {
    const sql = "begin delete from d.t; let s := 'delete from ' || 'u'; execute immediate :s; end";
    const places = objectAccess(parseStatement(sql)).uses.map(({ span }) => sql.slice(span.start, span.end));
    assert.deepEqual(places, ["d.t", "execute immediate :s"]);
  });
});
