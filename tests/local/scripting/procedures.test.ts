import { describeCases } from "./support";

/** Source: https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-snowflake-scripting, …/sql-reference/sql/call, …/calling */
describeCases("procedures", [
  {
    name: "overloads are told apart by the types of arguments",
    sql: [
      "CREATE PROCEDURE p(a INT) RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN RETURN 'int ' || a; END $$",
      "CREATE PROCEDURE p(a VARCHAR) RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN RETURN 'text ' || a; END $$",
      "CREATE PROCEDURE p(a INT, b INT) RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN RETURN 'two ' || a || b; END $$",
      "BEGIN LET s := ''; LET x := ''; CALL p(1) INTO :x; s := s || x; CALL p('1') INTO :x; s := s || x; CALL p(1, 2) INTO :x; RETURN s || x; END",
    ],
    value: "int 1text 1two 12",
  },
  {
    name: "no overload for three arguments",
    sql: "CALL p(1, 2, 3)",
    error: {
      code: "001044",
      sqlState: "42P13",
      message:
        "SQL compilation error:\nInvalid argument types for function 'P': (NUMBER(1,0), NUMBER(1,0), NUMBER(1,0))",
    },
  },
  {
    name: "a procedure that is not there",
    sql: "CALL SCRATCH.PUBLIC.nowhere(1)",
    error: {
      code: "002141",
      message: "SQL compilation error:\nUnknown user-defined function SCRATCH.PUBLIC.NOWHERE.",
    },
  },
  {
    name: "a procedure that is not there, by its own name",
    sql: "CALL nowhere(1)",
    error: { code: "002140", message: "SQL compilation error:\nUnknown function NOWHERE" },
  },
  {
    name: "arguments with defaults may be left out",
    sql: [
      "CREATE PROCEDURE d(a INT, b VARCHAR DEFAULT 'x', c INT DEFAULT 1 + 1) RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN RETURN a || b || c; END $$",
      "CALL d(1)",
    ],
    columns: ["D"],
    value: "1x2",
  },
  { name: "by name in any order, defaults between them", sql: "CALL d(c => 9, a => 5)", value: "5x9" },
  { name: "by place first, then by name", sql: "CALL d(5, c => 9)", value: "5x9" },
  {
    name: "without the argument that has no default",
    sql: "CALL d(b => 'x')",
    error: {
      code: "001044",
      message: "SQL compilation error:\nInvalid argument types for function 'D': (B => VARCHAR(1))",
    },
  },
  {
    name: "an argument that the procedure does not have",
    sql: "CALL d(a => 5, zz => 1)",
    error: {
      code: "001044",
      message: "SQL compilation error:\nInvalid argument types for function 'D': (A => NUMBER(1,0), ZZ => NUMBER(1,0))",
    },
  },
  {
    name: "an argument given twice",
    sql: "CALL d(5, b => 'q', b => 'r')",
    error: { code: "001044", message: "SQL compilation error:\nThe argument B is given more than once." },
  },
  {
    name: "an argument and a column of one name: the colon is the argument",
    sql: [
      "CREATE OR REPLACE TABLE people (id INT, v VARCHAR)",
      "INSERT INTO people VALUES (1, 'a'), (2, 'b'), (3, 'c')",
      `CREATE OR REPLACE PROCEDURE cnt(id INT, how VARCHAR) RETURNS INT LANGUAGE SQL AS $$
DECLARE n INT; other INT DEFAULT 2;
BEGIN
  IF (how = 'bind') THEN SELECT COUNT(*) INTO :n FROM people WHERE id = :id;
  ELSEIF (how = 'plain') THEN SELECT COUNT(*) INTO :n FROM people WHERE id = id;
  ELSE SELECT COUNT(*) INTO :n FROM people WHERE id = other; END IF;
  RETURN n;
END $$`,
      "BEGIN LET a := 0; LET b := 0; CALL cnt(2, 'bind') INTO :a; CALL cnt(id => 2, how => 'plain') INTO :b; RETURN a || ' ' || b; END",
    ],
    value: "1 3",
  },
  {
    name: "a variable without a colon is no column",
    sql: "CALL cnt(2, 'none')",
    error: {
      code: "000904",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' on line 6 at position 7 : SQL compilation error: error line 6 at position 54\ninvalid identifier 'OTHER'",
    },
  },
  {
    name: "a table by name, a value by USING",
    sql: [
      "INSERT INTO people VALUES (4, 'it''s')",
      `CREATE OR REPLACE PROCEDURE cnt_in(tbl VARCHAR, val VARCHAR) RETURNS INT LANGUAGE SQL AS $$
DECLARE n INT DEFAULT -1; rs RESULTSET; q VARCHAR DEFAULT 'SELECT COUNT(*) AS c FROM people WHERE v = ?';
BEGIN
  IF (tbl IS NOT NULL) THEN SELECT COUNT(*) INTO :n FROM IDENTIFIER(:tbl) WHERE v = :val;
  ELSE rs := (EXECUTE IMMEDIATE :q USING (val)); FOR r IN rs DO n := r.c; END FOR; END IF;
  RETURN n;
END $$`,
      "BEGIN LET a := 0; LET b := 0; LET c := 0; CALL cnt_in('people', 'it''s') INTO :a; CALL cnt_in(NULL, 'it''s') INTO :b; CALL cnt_in(NULL, 'x'' OR ''1''=''1') INTO :c; RETURN a || b || c; END",
    ],
    value: "110",
  },
  {
    name: "IDENTIFIER takes a name and nothing else",
    sql: [
      "BEGIN CALL cnt_in('people; DROP TABLE people', 'b'); EXCEPTION WHEN OTHER THEN NULL; END",
      "SELECT COUNT(*) FROM people",
    ],
    value: "4",
  },
  {
    name: "RETURNS TABLE with columns",
    sql: [
      "CREATE PROCEDURE t(n INT) RETURNS TABLE(id INT, v VARCHAR) LANGUAGE SQL AS $$ BEGIN LET rs RESULTSET := (SELECT id, v FROM people WHERE id <= :n ORDER BY id); RETURN TABLE(rs); END $$",
      "CALL t(2)",
    ],
    columns: ["ID", "V"],
    rows: [
      ["1", "a"],
      ["2", "b"],
    ],
  },
  {
    name: "its rows go on through a chain",
    sql: "CALL t(3) ->> SELECT MAX(id) AS highest FROM $1 WHERE id < 3",
    columns: ["HIGHEST"],
    value: "2",
  },
  { name: "its rows are a table in FROM", sql: "SELECT v || '!' FROM TABLE(t(3)) WHERE id = 3", value: "c!" },
  {
    name: "its rows are found by RESULT_SCAN",
    sql: ["CALL t(3)", "SELECT SUM(id) FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))"],
    value: "6",
  },
  {
    name: "RETURNS TABLE() takes whatever comes",
    sql: [
      "CREATE PROCEDURE anything() RETURNS TABLE() LANGUAGE SQL AS 'BEGIN LET rs RESULTSET := (SELECT 1 AS x, TRUE AS y); RETURN TABLE(rs); END'",
      "CALL anything()",
    ],
    columns: ["X", "Y"],
  },
  {
    name: "columns that are not the declared ones are refused",
    sql: [
      "CREATE PROCEDURE other_columns() RETURNS TABLE(a INT) LANGUAGE SQL AS 'BEGIN LET rs RESULTSET := (SELECT 1 AS x, 2 AS y); RETURN TABLE(rs); END'",
      "CALL other_columns()",
    ],
    error: {
      code: "090229",
      message:
        "Stored procedure execution error: data type of returned table does not match expected returned table type",
    },
  },
  {
    name: "OUT arguments go back into the variables",
    sql: [
      "CREATE PROCEDURE halves(a INT, b OUT INT, rest OUTPUT INT) RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN b := FLOOR(a / 2); rest := a % 2; RETURN 'done'; END $$",
      "DECLARE x INT; y INT; z VARCHAR; BEGIN CALL halves(7, :x, :y) INTO :z; RETURN x || y || z; END",
    ],
    value: "31done",
  },
  {
    name: "the answer has the declared type",
    sql: ["CREATE PROCEDURE typed() RETURNS NUMBER(10, 2) LANGUAGE SQL AS 'BEGIN RETURN 1.239; END'", "CALL typed()"],
    value: "1.24",
  },
  {
    name: "an answer that cannot be converted",
    sql: ["CREATE PROCEDURE wrong() RETURNS INT LANGUAGE SQL AS 'BEGIN RETURN ''abc''; END'", "CALL wrong()"],
    error: {
      code: "100038",
      message:
        "Uncaught exception of type 'EXPRESSION_ERROR' on line 1 at position 13 : Numeric value 'abc' is not recognized",
    },
  },
  {
    name: "NOT NULL holds for the answer",
    sql: [
      "CREATE PROCEDURE never_null() RETURNS INT NOT NULL LANGUAGE SQL AS 'BEGIN RETURN NULL; END'",
      "CALL never_null()",
    ],
    error: { code: "100072", message: "NULL result in a non-nullable column" },
  },
  {
    name: "STRICT does not run for a NULL",
    sql: [
      "CREATE PROCEDURE strictly(a INT, b INT) RETURNS VARCHAR LANGUAGE SQL STRICT AS 'BEGIN RETURN ''ran''; END'",
      "BEGIN LET x := ''; CALL strictly(1, NULL) INTO :x; RETURN x IS NULL; END",
    ],
    value: true,
  },
  {
    name: "a procedure that calls itself",
    sql: [
      "CREATE PROCEDURE sum_to(n INT) RETURNS INT LANGUAGE SQL AS $$ DECLARE r INT DEFAULT 0; BEGIN IF (n > 0) THEN CALL sum_to(:n - 1) INTO r; END IF; RETURN r + n; END $$",
      "CALL sum_to(6)",
    ],
    value: "21",
  },
  {
    name: "a body between quotes",
    sql: ["CREATE PROCEDURE quoted() RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN RETURN ''it''''s''; END'", "CALL quoted()"],
    value: "it's",
  },
  {
    name: "a body without quotes",
    sql: [
      "CREATE PROCEDURE bare(n INT) RETURNS INT LANGUAGE SQL AS\nDECLARE m INT;\nBEGIN\n  m := n + 1;\n  RETURN m;\nEND",
      "CALL bare(1)",
    ],
    value: "2",
  },
  {
    name: "a procedure of one statement",
    sql: "WITH doubled AS PROCEDURE (n INT) RETURNS INT LANGUAGE SQL AS $$ BEGIN RETURN n * 2; END $$ CALL doubled(21)",
    columns: ["DOUBLED"],
    value: "42",
  },
  {
    name: "a procedure of one block",
    sql: "DECLARE twice PROCEDURE (a INT) RETURNS INT AS BEGIN RETURN a * 2; END; r INT; BEGIN CALL twice(4) INTO :r; RETURN r; END",
    value: "8",
  },
  {
    name: "a procedure of a block reads and changes the variables that were declared before it",
    sql: `DECLARE
  counter NUMBER := 0;
  counter_nested_proc PROCEDURE()
    RETURNS NUMBER
    AS
    DECLARE
      var1 NUMBER := 10;
    BEGIN
      counter := counter + var1;
    END;
  call_counter_nested_proc PROCEDURE()
    RETURNS NUMBER
    AS
    DECLARE
      var2 NUMBER := 15;
    BEGIN
      counter := counter + var2;
      CALL counter_nested_proc();
    END;
BEGIN
  counter := 0;
  CALL counter_nested_proc();
  CALL call_counter_nested_proc();
  RETURN counter;
END;`,
    value: "35",
  },
  {
    name: "and not those that were declared after it",
    sql: "DECLARE\n  early PROCEDURE() RETURNS INT AS BEGIN RETURN late; END;\n  late INT DEFAULT 1;\nBEGIN\n  CALL early();\nEND",
    error: {
      code: "000904",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' on line 5 at position 2 : Uncaught exception of type 'EXPRESSION_ERROR' on line 2 at position 48 : SQL compilation error: error line 2 at position 48\ninvalid identifier 'LATE'",
    },
  },
  {
    name: "a procedure of a block returns a table",
    sql: [
      "CREATE TABLE nested_table (col1 INT)",
      `CREATE PROCEDURE nested_table_of() RETURNS TABLE() LANGUAGE SQL AS $$
DECLARE
  res RESULTSET;
  nested_return_table PROCEDURE()
    RETURNS TABLE()
    AS
    DECLARE
      res2 RESULTSET;
    BEGIN
      INSERT INTO nested_table VALUES(1);
      INSERT INTO nested_table VALUES(2);
      res2 := (SELECT * FROM nested_table ORDER BY 1);
      RETURN TABLE(res2);
    END;
BEGIN
  res := (CALL nested_return_table());
  RETURN TABLE(res);
END;
$$`,
      "CALL nested_table_of()",
    ],
    columns: ["COL1"],
    rows: [["1"], ["2"]],
  },
  {
    name: "the answer of a procedure of a block has the declared type",
    sql: "DECLARE p PROCEDURE() RETURNS NUMBER(5, 1) AS BEGIN RETURN 1.26; END; BEGIN LET r NUMBER(5, 2) := (CALL p()); RETURN r; END",
    value: "1.30",
  },
  {
    name: "a variable of LET without a value takes an OUT argument",
    sql: [
      "CREATE PROCEDURE total_of(id INT, total OUT NUMBER(38,0)) RETURNS STRING LANGUAGE SQL AS $$ BEGIN SELECT SUM(id) INTO total FROM people WHERE id <= :id; RETURN 'Done'; END $$",
      "BEGIN LET x NUMBER(38,0); CALL total_of(3, :x); RETURN 'Total: ' || x; END",
    ],
    value: "Total: 6",
  },
  {
    name: "OUT arguments keep their values from call to call, and come back in the variable's type",
    sql: [
      "CREATE PROCEDURE doubled_out(x OUT NUMBER) RETURNS STRING LANGUAGE SQL AS 'BEGIN x := x * 2; RETURN ''Done''; END'",
      "BEGIN LET a FLOAT := 500.662; CALL doubled_out(:a); CALL doubled_out(:a); RETURN a || ' ' || SYSTEM$TYPEOF(a); END",
    ],
    value: "2004 FLOAT[DOUBLE]",
  },
  {
    name: "an OUT argument takes no expression",
    sql: "BEGIN\n  LET x := 1;\n  CALL doubled_out(:x + 2);\nEND",
    error: {
      code: "001044",
      message:
        "Uncaught exception of type 'EXPRESSION_ERROR' on line 3 at position 2 : SQL compilation error:\nThe OUT argument 'X' takes a variable, not an expression.",
    },
  },
  {
    name: "rows of a RESULTSET decide what is updated",
    sql: [
      "CREATE TABLE bonuses (emp_id INT, performance_rating INT, salary NUMBER(12, 2), bonus NUMBER(12, 2))",
      "INSERT INTO bonuses (emp_id, performance_rating, salary) VALUES (1005, 5, 120000), (1006, 2, 60000), (1007, 5, 40000)",
      `CREATE PROCEDURE apply_bonus(bonus_percentage INT, performance_value INT)
  RETURNS TEXT
  LANGUAGE SQL
AS
DECLARE
  -- Use input to calculate the bonus percentage
  updated_bonus_percentage NUMBER(2,2) DEFAULT (:bonus_percentage/100);
  rs RESULTSET;
BEGIN
  rs := (SELECT * FROM bonuses);
  FOR record IN rs DO
    LET emp_id_value INT := record.emp_id;
    LET performance_rating_value INT := record.performance_rating;
    LET salary_value NUMBER(12, 2) := record.salary;
    IF (performance_rating_value = :performance_value) THEN
      UPDATE bonuses SET bonus = ( :salary_value * :updated_bonus_percentage )
        WHERE emp_id = :emp_id_value;
    END IF;
  END FOR;
  RETURN 'Update applied';
END;`,
      "CALL apply_bonus(3, 5)",
      "SELECT emp_id, bonus FROM bonuses ORDER BY emp_id",
    ],
    rows: [
      ["1005", "3600.00"],
      ["1006", null],
      ["1007", "1200.00"],
    ],
  },
  {
    name: "a variable stands for a comment, and for the names of a CREATE TABLE AS",
    sql: [
      `CREATE PROCEDURE copied(source VARCHAR, target VARCHAR, said VARCHAR) RETURNS TEXT LANGUAGE SQL AS $$
BEGIN
  CREATE OR REPLACE TABLE IDENTIFIER(:target) AS SELECT * FROM IDENTIFIER(:source);
  CREATE OR REPLACE TABLE commented (n INT) COMMENT = :said;
  RETURN 'Table created';
END $$`,
      "CALL copied('people', 'people_copy', 'it''s said')",
      "SELECT COUNT(*), MAX(comment) FROM people_copy, INFORMATION_SCHEMA.TABLES WHERE table_name = 'COMMENTED'",
    ],
    rows: [["4", "it's said"]],
  },
  {
    name: "owner's rights: no USE",
    sql: [
      "CREATE PROCEDURE uses() RETURNS INT LANGUAGE SQL AS 'BEGIN USE ROLE SYSADMIN; RETURN 1; END'",
      "CALL uses()",
    ],
    error: {
      code: "090236",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 6 : Stored procedure execution error: Unsupported statement type 'USE'.",
    },
  },
  {
    name: "owner's rights: no session parameters",
    sql: [
      "CREATE PROCEDURE alters() RETURNS INT LANGUAGE SQL AS $$ BEGIN ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 1; RETURN 1; END $$",
      "CALL alters()",
    ],
    error: {
      code: "090236",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 7 : Stored procedure execution error: Unsupported statement type 'ALTER_SESSION'.",
    },
  },
  {
    name: "owner's rights: session variables can neither be read",
    sql: [
      "SET mine = 5",
      "CREATE PROCEDURE reads_variable() RETURNS INT LANGUAGE SQL AS 'BEGIN RETURN $mine; END'",
      "CALL reads_variable()",
    ],
    error: {
      code: "090236",
      message:
        "Uncaught exception of type 'EXPRESSION_ERROR' on line 1 at position 13 : Stored procedure execution error: Use of session variable '$MINE' is not allowed in owners rights stored procedure",
    },
  },
  {
    name: "nor set",
    sql: ["CREATE PROCEDURE sets() RETURNS INT LANGUAGE SQL AS 'BEGIN SET mine = 6; RETURN 1; END'", "CALL sets()"],
    error: {
      code: "090236",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 6 : Stored procedure execution error: Unsupported statement type 'SET'.",
    },
  },
  {
    name: "caller's rights: both",
    sql: [
      "CREATE PROCEDURE both() RETURNS VARCHAR LANGUAGE SQL EXECUTE AS CALLER AS $$ BEGIN LET old := $mine; SET mine = 7; RETURN old || ' ' || $mine; END $$",
      "CALL both()",
    ],
    value: "5 7",
  },
  {
    name: "a transaction inside is committed and rolled back on its own",
    sql: [
      "CREATE TABLE tx (i INT)",
      "CREATE PROCEDURE own() RETURNS INT LANGUAGE SQL AS $$ BEGIN BEGIN TRANSACTION; INSERT INTO tx VALUES (1); COMMIT; BEGIN TRANSACTION; INSERT INTO tx VALUES (2); ROLLBACK; RETURN 1; END $$",
      "BEGIN TRANSACTION",
      "CALL own()",
      "ROLLBACK",
      "SELECT i FROM tx",
    ],
    value: "1",
  },
  {
    name: "a transaction left open is rolled back, and that is an error",
    sql: [
      "CREATE PROCEDURE left_open() RETURNS INT LANGUAGE SQL AS $$ BEGIN BEGIN TRANSACTION; INSERT INTO tx VALUES (3); RETURN 1; END $$",
      "CALL left_open()",
    ],
    error: {
      code: "090229",
      sqlState: "25000",
      message:
        "Stored procedure execution error: Scoped transaction started in stored procedure is incomplete and it was rolled back.",
    },
  },
  {
    name: "the caller's transaction cannot be ended from inside",
    sql: [
      "CREATE PROCEDURE ends() RETURNS INT LANGUAGE SQL AS $$ BEGIN ROLLBACK; RETURN 1; END $$",
      "BEGIN TRANSACTION",
      "INSERT INTO tx VALUES (4)",
      "CALL ends()",
    ],
    error: {
      code: "090232",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 7 : Stored procedure execution error: Modifying a transaction that has started at a different scope is not allowed.",
    },
  },
  { name: "and goes on", sql: ["COMMIT", "SELECT SUM(i) FROM tx"], value: "5" },
]);
