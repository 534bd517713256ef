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
        "SQL compilation error: error line 0 at position -1\nInvalid argument types for function 'P': (NUMBER(1,0), NUMBER(1,0), NUMBER(1,0))",
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
    error: { code: "002140", message: "SQL compilation error:\nUnknown function NOWHERE." },
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
  {
    name: "by place and by name at once",
    sql: "CALL d(5, c => 9)",
    error: {
      code: "001044",
      message: "SQL compilation error:\nillegal mixing of named and positional arguments for function D",
    },
  },
  {
    name: "by place and by name at once is refused before an argument is evaluated",
    sql: "CALL d(1 / 0, c => 9)",
    error: {
      code: "001044",
      message: "SQL compilation error:\nillegal mixing of named and positional arguments for function D",
    },
  },
  {
    name: "an unknown procedure is refused before an argument is evaluated",
    sql: "CALL nowhere(1 / 0)",
    error: { code: "002140", message: "SQL compilation error:\nUnknown function NOWHERE." },
  },
  {
    name: "without the argument that has no default",
    sql: "CALL d(b => 'x')",
    error: {
      code: "001044",
      message:
        "SQL compilation error: error line 0 at position -1\nInvalid argument types for function 'D': (B => VARCHAR(1))",
    },
  },
  {
    name: "an argument that the procedure does not have",
    sql: "CALL d(a => 5, zz => 1)",
    error: {
      code: "001044",
      message:
        "SQL compilation error: error line 0 at position -1\nInvalid argument types for function 'D': (A => NUMBER(1,0), ZZ => NUMBER(1,0))",
    },
  },
  {
    name: "an argument given twice",
    sql: "CALL d(a => 5, b => 'q', b => 'r')",
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
        "Uncaught exception of type 'STATEMENT_ERROR' on line 6 at position 7 : SQL compilation error: error line 1 at position 47\ninvalid identifier 'OTHER'",
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
]);
