import { describeCases } from "./support";

/** Source: https://docs.snowflake.com/en/developer-guide/snowflake-scripting/blocks, …/sql-reference/sql/create-procedure */
describeCases(
  "procedures of one statement or block",
  [
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
          "Uncaught exception of type 'STATEMENT_ERROR' on line 5 at position 2 : SQL compilation error: error line 2 at position 48\ninvalid identifier 'LATE'",
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
      name: "arguments of a procedure of a block go by their names",
      sql: "DECLARE less_by PROCEDURE (a INT, b INT DEFAULT 5) RETURNS INT AS BEGIN RETURN a - b; END; x INT; y INT; BEGIN x := (CALL less_by(b => 1, a => 20)); y := (CALL less_by(a => 20)); RETURN x || ' ' || y; END",
      value: "19 15",
    },
    {
      name: "a procedure of a block has no argument of that name",
      sql: "DECLARE less_by PROCEDURE (a INT, b INT) RETURNS INT AS BEGIN RETURN a - b; END; x INT; BEGIN x := (CALL less_by(a => 20, c => 1)); RETURN x; END",
      error: {
        code: "001044",
        message:
          "Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 100 : SQL compilation error: error line 0 at position -1\nInvalid argument types for function 'LESS_BY': (A => NUMBER(2,0), C => NUMBER(1,0))",
      },
    },
    {
      name: "a procedure of a block takes arguments by place or by name",
      sql: "DECLARE less_by PROCEDURE (a INT, b INT) RETURNS INT AS BEGIN RETURN a - b; END; x INT; BEGIN x := (CALL less_by(1 / 0, b => 1)); RETURN x; END",
      error: {
        code: "001044",
        message:
          "Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 100 : SQL compilation error:\nillegal mixing of named and positional arguments for function LESS_BY",
      },
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
  ],
  ["CREATE TABLE people (id INT)", "INSERT INTO people VALUES (1), (2), (3), (4)"],
);
