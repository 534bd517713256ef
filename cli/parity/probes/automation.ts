import { type Area, probe } from "../probe";

const BLOCKS = "tests/local/scripting/blocks.test.ts";
const PROCEDURES = "tests/local/scripting/procedures.test.ts";
const REFRESH = "tests/local/dynamicTables/refresh.test.ts";

export const automation: Area = {
  title: "Scripting, dynamic tables, streams, tasks, alerts",
  probes: [
    probe("Blocks, variables, IF, CASE, loops", BLOCKS, [
      "begin let n := 0; for i in 1 to 3 do if (i = 2) then n := n + 10; else n := n + i; end if; end for; case (n) when 14 then return 'yes'; else return n; end; end",
      "yes",
    ]),
    probe(
      "Cursors and RESULTSET",
      "tests/local/scripting/cursors.test.ts",
      [
        "declare c cursor for select column1 as A from values (1), (2); s number default 0; begin for r in c do s := s + r.A; end for; return s; end",
        "3",
      ],
      ["begin let r resultset := (select 5 as A); return table(r); end", "5"],
    ),
    probe(
      "Exceptions: RAISE, SQLCODE, SQLERRM, WHEN OTHER",
      "tests/local/scripting/exceptions.test.ts",
      [
        "declare e exception (-20001, 'told'); begin raise e; exception when e then return sqlcode || ' ' || sqlerrm; end",
        "-20001 told",
      ],
      ["begin select 1 / 0; exception when other then return sqlstate; end", "22012"],
    ),
    probe(
      "SQL procedures: named, default and OUT arguments, overloads",
      PROCEDURES,
      "create procedure PR(A number, B number default 2) returns number language sql as 'begin return A + B; end'",
      ["call PR(A => 5)", "7"],
      "create procedure PR(A varchar) returns varchar language sql as 'begin return A; end'",
      ["call PR('a')", "a"],
      "create procedure PO(A out number) returns varchar language sql as 'begin A := 3; end'",
      ["begin let n number := 0; call PO(:n); return n; end", "3"],
    ),
    probe(
      "EXECUTE IMMEDIATE FROM a file of a stage, without templates",
      "tests/local/scripting/executeImmediateFrom.test.ts",
      "create stage ST",
      "copy into @ST/x.sql from (select 'select 42') file_format = (type = csv compression = none) single = true",
      ["execute immediate from @ST/x.sql", "42"],
    ),
    probe("SYSTEM$LOG and events of spans while nothing keeps them", "tests/local/cases/cases.test.ts", [
      "execute immediate 'begin system$log(''info'', ''x''); return 1; end'",
      "1",
    ]),
    probe(
      "Asynchronous child jobs",
      "tests/local/scripting/asyncJobs.test.ts",
      "create table T (A number)",
      "begin async (insert into T values (1)); await all; return 1; end",
    ),
    probe(
      "SQL user-defined functions",
      "tests/local/scripting/userFunctions.test.ts",
      "create function F(X number) returns number as 'X * 2'",
      ["select F(4)", "8"],
    ),
    probe(
      "JavaScript functions",
      "tests/local/scripting/javascriptHandlers.test.ts",
      "create function FJ(X float) returns float language javascript as 'return X * 2;'",
      ["select FJ(4)", "8"],
    ),
    probe(
      "JavaScript table functions, with partitions",
      "tests/local/scripting/javascriptTableFunctions.test.ts",
      "create function FT(X float) returns table (Y float) language javascript as '{ processRow: (row, writer) => writer.writeRow({Y: row.X * 2}) }'",
      ["select Y from table(FT(4))", "8"],
    ),
    probe(
      "JavaScript procedures",
      "tests/local/scripting/javascriptProcedures.test.ts",
      `create procedure PJ() returns float language javascript as 'var rs = snowflake.execute({sqlText: "select 41"}); rs.next(); return rs.getColumnValue(1) + 1;'`,
      ["call PJ()", "42"],
    ),
    probe(
      "Python, Java and Scala routines",
      PROCEDURES,
      "create procedure PY() returns varchar language python runtime_version = '3.11' packages = ('snowflake-snowpark-python') handler = 'run' as 'def run(s): return 1'",
    ),
    probe(
      "Dynamic tables, INCREMENTAL and FULL, target lag, manual refresh",
      REFRESH,
      "create table T as select 1 as A",
      "create dynamic table DT target_lag = '1 hour' warehouse = COMPUTE_WH refresh_mode = incremental as select A, count(*) as N from T group by A",
      "insert into T values (1)",
      "alter dynamic table DT refresh",
      ["select N from DT", "2"],
      "create dynamic table DF target_lag = '1 hour' warehouse = COMPUTE_WH refresh_mode = full as select A from T",
      "insert into T values (1)",
      "alter dynamic table DF refresh",
      ["select count(*) from DF", "3"],
    ),
    probe(
      "Reasons why a query cannot be INCREMENTAL",
      "tests/local/dynamicTables/create.test.ts",
      "create table T as select 1 as A",
      "create dynamic table DT target_lag = '1 hour' warehouse = COMPUTE_WH as select A from T limit 1",
      ['show dynamic tables ->> select "refresh_mode" from $1', "FULL"],
    ),
    probe(
      "Streams on tables: default and append-only",
      "tests/local/streams/streams.test.ts",
      "create table T (A number)",
      "create stream ST on table T",
      "insert into T values (1)",
      ["select METADATA$ACTION from ST", "INSERT"],
    ),
    probe(
      "Tasks: schedules, graphs, EXECUTE TASK",
      "tests/local/tasks/tasks.test.ts",
      "create task TK warehouse = COMPUTE_WH schedule = '60 minutes' as select 1",
      "execute task TK",
    ),
    probe(
      "Serverless tasks",
      "tests/local/tasks/tasks.test.ts",
      "create task TK schedule = '60 minutes' as select 1",
      "alter task TK resume",
      "alter task TK suspend",
    ),
    probe(
      "Alerts on schedules",
      "tests/local/alerts/alerts.test.ts",
      "create alert AL warehouse = COMPUTE_WH schedule = '60 minutes' if (exists (select 1)) then select 1",
      "execute alert AL",
    ),
    probe(
      "Serverless alerts",
      "tests/local/alerts/alerts.test.ts",
      "create alert AL schedule = '60 minutes' if (exists (select 1)) then select 1",
      "execute alert AL",
    ),
    probe(
      "Alerts on new data",
      "tests/local/alerts/alerts.test.ts",
      "create alert AL warehouse = COMPUTE_WH if (exists (select 1)) then select 1",
    ),
  ],
};
